// Whether what the page shows of a record is what its proof is about.
import type { HistoryRecord } from '../../api/shapes';
import { fromHex } from '../../lib/bytes';
import type { RecordProof } from '../../lib/recordProof';

/** Same number, type, payload and texts: else something true was proven, but of something else. */
export function showsWhatIsProven(record: HistoryRecord, proof: RecordProof): boolean {
  if (record.seq !== proof.seq || record.type !== typeIn(proof.context)) return false;
  const payload: unknown = proof.payload === null ? null : JSON.parse(proof.payload);
  if (sorted(record.payload) !== sorted(payload)) return false;
  if (record.parts.length !== proof.parts.length) return false;
  const seen = new Set<string>();
  return proof.parts.every((part, index) => {
    if (record.parts[index] !== part.label) return false;
    // The history tells the first text of a label.
    if (seen.has(part.label)) return true;
    seen.add(part.label);
    return (record.texts[part.label] ?? null) === part.text;
  });
}

/** The type of the event that stands in a record's context: version u8, length u8, letters. */
function typeIn(context: string): string {
  const bytes = fromHex(context);
  return new TextDecoder().decode(bytes.slice(2, 2 + (bytes[1] ?? 0)));
}

// The same text for the same JSON, in whatever order its members came.
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value as Record<string, unknown>)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${sorted(each)}`);
  return `{${members.join(',')}}`;
}
