// What became of a unit, and its numbers then and now.
import { describe, expect, it } from 'vitest';
import type { KindCounts, UnitPage } from '../../api/shapes';
import { addressThen, hasChanged, oldCode, spansOf, thenAndNow } from './changes';

const county = { code: '220204', name: '船营区' };
const totals = (open: number): KindCounts[] => [
  {
    kind: 'k',
    title: { 'zh-CN': '', en: '' },
    total: open,
    open,
    overdue: 0,
    closed: 0,
    closed_fixed: 0,
    dropped: 0,
    reopened: 0,
    completion: null,
    fixed: null,
    phases: {},
  },
];

function unit(more: Partial<UnitPage>): UnitPage {
  return {
    code: '220204007',
    name: '北极街道',
    kind: 'township',
    placeholder: false,
    from: '2019-10-31',
    to: null,
    parent: county,
    path: [],
    children: 0,
    lines: [],
    successors: [],
    came_from: [],
    once: [],
    had_code: [],
    totals: totals(3),
    quantities: [],
    position: 900,
    instant: '2026-11-30T08:00:00+08:00',
    ...more,
  };
}

const once = [
  { code: '220204006', name: '北极乡', parent: county, to: '2020-12-31' },
  { code: '220204006', name: '北极街道', parent: county, to: '2023-06-29' },
];

describe('what a unit once was', () => {
  it('goes from day to day, the newest first', () => {
    expect(spansOf(unit({ once })).map(({ from, to, name }) => [from, to, name])).toEqual([
      ['2021-01-01', '2023-06-29', '北极街道'],
      ['2019-10-31', '2020-12-31', '北极乡'],
    ]);
    expect(spansOf(unit({}))).toEqual([]);
  });
  it('is told of units that changed alone', () => {
    expect(hasChanged(unit({}))).toBe(false);
    expect(hasChanged(unit({ once }))).toBe(true);
    expect(hasChanged(unit({ to: '2023-06-29' }))).toBe(true);
    expect(hasChanged(unit({ had_code: [county] }))).toBe(true);
  });
});

describe('an old code', () => {
  it('is one that the unit has no more', () => {
    expect(oldCode('220204006', unit({}))).toBe('220204006');
    expect(oldCode('220204006@17', unit({}))).toBe('220204006');
    expect(oldCode('220204007', unit({}))).toBeNull();
    expect(oldCode('220204007@17', unit({}))).toBeNull();
  });
  it('is not told of the past, where it was its own', () => {
    expect(oldCode('220204006', unit({ as_of: '2020-01-01' }))).toBeNull();
  });
});

describe('the way to another moment', () => {
  it('goes by the code where that was always its own, else by the position too', () => {
    expect(addressThen(unit({}))).toBe('220204007');
    expect(addressThen(unit({ once: once.map((was) => ({ ...was, code: '220204007' })) }))).toBe(
      '220204007',
    );
    expect(addressThen(unit({ once }))).toBe('220204007@900');
    expect(addressThen(unit({ had_code: [county] }))).toBe('220204007@900');
  });
  it('goes from one past to another by what the unit is called now', () => {
    const now = { code: '220204007', name: '北极街道', to: null, totals: [], position: 900 };
    const then = unit({ code: '220204006', as_of: '2020-01-01', position: 40, now });
    expect(addressThen(then)).toBe('220204007@900');
    expect(addressThen({ ...then, now: { ...now, at: 88 } })).toBe('220204007@88');
    expect(addressThen({ ...then, code: '220204007' })).toBe('220204007');
  });
});

describe('numbers then and now', () => {
  it('stand beside one another where the past is shown', () => {
    const now = { code: '220204007', name: '北极街道', to: null, totals: totals(5), position: 900 };
    const then = unit({ code: '220204006', as_of: '2020-01-01', position: 40, now });
    expect(thenAndNow(then).map(({ by, code, sum }) => [by, code, sum.open])).toEqual([
      ['then', '220204006', 3],
      ['now', '220204007', 5],
    ]);
    expect(thenAndNow(unit({}))).toEqual([]);
  });
});
