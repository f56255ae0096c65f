// Proofs against the golden vectors, by both ways of hashing.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromBase64, fromHex } from './bytes';
import { isIncluded, leafHash, rootFromPath } from './merkle';
import { sha256ByScript, sha256ByWebCrypto } from './sha256';

interface Vectors {
  leaves: string[];
  roots: string[];
  inclusion: {
    case: string;
    index: string;
    size: string;
    leaf: string;
    root: string;
    proof: string[];
    valid: boolean;
  }[];
}
// The same golden vectors that the program in C++ is tested with.
const vectors = JSON.parse(
  readFileSync(new URL('../../../tests/golden/rfc6962_vectors.json', import.meta.url), 'utf8'),
) as Vectors;

describe.each([
  ['WebCrypto', sha256ByWebCrypto],
  ['script', sha256ByScript],
])('the golden vectors by %s', (_, sha256) => {
  it('give the verdict that every verifier must give', async () => {
    expect(vectors.inclusion.length).toBeGreaterThan(50);
    for (const vector of vectors.inclusion) {
      const safe = [vector.index, vector.size].every(
        (text) => Number(text) <= Number.MAX_SAFE_INTEGER,
      );
      const holds =
        safe &&
        (await isIncluded(
          {
            leaf: fromBase64(vector.leaf),
            index: Number(vector.index),
            size: Number(vector.size),
            path: vector.proof.map(fromBase64),
            root: fromBase64(vector.root),
          },
          sha256,
        ));
      expect({ case: vector.case, index: vector.index, size: vector.size, holds }).toEqual({
        case: vector.case,
        index: vector.index,
        size: vector.size,
        holds: vector.valid,
      });
    }
  });
  it('hash a single leaf to the root of a tree of one', async () => {
    const leaf = await leafHash(fromHex(vectors.leaves[0] ?? ''), sha256);
    expect(await rootFromPath(leaf, 0, 1, [], sha256)).toEqual(fromBase64(vectors.roots[1] ?? ''));
  });
});
