// Reads one figure out of the answers of the API. What cannot be read is said to be so: a figure is
// never guessed, filled up or taken over from elsewhere.
import type { Key } from '../../locales';

export type Qualifier = 'exact' | 'over' | 'about';
export interface Value {
  value: number;
  qualifier: Qualifier;
}

export type Count = 'total' | 'open' | 'overdue' | 'closed' | 'closed_fixed' | 'reopened';

/** How a figure stands in the answer to its query. */
export type Reading =
  /** A verified result, of the unit's quantities. */
  | { quantity: string }
  /** One count, summed over the kinds that are shown. */
  | { count: Count }
  /** How many units of that kind stand directly below. */
  | { children: string }
  /** As `children`, and also those below each child of the kind `through`. */
  | { descendants: string; through: string }
  /** How many of these are among what a list tells: `list` is its field, `key` that of an entry. */
  | { among: string[]; list: string; key: string };

export interface Figure {
  word: Key;
  /** As the article states it. */
  stated?: Value;
  /** Where the API answers it; none where the ledger cannot compute it yet. */
  query?: string;
  read?: Reading;
  /** The page that shows the same number. */
  page?: string;
}

/** Why there is no value. `more`: the answer is only a part. */
export type Missing =
  'notBuilt' | 'waiting' | 'notHere' | 'hidden' | 'none' | 'unreadable' | 'more';
export type Read = { known: Value } | { missing: Missing };

/** What was answered at an address: an answer, nothing yet, or that there is no such thing. */
export type Answered = { answer: unknown } | 'waiting' | 'notHere' | 'failed';
export type Answers = (address: string) => Answered;

const LIMIT = 200;
export const childrenOf = (code: string) => `/api/v1/units/${code}/children?limit=${LIMIT}`;
export const countsOf = (code: string) => `/api/v1/units/${code}/rollup?by=kind`;

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const list = (answer: unknown, name: string): Fields[] | null => {
  const value = isFields(answer) ? answer[name] : undefined;
  return Array.isArray(value) && value.every(isFields) ? value : null;
};
const whole = (value: unknown): value is number => Number.isSafeInteger(value);
const known = (value: number, qualifier: Qualifier = 'exact'): Read => ({
  known: { value, qualifier },
});
const missing = (why: Missing): Read => ({ missing: why });

/** The addresses to ask besides the figure's own, as its first answer tells. */
export function further(figure: Figure, answer: unknown): string[] {
  const read = figure.read;
  if (!read || !('descendants' in read)) return [];
  const rows = list(answer, 'children') ?? [];
  return rows
    .filter((row) => row['kind'] === read.through && typeof row['code'] === 'string')
    .map((row) => childrenOf(row['code'] as string));
}

/** Every address that is needed for the figures, as far as it can be told by now; each once. */
export function addressesOf(figures: Figure[], answers: Answers): string[] {
  const all = new Set<string>();
  for (const figure of figures) {
    if (!figure.query) continue;
    all.add(figure.query);
    const first = answers(figure.query);
    if (typeof first === 'object')
      for (const address of further(figure, first.answer)) all.add(address);
  }
  return [...all];
}

/** The figure, or why it is not known. */
export function readFigure(figure: Figure, answers: Answers): Read {
  if (!figure.query || !figure.read) return missing('notBuilt');
  const first = answers(figure.query);
  if (first === 'failed') return missing('unreadable');
  if (typeof first === 'string') return missing(first);
  return readAnswer(figure, figure.read, first.answer, answers);
}

function readAnswer(figure: Figure, read: Reading, answer: unknown, answers: Answers): Read {
  if ('quantity' in read) return quantityOf(answer, read.quantity);
  if ('count' in read) return countOf(answer, read.count);
  if ('children' in read) return childrenIn(answer, read.children);
  if ('among' in read) return amongOf(answer, read);
  let sum = childrenIn(answer, read.descendants);
  for (const address of further(figure, answer)) {
    const below = answers(address);
    if (typeof below === 'string') return missing(below === 'failed' ? 'unreadable' : below);
    sum = plus(sum, childrenIn(below.answer, read.descendants));
  }
  return sum;
}

function plus(a: Read, b: Read): Read {
  if ('missing' in a) return a;
  return 'missing' in b ? b : known(a.known.value + b.known.value);
}

function quantityOf(answer: unknown, id: string): Read {
  if (isFields(answer) && answer['quantities'] === null) return missing('hidden');
  const sums = list(answer, 'quantities');
  if (!sums) return missing('unreadable');
  const mine = sums.filter((sum) => sum['id'] === id);
  if (mine.length === 0) return missing('none');
  const [sum] = mine;
  // Two units of measure cannot be added.
  if (mine.length > 1 || !sum || !whole(sum['value'])) return missing('unreadable');
  const qualifier = sum['qualifier'];
  if (qualifier !== 'exact' && qualifier !== 'over' && qualifier !== 'about')
    return missing('unreadable');
  return known(sum['value'], qualifier);
}

function countOf(answer: unknown, count: Count): Read {
  const rows = list(answer, 'rows');
  if (!rows) return missing('unreadable');
  if (rows.length === 0) return missing('hidden');
  const counts = rows.map((row) => row[count]);
  return counts.every(whole) ? known(counts.reduce((a, b) => a + b, 0)) : missing('unreadable');
}

function childrenIn(answer: unknown, kind: string): Read {
  const rows = list(answer, 'children');
  if (!rows || !isFields(answer)) return missing('unreadable');
  if (answer['next'] !== null) return missing('more');
  return known(rows.filter((row) => row['kind'] === kind).length);
}

function amongOf(answer: unknown, read: { among: string[]; list: string; key: string }): Read {
  const rows = list(answer, read.list);
  if (!rows || !isFields(answer)) return missing('unreadable');
  if (typeof answer['next'] === 'string') return missing('more');
  const told = new Set(rows.map((row) => row[read.key]));
  return known(read.among.filter((id) => told.has(id)).length);
}

export type Difference = { same: true } | { less: number } | { more: number };

/** How the computed stands to the stated. A stated "over 260" is met by that and by more. */
export function difference(stated: Value, computed: Value): Difference {
  const by = computed.value - stated.value;
  if (by < 0) return { less: -by };
  return by === 0 || stated.qualifier === 'over' ? { same: true } : { more: by };
}

export type Standing = 'computed' | 'partly' | 'notBuilt';

/** How far a row of the article can be shown: `lacks` says that a part is not built. */
export function standing(figures: Figure[], lacks: boolean): Standing {
  const queried = figures.filter((figure) => figure.query).length;
  if (queried === 0) return 'notBuilt';
  return lacks || queried < figures.length ? 'partly' : 'computed';
}

/** The first and last position at which the answers were true, or null where none was read. */
export function positionsOf(answers: unknown[]): { first: number; last: number } | null {
  const all = answers
    .map((answer) => (isFields(answer) ? answer['position'] : undefined))
    .filter(whole);
  return all.length === 0 ? null : { first: Math.min(...all), last: Math.max(...all) };
}
