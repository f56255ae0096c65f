// The sorts of what a unit is asked for, in the order of the page, and months one after the other.
import type { BurdenCounts } from '../../api/shapes';

export const SORTS_ASKED = [
  'requirements',
  'fields',
  'evidence',
  'planned',
  'visits',
  'papers',
  'deadlines',
  'notices',
] as const satisfies (keyof BurdenCounts)[];

/** "2019-12" and 1 is "2020-01". */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
