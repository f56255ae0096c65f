// What the table of special items leads to.
import { describe, expect, it } from 'vitest';
import type { Counts, SpecialItem } from '../../api/shapes';
import { FIGURES, listOf, phasesOf, shownItems } from './findings';

const counts = (total: number): Counts => ({
  total,
  open: total,
  overdue: 0,
  closed: 0,
  closed_fixed: 0,
  dropped: 0,
  reopened: 0,
  completion: null,
  fixed: null,
  phases: {
    listed: { count: total, overdue: 0 },
    closed: { count: 0, overdue: 0 },
    working: { count: 2, overdue: 1 },
  },
});

describe('a figure of a special item', () => {
  it('leads to the list that it counts, at the unit and with all that is part of it', () => {
    const at = { unit: '2202', special: 'education_2019/c3_conduct', share: 'no' };
    expect(FIGURES.map((figure) => listOf(at, figure).split('share=no')[1])).toEqual([
      '',
      '&open=yes',
      '&overdue=yes',
      '&phase=closed',
      '&fixed=yes',
    ]);
    expect(listOf(at)).toBe('/items?unit=2202&special=education_2019%2Fc3_conduct&share=no');
  });
  it('is told by phase where there is any', () => {
    expect(phasesOf(counts(3)).map(({ phase, count }) => `${phase} ${count}`)).toEqual([
      'listed 3',
      'working 2',
    ]);
  });
});

describe('an item that is asked no more', () => {
  const item = (dropped: boolean, total: number) =>
    ({ dropped, findings: counts(total), shares: counts(0) }) as SpecialItem;
  it('is shown while something rolls up to it', () => {
    expect(shownItems([item(true, 0), item(true, 1), item(false, 0)])).toHaveLength(2);
  });
});
