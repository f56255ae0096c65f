// Which rates there are, and one of them for the units below, in the order of the tree.
import type { KindRates, RateId, RateShare, ToldRate, Unit, UnitRates } from '../../api/shapes';

export const RATES: RateId[] = [
  'completion',
  'on_time_original',
  'on_time_amended',
  'overdue',
  'rebound',
  'recurrence',
  'first_pass',
  'response',
  'solved',
  'satisfied',
  'callback',
  'came_well',
  'called_rightly',
];

/** The rate that an address names, or none. */
export function readRate(text: string | null): RateId | null {
  return RATES.find((name) => name === text) ?? null;
}

export interface RateRow {
  unit: Unit;
  /** An area: what it counts stands in other rows too. */
  overlaps: boolean;
  share: RateShare;
  /** Whether there are answers of which nothing is told here. */
  hidden: boolean;
  /** How it stands beside the whole; null where there is nothing to compare. */
  band: Exclude<ToldRate['band'], 'none'>;
}

/** What is told of a rate; of none at all, that there is nothing. */
export const tellingOf = (told: ToldRate | null) => ({
  share: told?.after ?? null,
  hidden: told?.hidden ?? false,
});

/** The units below as they come: in the order of the tree and in no other. */
export function rowsOf(pages: UnitRates[], kind: string, rate: RateId): RateRow[] {
  return pages
    .flatMap((page) => page.children ?? [])
    .map(({ unit, overlaps, rows }) => {
      const told = rateIn(rows, kind, rate);
      const band = told?.after && told.band !== 'none' ? told.band : null;
      return { unit, overlaps, ...tellingOf(told), band };
    });
}

export function rateIn(rows: KindRates[], kind: string, rate: RateId): ToldRate | null {
  return rows.find((each) => each.kind === kind)?.rates[rate] ?? null;
}
