// What is reckoned for the page of a programme.
import { describe, expect, it } from 'vitest';
import type { Requirement } from '../../api/shapes';
import {
  barOf,
  matrixOf,
  NOTHING_TYPED,
  readSaying,
  rectificationTree,
  shownOf,
  todayIn,
} from './model';

const title = { 'zh-CN': '甲', en: 'A' };
const counts = {
  asked: 4,
  covered: 4,
  open: 0,
  met: 4,
  late: 0,
  exempt: 0,
  none_checked: 0,
  none_claimed: 0,
};
function requirement(id: string, more: Partial<Requirement> = {}): Requirement {
  return {
    requirement: id,
    title,
    sort: 'study',
    met_by: null,
    quorum: null,
    delivers: null,
    stated: null,
    parent: null,
    set_by: null,
    dropped: false,
    adopted: '2019-09-09',
    due: [],
    counts,
    cells: [],
    seal: null,
    ...more,
  };
}

describe('the matrix', () => {
  const tiers = ['t1', 't2', 't3'].map((tier) => ({ tier, title, batch: 'b' }));
  it('adds up requirements by tier and kind, and leaves out whom nothing is asked of', () => {
    const cell = (tier: string, kind: string, asked: number, covered: number) => ({
      tier,
      kind,
      asked,
      covered,
    });
    const matrix = matrixOf(tiers, [
      requirement('a', { cells: [cell('t1', 'county', 3, 1), cell('t2', 'village', 5, 5)] }),
      requirement('b', { cells: [cell('t1', 'county', 3, 3)] }),
      requirement('gone', { dropped: true, cells: [cell('t3', 'village', 9, 0)] }),
    ]);
    expect(matrix.kinds).toEqual(['county', 'village']);
    expect(matrix.rows.map((row) => row.tier.tier)).toEqual(['t1', 't2']);
    expect(matrix.rows[0]?.cells).toEqual([{ asked: 6, covered: 4 }, null]);
    expect(matrix.rows[1]?.whole).toEqual({ asked: 5, covered: 5 });
  });
});

describe('special rectification', () => {
  it('hangs parts below their whole, and keeps what hangs on nothing known', () => {
    const item = (id: string, parent: string | null) =>
      requirement(id, { sort: 'rectification', parent, set_by: 'central' });
    const tree = rectificationTree([
      requirement('study'),
      item('whole', null),
      item('part', 'whole'),
      item('lost', 'gone'),
    ]);
    expect(tree.map((one) => one.requirement.requirement)).toEqual(['whole', 'lost']);
    expect(tree[0]?.parts.map((one) => one.requirement.requirement)).toEqual(['part']);
  });
});

describe('the timeline', () => {
  const programme = { from: '2019-09-01', to: '2019-09-10' };
  it('places batches and today in percent of the period', () => {
    expect(barOf(programme, { from: '2019-09-01', to: '2019-09-05' })).toEqual({
      from: 0,
      width: 50,
    });
    expect(todayIn(programme, '2019-09-06')).toBe(50);
    expect(todayIn(programme, '2019-09-11')).toBeNull();
    expect(todayIn(programme, '2019-08-31')).toBeNull();
  });
});

describe('the requirement that is shown', () => {
  const open = { ...counts, covered: 1, met: 1, open: 3 };
  const own = {
    tier: 't1',
    status: 'open' as const,
    since: '2019-09-09',
    due: null,
    late: false,
    answers: ['met' as const],
  };
  it('is the one asked for, else what the unit has to meet, else what is not met by all', () => {
    const all = [
      requirement('full'),
      requirement('some', { counts: open }),
      requirement('mine', { counts: open, own }),
    ];
    expect(shownOf(all, 'full')?.requirement).toBe('full');
    expect(shownOf(all, 'unknown')?.requirement).toBe('mine');
    expect(shownOf(all.slice(0, 2), null)?.requirement).toBe('some');
    expect(shownOf(all.slice(0, 1), null)?.requirement).toBe('full');
    expect(shownOf([], null)).toBeUndefined();
  });
});

describe('what is said', () => {
  const read = (sort: Requirement['sort'], saying: Parameters<typeof readSaying>[1], typed = {}) =>
    readSaying({ sort }, saying, '22', { ...NOTHING_TYPED, ...typed });
  it('of a meeting has both counts', () => {
    expect(read('meeting', 'met', { present: '4' }).faults).toEqual([
      { field: 'expected', word: 'programme.numberNeeded' },
    ]);
    expect(read('meeting', 'met', { present: '4', expected: '5' }).body).toEqual({
      units: ['22'],
      present: 4,
      expected: 5,
    });
  });
  it('of a self-examination names its problems, or claims that there is none', () => {
    expect(read('self_examination', 'met').faults).toHaveLength(1);
    expect(read('self_examination', 'none_claimed').faults).toEqual([]);
  });
  it('of anything else, and from above, has its words', () => {
    expect(read('study', 'met').faults).toHaveLength(1);
    expect(read('deliverable', 'met', { text: ' 已交 ' }).body.text).toBe('已交');
    expect(read('meeting', 'exempt').faults).toEqual([
      { field: 'text', word: 'programme.reasonNeeded' },
    ]);
  });
});
