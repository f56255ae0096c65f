// Reads one figure out of the answers of the API. What cannot be read is said to be so: a figure is
// never guessed, filled up or taken over from elsewhere.
import { unitsAddress } from '../../api/figures';
import type { Key } from '../../locales';

export type Qualifier = 'exact' | 'over' | 'about';
export interface Value {
  value: number;
  qualifier: Qualifier;
}

export type Count = 'total' | 'open' | 'overdue' | 'closed' | 'closed_fixed' | 'reopened';

/** How a figure stands in what is told of its unit, or in the answer to its query. */
export type Reading =
  /** A verified result, of the unit's quantities. */
  | { quantity: string }
  /** One count, summed over the kinds that are shown. */
  | { count: Count }
  /** How many units of that kind stand below, at any depth. */
  | { below: string }
  /** How many of its units the ledger has. */
  | { units: 'known' }
  /** How many of these are among what a list tells: `list` is its field, `key` that of an entry. */
  | { among: string[]; list: string; key: string };

export interface Figure {
  word: Key;
  /** As the article states it. */
  stated?: Value;
  /** The units it is told of, else where the API answers it; neither: it is not computed yet. */
  units?: string[];
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
export interface Answers {
  /** Of all units that figures are told of, at once. */
  units: Answered;
  at: (address: string) => Answered;
}

/** Where anybody can ask for this figure alone. */
export const addressOf = (figure: Figure): string | undefined =>
  figure.units ? unitsAddress(figure.units) : figure.query;

/** Every unit and every address that is needed for the figures, each once. */
export function neededFor(figures: Figure[]): { units: string[]; addresses: string[] } {
  return {
    units: [...new Set(figures.flatMap((figure) => figure.units ?? []))].sort(),
    addresses: [...new Set(figures.flatMap((figure) => figure.query ?? []))],
  };
}

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

/** The figure, or why it is not known. */
export function readFigure(figure: Figure, answers: Answers): Read {
  const { units, query, read } = figure;
  if (!read || (!units && !query)) return missing('notBuilt');
  const answered = units ? answers.units : answers.at(query ?? '');
  if (answered === 'failed') return missing('unreadable');
  if (typeof answered === 'string') return missing(answered);
  return units ? readUnits(units, read, answered.answer) : readAnswer(read, answered.answer);
}

function readUnits(units: string[], read: Reading, answer: unknown): Read {
  const told = list(answer, 'units');
  const unknown = isFields(answer) ? answer['unknown'] : undefined;
  if (!told || !Array.isArray(unknown)) return missing('unreadable');
  if ('units' in read) return known(units.filter((code) => !unknown.includes(code)).length);
  const unit = told.find((each) => each['code'] === units[0]);
  if (!unit) return missing(unknown.includes(units[0]) ? 'notHere' : 'unreadable');
  if ('quantity' in read) return quantityOf(unit, read.quantity);
  if ('count' in read) return countOf(unit, read.count);
  if ('below' in read) return belowOf(unit, read.below);
  return missing('unreadable');
}

function readAnswer(read: Reading, answer: unknown): Read {
  return 'among' in read ? amongOf(answer, read) : missing('unreadable');
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
  const rows = list(answer, 'totals');
  if (!rows) return missing('unreadable');
  if (rows.length === 0) return missing('hidden');
  const counts = rows.map((row) => row[count]);
  return counts.every(whole) ? known(counts.reduce((a, b) => a + b, 0)) : missing('unreadable');
}

function belowOf(unit: Fields, kind: string): Read {
  const rows = list(unit, 'below');
  if (!rows) return missing('unreadable');
  const count = rows.find((row) => row['kind'] === kind)?.['count'] ?? 0;
  return whole(count) ? known(count) : missing('unreadable');
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
  const queried = figures.filter((figure) => figure.read).length;
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
