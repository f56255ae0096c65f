// Signed checkpoints (C2SP signed note and tlog-checkpoint): taken apart and checked by a key.
import { equal, fromBase64, joined, utf8 } from './bytes';
import { sha256 } from './sha256';

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
  extensions: string[];
}

export interface LogKey {
  name: string;
  id: Uint8Array; // 4 bytes
  publicKey: Uint8Array; // 32 bytes, Ed25519
}

const ED25519 = 1;

/** A key as "name+8 hex digits+base64(01, key)"; null where the text is none. */
export function readLogKey(text: string): LogKey | null {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim());
  if (!match) return null;
  const bytes = safeBase64(match[3] ?? '');
  if (!bytes || bytes.length !== 33 || bytes[0] !== ED25519) return null;
  const id = Uint8Array.from({ length: 4 }, (_, i) =>
    parseInt((match[2] ?? '').slice(2 * i, 2 * i + 2), 16),
  );
  return { name: match[1] ?? '', id, publicKey: bytes.slice(1) };
}

/** Whether the key's id is the one its name and bytes give. */
export async function keyIdFits(key: LogKey): Promise<boolean> {
  const hash = await sha256(
    joined(utf8(`${key.name}\n`), new Uint8Array([ED25519]), key.publicKey),
  );
  return equal(hash.slice(0, 4), key.id);
}

/**
 * What the note says if the key's signature on it holds; else null. Nothing of the text is
 * believed before the signature is checked.
 */
export async function openCheckpoint(note: string, key: LogKey): Promise<Checkpoint | null> {
  const split = note.lastIndexOf('\n\n');
  if (split < 0) return null;
  const text = note.slice(0, split + 1);
  const { ed25519 } = await import('@noble/curves/ed25519');
  for (const line of note.slice(split + 2).split('\n')) {
    const match = /^\u2014 (\S+) ([A-Za-z0-9+/=]+)$/.exec(line);
    if (!match || match[1] !== key.name) continue;
    const bytes = safeBase64(match[2] ?? '');
    if (!bytes || bytes.length !== 68 || !equal(bytes.slice(0, 4), key.id)) continue;
    try {
      if (!ed25519.verify(bytes.slice(4), utf8(text), key.publicKey, { zip215: false })) continue;
    } catch {
      continue;
    }
    return readText(text, key.name);
  }
  return null;
}

function readText(text: string, origin: string): Checkpoint | null {
  const [name, size, root, ...extensions] = text.slice(0, -1).split('\n');
  if (name !== origin || !size || !/^(0|[1-9]\d{0,15})$/.test(size) || !root) return null;
  const hash = safeBase64(root);
  if (!hash || hash.length !== 32) return null;
  return { origin, size: Number(size), root: hash, extensions };
}

function safeBase64(text: string): Uint8Array | null {
  try {
    return fromBase64(text);
  } catch {
    return null;
  }
}
