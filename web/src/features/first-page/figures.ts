// Reads one count out of what is told of units. What cannot be read is said to be so: a figure is
// never guessed, filled up or taken over from elsewhere.
import type { Key } from '../../locales';

export type Count = 'total' | 'open' | 'overdue' | 'closed' | 'closed_fixed' | 'reopened';

export interface Figure {
  word: Key;
  unit: string;
  /** Summed over the kinds that are shown. */
  count: Count;
}

/** Why there is no value. */
export type Missing = 'waiting' | 'notHere' | 'hidden' | 'unreadable';
export type Read = { known: number } | { missing: Missing };

/** What was answered about all units at once: an answer, nothing yet, or none. */
export type Answered = { answer: unknown } | 'waiting' | 'notHere' | 'failed';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const list = (answer: unknown, name: string): Fields[] | null => {
  const value = isFields(answer) ? answer[name] : undefined;
  return Array.isArray(value) && value.every(isFields) ? value : null;
};
const whole = (value: unknown): value is number => Number.isSafeInteger(value);
const missing = (why: Missing): Read => ({ missing: why });

/** The figure, or why it is not known. */
export function readFigure({ unit, count }: Figure, answered: Answered): Read {
  if (answered === 'failed') return missing('unreadable');
  if (typeof answered === 'string') return missing(answered);
  const { answer } = answered;
  const told = list(answer, 'units');
  const unknown = isFields(answer) ? answer['unknown'] : undefined;
  if (!told || !Array.isArray(unknown)) return missing('unreadable');
  const found = told.find((each) => each['code'] === unit);
  if (!found) return missing(unknown.includes(unit) ? 'notHere' : 'unreadable');
  const rows = list(found, 'totals');
  if (!rows) return missing('unreadable');
  if (rows.length === 0) return missing('hidden');
  const counts = rows.map((row) => row[count]);
  return counts.every(whole) ? { known: counts.reduce((a, b) => a + b, 0) } : missing('unreadable');
}
