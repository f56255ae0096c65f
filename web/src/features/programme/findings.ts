// Which figures of special items are shown, and the list of items that each of them counts.
import type { Counts, Phase, SpecialItem } from '../../api/shapes';

export const FIGURES = ['total', 'open', 'overdue', 'closed', 'closed_fixed'] as const;
export type Figure = (typeof FIGURES)[number];

const NARROWED: Record<Figure, Record<string, string>> = {
  total: {},
  open: { open: 'yes' },
  overdue: { overdue: 'yes' },
  closed: { phase: 'closed' },
  closed_fixed: { fixed: 'yes' },
};

/** The address of the list of items that a figure counts, as far as the reader may see them. */
export function listOf(filters: Record<string, string>, figure: Figure = 'total'): string {
  const query = new URLSearchParams({ ...filters, ...NARROWED[figure] });
  return `/items?${query.toString()}`;
}

/** The phases in which there are any, in their order. */
export function phasesOf(counts: Counts): { phase: Phase; count: number }[] {
  return Object.entries(counts.phases)
    .filter(([, each]) => each.count > 0)
    .map(([phase, each]) => ({ phase: phase as Phase, count: each.count }));
}

/** What is asked no more is shown only while something rolls up to it. */
export function shownItems(items: SpecialItem[]): SpecialItem[] {
  return items.filter((item) => !item.dropped || item.findings.total + item.shares.total > 0);
}
