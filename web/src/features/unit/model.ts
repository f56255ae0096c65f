// Numbers of a unit over all kinds, and the order and colours of the units below it.
import type { ChildRow, KindCounts } from '../../api/shapes';
import type { Rate } from '../../lib/numbers';

export interface Sum {
  total: number;
  open: number;
  overdue: number;
  closed: number;
  closed_fixed: number;
  dropped: number;
  reopened: number;
  /** A stage is done and it goes on: open, and never counted as done. */
  standing: number;
  completion: Rate | null;
  fixed: Rate | null;
}

const COUNTS = [
  'total',
  'open',
  'overdue',
  'closed',
  'closed_fixed',
  'dropped',
  'reopened',
] as const;

/** Sums the kinds shown; the rates are of the sums, never means of rates. */
export function sumOf(kinds: KindCounts[]): Sum {
  const sums = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Record<
    (typeof COUNTS)[number],
    number
  >;
  for (const kind of kinds) for (const name of COUNTS) sums[name] += kind[name];
  const standing = kinds.reduce((all, kind) => all + (kind.phases.standing?.count ?? 0), 0);
  return {
    ...sums,
    standing,
    completion: rate(sums.closed, sums.total - sums.dropped),
    fixed: rate(sums.closed_fixed, sums.closed),
  };
}

function rate(numerator: number, denominator: number): Rate | null {
  return denominator === 0 ? null : { numerator, denominator };
}

// What the table may be put in order by: counts, which say where work lies. Never a rate, which
// would make a league table of it (docs/rates.md).
export const COLUMNS = ['name', 'open', 'overdue', 'closed_fixed', 'reopened'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  column: Column;
  down: boolean;
}

/** "open" or "-open" of an address; the tree's own order where there is none. */
export function readOrder(text: string | null): Order | null {
  const down = text?.startsWith('-') ?? false;
  const column = COLUMNS.find((name) => name === text?.replace(/^-/, ''));
  return column ? { column, down } : null;
}

export interface Child {
  row: ChildRow;
  sum: Sum;
}

export function sorted(children: Child[], order: Order | null, language: string): Child[] {
  if (!order) return children;
  const names = new Intl.Collator(language);
  const value = ({ sum }: Child) => (order.column === 'name' ? 0 : sum[order.column]);
  const sign = order.down ? -1 : 1;
  return [...children].sort((a, b) =>
    order.column === 'name'
      ? sign * names.compare(a.row.unit.name, b.row.unit.name)
      : sign * (value(a) - value(b)),
  );
}

/** Steps of the share overdue and their colours: light to dark, told apart without colour too. */
export const LATE_STEPS = [
  { upTo: 0, colour: '#d5e3ef' },
  { upTo: 0.1, colour: '#f6e0b5' },
  { upTo: 0.25, colour: '#efb17f' },
  { upTo: 0.5, colour: '#d9734e' },
  { upTo: 1, colour: '#ac3a34' },
] as const;

export function lateStep(sum: { open: number; overdue: number }): number {
  const share = sum.open === 0 ? 0 : sum.overdue / sum.open;
  return LATE_STEPS.findIndex((step) => share <= step.upTo);
}
