// RFC 6962 (section 2.1): leaf and node hashes, and checking that a leaf stands in a tree.
import { equal, joined } from './bytes';
import { sha256 as anySha256, type Sha256 } from './sha256';

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

export function leafHash(leaf: Uint8Array, sha256: Sha256 = anySha256): Promise<Uint8Array> {
  return sha256(joined(LEAF, leaf));
}

export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256 = anySha256) {
  return sha256(joined(NODE, left, right));
}

/**
 * The root that an inclusion path leads to, from a leaf's hash at `index` of a tree of `size`
 * leaves; null where the path has the wrong length for that place (RFC 9162, section 2.1.3.2).
 */
export async function rootFromPath(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: Uint8Array[],
  sha256: Sha256 = anySha256,
): Promise<Uint8Array | null> {
  if (index < 0 || index >= size) return null;
  let place = index;
  let last = size - 1;
  let hash = leaf;
  for (const other of path) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      hash = await nodeHash(other, hash, sha256);
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = await nodeHash(hash, other, sha256);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : null;
}

export async function isIncluded(
  proof: { leaf: Uint8Array; index: number; size: number; path: Uint8Array[]; root: Uint8Array },
  sha256: Sha256 = anySha256,
): Promise<boolean> {
  const root = await rootFromPath(proof.leaf, proof.index, proof.size, proof.path, sha256);
  return root !== null && equal(root, proof.root);
}
