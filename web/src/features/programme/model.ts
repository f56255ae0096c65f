// What the page of a programme shows, reckoned from what the API tells.
import type { Saying } from '../../api/programmes';
import type { Programme, ProgrammeTier, Requirement, RequirementAnswer } from '../../api/shapes';
import { daysBetween } from '../../lib/days';
import { asItemNo } from '../../lib/itemNo';
import type { Key } from '../../locales';

export interface Share {
  asked: number;
  covered: number;
}

export interface MatrixRow {
  tier: ProgrammeTier;
  /** In the order of the kinds; null where none of that kind is asked. */
  cells: (Share | null)[];
  whole: Share;
}

export interface Matrix {
  kinds: string[];
  rows: MatrixRow[];
}

/** Tiers by types of unit; a unit counts once for each of the requirements that it is asked. */
export function matrixOf(tiers: ProgrammeTier[], requirements: Requirement[]): Matrix {
  const cells = requirements.filter((one) => !one.dropped).flatMap((one) => one.cells);
  const kinds = [...new Set(cells.map((cell) => cell.kind))];
  const sum = (some: Share[]): Share =>
    some.reduce(
      (all, one) => ({ asked: all.asked + one.asked, covered: all.covered + one.covered }),
      { asked: 0, covered: 0 },
    );
  const rows = tiers.map((tier) => {
    const own = cells.filter((cell) => cell.tier === tier.tier);
    return {
      tier,
      cells: kinds.map((kind) => {
        const some = own.filter((cell) => cell.kind === kind);
        return some.length > 0 ? sum(some) : null;
      }),
      whole: sum(own),
    };
  });
  return { kinds, rows: rows.filter((row) => row.whole.asked > 0) };
}

export interface Branch {
  requirement: Requirement;
  parts: Branch[];
}

/** Special rectification items as they hang together: wholes first, parts below them. */
export function rectificationTree(requirements: Requirement[]): Branch[] {
  const items = requirements.filter((one) => one.sort === 'rectification' && !one.dropped);
  const known = new Set(items.map((one) => one.requirement));
  const below = (parent: string | null): Branch[] =>
    items
      .filter((one) => (one.parent && known.has(one.parent) ? one.parent : null) === parent)
      .map((requirement) => ({ requirement, parts: below(requirement.requirement) }));
  return below(null);
}

export interface Bar {
  from: number;
  width: number;
}

/** Where a stretch of days lies in the programme's period, in percent of it. */
export function barOf(
  programme: Pick<Programme, 'from' | 'to'>,
  part: { from: string; to: string },
): Bar {
  const days = daysBetween(programme.from, programme.to) + 1;
  const from = (100 * daysBetween(programme.from, part.from)) / days;
  return { from, width: (100 * (daysBetween(part.from, part.to) + 1)) / days };
}

/** Where today is in it, or null outside. */
export function todayIn(programme: Pick<Programme, 'from' | 'to'>, today: string): number | null {
  if (today < programme.from || today > programme.to) return null;
  return barOf(programme, { from: today, to: today }).from;
}

/**
 * The requirement that is shown: the one asked for; else the first that the unit itself has still
 * to meet; else the first that not all have met.
 */
export function shownOf(
  requirements: Requirement[],
  wanted: string | null,
): Requirement | undefined {
  const asked = requirements.filter((one) => !one.dropped && one.counts.asked > 0);
  return (
    requirements.find((one) => one.requirement === wanted) ??
    asked.find((one) => one.own?.answers.includes('met')) ??
    asked.find((one) => one.counts.covered < one.counts.asked) ??
    asked[0] ??
    requirements[0]
  );
}

export interface Typed {
  text: string;
  present: string;
  expected: string;
  items: string;
}
export const NOTHING_TYPED: Typed = { text: '', present: '', expected: '', items: '' };

export interface Fault {
  field: keyof Typed;
  word: Key;
}

const NUMBER = /^\d{1,7}$/;

/** The body of what is said of one unit, and what is still wrong with it. */
export function readSaying(
  requirement: Pick<Requirement, 'sort'>,
  saying: Saying,
  unit: string,
  typed: Typed,
): { body: RequirementAnswer; faults: Fault[] } {
  const body: RequirementAnswer = { units: [unit] };
  const faults: Fault[] = [];
  const text = typed.text.trim();
  if (text) body.text = text;
  if (saying === 'none_claimed') return { body, faults };
  if (saying !== 'met') {
    if (!text) faults.push({ field: 'text', word: 'programme.reasonNeeded' });
    return { body, faults };
  }
  if (requirement.sort === 'meeting') {
    for (const field of ['present', 'expected'] as const) {
      const value = typed[field].trim();
      if (NUMBER.test(value)) body[field] = Number(value);
      else faults.push({ field, word: 'programme.numberNeeded' });
    }
  } else if (requirement.sort === 'self_examination') {
    const words = typed.items.split(/[\s,，、;；]+/).filter((word) => word !== '');
    const numbers = words.map((word) => asItemNo(word));
    if (words.length === 0 || numbers.includes(null))
      faults.push({ field: 'items', word: 'programme.itemsNeeded' });
    else body.items = numbers.filter((no): no is string => no !== null);
  } else if (!text) {
    faults.push({ field: 'text', word: 'programme.textNeeded' });
  }
  return { body, faults };
}
