// Sums, order and colours of units.
import { describe, expect, it } from 'vitest';
import type { KindCounts } from '../../api/shapes';
import { lateStep, readOrder, sorted, sumOf, type Child } from './model';

function kind(counts: Partial<KindCounts>): KindCounts {
  const none = {
    total: 0,
    open: 0,
    overdue: 0,
    closed: 0,
    closed_fixed: 0,
    dropped: 0,
    reopened: 0,
  };
  return {
    kind: 'k',
    title: { 'zh-CN': '', en: '' },
    completion: null,
    fixed: null,
    phases: {},
    ...none,
    ...counts,
  };
}

describe('sums over kinds', () => {
  it('rate the sums and not the rates', () => {
    const sum = sumOf([
      kind({ total: 100, closed: 90, closed_fixed: 90 }),
      kind({ total: 10, closed: 0, dropped: 5, open: 5, overdue: 2 }),
    ]);
    expect(sum.completion).toEqual({ numerator: 90, denominator: 105 });
    expect(sum.fixed).toEqual({ numerator: 90, denominator: 90 });
    expect(sum.overdue).toBe(2);
  });
  it('have no rate without a denominator', () => {
    expect(sumOf([]).completion).toBeNull();
    expect(sumOf([kind({ total: 3, dropped: 3 })]).completion).toBeNull();
  });
});

describe('what goes on after a stage', () => {
  it('is counted over all kinds, and is none where no kind has any', () => {
    const standing = (count: number) => ({ standing: { count, overdue: 0 } });
    const kinds = [kind({ phases: standing(3) }), kind({ phases: standing(2) }), kind({})];
    expect(sumOf(kinds).standing).toBe(5);
    expect(sumOf([kind({ open: 4 })]).standing).toBe(0);
  });
});

describe('the order of children', () => {
  const child = (name: string, open: number): Child => ({
    row: {
      unit: { code: name, name },
      kind: 'village',
      placeholder: false,
      leaf: true,
      to: null,
      overlaps: false,
      totals: [],
    },
    sum: sumOf([kind({ total: open, open })]),
  });
  const children = [child('b', 1), child('a', 3), child('c', 2)];
  const names = (list: Child[]) => list.map((each) => each.row.unit.name).join('');
  it('is that of the tree, or as the address says', () => {
    expect(names(sorted(children, readOrder(null), 'en'))).toBe('bac');
    expect(names(sorted(children, readOrder('-open'), 'en'))).toBe('acb');
    expect(names(sorted(children, readOrder('name'), 'en'))).toBe('abc');
    expect(readOrder('rubbish')).toBeNull();
  });
  it('is never that of a rate', () => {
    expect(readOrder('-completion')).toBeNull();
    expect(readOrder('completion')).toBeNull();
  });
});

describe('lateness', () => {
  it('has a step of its own for none at all', () => {
    expect(lateStep({ open: 0, overdue: 0 })).toBe(0);
    expect(lateStep({ open: 100, overdue: 1 })).toBe(1);
    expect(lateStep({ open: 4, overdue: 2 })).toBe(3);
    expect(lateStep({ open: 1, overdue: 1 })).toBe(4);
  });
});
