// Months follow one another over the end of a year.
import { expect, test } from 'vitest';
import { monthAfter } from './burden';

test('the month after December is January', () => {
  expect(monthAfter('2019-12', 1)).toBe('2020-01');
  expect(monthAfter('2020-01', -1)).toBe('2019-12');
  expect(monthAfter('2019-09', 0)).toBe('2019-09');
});
