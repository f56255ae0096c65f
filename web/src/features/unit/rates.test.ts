// One rate of the units below.
import { describe, expect, it } from 'vitest';
import type { KindRates, ToldRate, UnitRates } from '../../api/shapes';
import { readRate, rowsOf } from './rates';

const share = (numerator: number, denominator: number) => ({
  numerator,
  denominator,
  percent: '0.00',
  low: '0.00',
  high: '0.00',
});
const child = (code: string, told: ToldRate | null) => ({
  unit: { code, name: code },
  overlaps: false,
  rows: told ? [{ kind: 'problem', rates: { completion: told } } as unknown as KindRates] : [],
});
const told = (numerator: number, denominator: number, band: ToldRate['band']): ToldRate => {
  const after = denominator === 0 ? null : share(numerator, denominator);
  return { before: after, after, hidden: false, kept_back: 0, few: denominator < 30, band };
};
const page = (...children: ReturnType<typeof child>[]) => ({ children }) as unknown as UnitRates;

describe('one rate of the units below', () => {
  const pages = [
    page(child('c', told(10, 100, 'below')), child('a', told(3, 4, 'too_few'))),
    page(child('b', told(99, 100, 'above')), child('d', told(0, 0, 'none')), child('e', null)),
  ];
  const rows = rowsOf(pages, 'problem', 'completion');
  it('stands in the order in which the tree gives them, page after page', () => {
    expect(rows.map(({ unit }) => unit.code).join('')).toBe('cabde');
  });
  it('has a band where it may be compared, and says where it may not', () => {
    expect(rows.map(({ band }) => band)).toEqual(['below', 'too_few', 'above', null, null]);
  });
  it('is none where there is nothing to count, or nothing that the reader may see', () => {
    expect(rows.map(({ share: each }) => each?.denominator)).toEqual([
      100,
      4,
      100,
      undefined,
      undefined,
    ]);
    const kept = { ...told(0, 0, 'none'), hidden: true, kept_back: 3 };
    const hidden = rowsOf([page(child('f', kept))], 'problem', 'completion');
    expect(hidden.map((row) => row.hidden)).toEqual([true]);
    expect(rows.some((row) => row.hidden)).toBe(false);
    expect(rowsOf(pages, 'petition', 'completion').every((row) => row.share === null)).toBe(true);
  });
});

describe('the rate of an address', () => {
  it('is one that there is, or none', () => {
    expect(readRate('rebound')).toBe('rebound');
    expect(readRate('ranking')).toBeNull();
    expect(readRate(null)).toBeNull();
  });
});
