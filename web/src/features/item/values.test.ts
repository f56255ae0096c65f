// What the page of an item shows where.
import { describe, expect, it } from 'vitest';
import { ITEM } from './fixture';
import { otherFacts } from './values';

describe('a field of an item', () => {
  it('has a place of its own, with a word, even if it is mostly empty', () => {
    const filled = Object.fromEntries(
      Object.entries(ITEM).map(([name, value]) => [name, value ?? 'something']),
    );
    expect(otherFacts({ ...filled, copy_count: 2 } as unknown as typeof ITEM)).toEqual([]);
  });
  it('that no part of the page knows is shown as it came', () => {
    const item = { ...ITEM, weather: 'fine', wind: null, clouds: [] };
    expect(otherFacts(item)).toEqual([{ name: 'weather', value: 'fine' }]);
  });
});
