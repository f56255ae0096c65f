// A code that another unit has taken leads to its unit by a position.
import { expect, test } from 'vitest';
import { unitAddress, unitPath } from './unitAddress';

test('a code alone leads to its unit, unless it is another one by now', () => {
  expect(unitAddress({ code: '220204006' })).toBe('220204006');
  expect(unitAddress({ code: '220204006', at: 12 })).toBe('220204006@12');
  expect(unitPath({ code: '220204006', at: 12 })).toBe('/units/220204006@12');
});
