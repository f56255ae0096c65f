// Numbers as people read them.
import { expect, it } from 'vitest';
import { count, fraction, percent, yuan } from './numbers';

// What a browser writes, which knows every language.
const slow = (value: number, decimals: number) =>
  value.toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });

it('writes numbers as a browser does', () => {
  const ends = [0, 1, 9, 10, 99, 100, 999, 1_000, 99_999, 100_000, 999_999, 1_000_000, 2 ** 40];
  for (const value of ends.flatMap((each) => [each, -each - 1])) {
    expect(count(value)).toBe(slow(value, 0));
    expect(yuan(value)).toBe(slow(value / 100, 2));
  }
  for (const value of [0.5, 12.25, -1234.5678, 99_999.9996])
    expect(count(value)).toBe(value.toLocaleString('en-US'));
});

it('tells a rate with what it is of, and none of nothing', () => {
  expect(percent({ numerator: 687, denominator: 688 })).toBe('99.8%');
  expect(percent({ numerator: 0, denominator: 0 })).toBe('—');
  expect(fraction({ numerator: 1_688, denominator: 2_697 })).toBe('1,688 / 2,697');
  expect(fraction(null)).toBe('—');
});
