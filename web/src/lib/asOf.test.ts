// A day or position of the past is read from an address, and kept in the next.
import { expect, test } from 'vitest';
import { dayOfAsOf, readAsOf, withAsOf } from './asOf';

const read = (text: string) => readAsOf(new URLSearchParams({ as_of: text }));

test('a day or a position is read, and nothing else', () => {
  expect(read('2024-09-13')).toBe('2024-09-13');
  expect(read('@1234')).toBe('@1234');
  const others = ['', 'yesterday', '@', '@-1', '2024-9-1'];
  expect(others.map(read)).toEqual(others.map(() => undefined));
  expect(readAsOf(new URLSearchParams())).toBeUndefined();
});

test('a position is no day', () => {
  expect(dayOfAsOf('2024-09-13')).toBe('2024-09-13');
  expect(dayOfAsOf('@1234')).toBe('');
  expect(dayOfAsOf(undefined)).toBe('');
});

test('an address stays in its past', () => {
  expect(withAsOf('/units/0', undefined)).toBe('/units/0');
  expect(withAsOf('/units/0', '2024-09-13')).toBe('/units/0?as_of=2024-09-13');
  expect(withAsOf('/items?unit=0', '@12')).toBe('/items?unit=0&as_of=%4012');
});
