// Checks, with nothing but what a record's proof holds, that what a page shows is what the journal
// committed to. docs/journal-format.md has the grammar of the header.
import { equal, fromHex, joined, toHex, utf8 } from './bytes';
import { keyIdFits, openCheckpoint, readLogKey } from './checkpoint';
import { leafHash, rootFromPath } from './merkle';
import { sha256 } from './sha256';

export interface ProofPart {
  label: string;
  ciphertext_sha256: string;
  commitment: string;
  text_salt: string | null;
  text: string | null;
}

export interface RecordProof {
  seq: number;
  size: number;
  checkpoint: string;
  leaf: string;
  header: string;
  path: string[];
  context_salt: string;
  context: string;
  payload_salt: string | null;
  payload: string | null; // null: not for this reader
  parts: ProofPart[];
}

export type Step = 'header' | 'context' | 'payload' | 'texts' | 'leaf' | 'path' | 'signature';
export interface StepResult {
  step: Step;
  holds: boolean;
}

const OFFSET = { seq: 18, recorded: 26, context: 34, payload: 66, parts: 98, first: 99 };
const PART_BYTES = 64;

/**
 * Every step in order, each whether it holds: the header is about this record; context, payload and
 * readable texts are those it commits to; its hash is the leaf the page was given; the path leads
 * from the leaf to the root; that root is signed by the ledger's key. Never throws.
 */
export async function checkProof(
  proof: RecordProof,
  expectedLeaf: string,
  logKey: string,
): Promise<StepResult[]> {
  const steps: [Step, () => Promise<boolean>][] = [
    ['header', () => headerFits(proof)],
    [
      'context',
      () =>
        commits(proof, OFFSET.context, 'tz/context/1', proof.context_salt, fromHex(proof.context)),
    ],
    ['payload', () => payloadFits(proof)],
    ['texts', () => textsFit(proof)],
    ['leaf', () => leafFits(proof, expectedLeaf)],
    ['path', async () => (await rootOf(proof)) !== null],
    ['signature', () => rootIsSigned(proof, logKey)],
  ];
  const results: StepResult[] = [];
  for (const [step, check] of steps) {
    let holds = false;
    try {
      holds = await check();
    } catch {
      holds = false;
    }
    results.push({ step, holds });
  }
  return results;
}

/** When the record was made, from its header: microseconds since 1970. */
export function recordedMicros(header: string): bigint {
  const bytes = fromHex(header);
  return new DataView(bytes.buffer).getBigInt64(OFFSET.recorded);
}

async function headerFits(proof: RecordProof): Promise<boolean> {
  const bytes = fromHex(proof.header);
  const view = new DataView(bytes.buffer);
  return (
    bytes[0] === 1 &&
    bytes[1] === 1 &&
    view.getBigUint64(OFFSET.seq) === BigInt(proof.seq) &&
    bytes[OFFSET.parts] === proof.parts.length &&
    bytes.length === OFFSET.first + PART_BYTES * proof.parts.length
  );
}

async function commitment(tag: string, salt: string, bytes: Uint8Array): Promise<Uint8Array> {
  return sha256(joined(utf8(tag), new Uint8Array([0]), fromHex(salt), bytes));
}

async function commits(
  proof: RecordProof,
  offset: number,
  tag: string,
  salt: string,
  bytes: Uint8Array,
): Promise<boolean> {
  const header = fromHex(proof.header);
  return equal(header.slice(offset, offset + 32), await commitment(tag, salt, bytes));
}

// What is not shown cannot be opened; its commitment stands all the same.
async function payloadFits(proof: RecordProof): Promise<boolean> {
  const { payload, payload_salt: salt } = proof;
  if (payload === null || salt === null) return payload === salt;
  return commits(proof, OFFSET.payload, 'tz/payload/1', salt, utf8(payload));
}

async function textsFit(proof: RecordProof): Promise<boolean> {
  const header = fromHex(proof.header);
  for (const [index, part] of proof.parts.entries()) {
    const at = OFFSET.first + PART_BYTES * index;
    if (toHex(header.slice(at, at + 32)) !== part.ciphertext_sha256) return false;
    if (toHex(header.slice(at + 32, at + 64)) !== part.commitment) return false;
    // A destroyed text has no salt any more: its commitment stays, and tells nothing.
    if (part.text === null || part.text_salt === null) continue;
    const again = await commitment('tz/text/1', part.text_salt, utf8(part.text));
    if (toHex(again) !== part.commitment) return false;
  }
  return true;
}

async function leafFits(proof: RecordProof, expected: string): Promise<boolean> {
  const leaf = toHex(await leafHash(fromHex(proof.header)));
  return leaf === proof.leaf && leaf === expected;
}

async function rootOf(proof: RecordProof): Promise<Uint8Array | null> {
  const leaf = await leafHash(fromHex(proof.header));
  return rootFromPath(leaf, proof.seq, proof.size, proof.path.map(fromHex));
}

async function rootIsSigned(proof: RecordProof, logKey: string): Promise<boolean> {
  const key = readLogKey(logKey);
  if (!key || !(await keyIdFits(key))) return false;
  const checkpoint = await openCheckpoint(proof.checkpoint, key);
  const root = await rootOf(proof);
  if (!checkpoint || !root) return false;
  return checkpoint.size === proof.size && equal(checkpoint.root, root);
}
