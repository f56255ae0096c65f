// Finding items that are perhaps the same.
import { describe, expect, it } from 'vitest';
import type { ItemRow } from '../../api/shapes';
import { queriesFor, similarOf } from './likeness';

describe('what is searched for', () => {
  it('is the title and its halves, as Chinese has no spaces', () => {
    expect(queriesFor('小区无处停车')).toEqual(['小区无处停车', '小区无', '处停车']);
    expect(queriesFor('停车')).toEqual([]);
  });
  it('is the title and its pieces where it has any', () => {
    expect(queriesFor('楼道 照明损坏')).toEqual(['楼道 照明损坏', '楼道', '照明损坏']);
    expect(queriesFor('lamp')).toEqual(['lamp']);
  });
});

describe('what is shown', () => {
  const row = (item: string, code: string) => ({ item, unit: { code, name: '' } }) as ItemRow;
  it('is three at most, each once, those of the place first', () => {
    const shown = similarOf(
      [
        [row('a', '1'), row('b', '2')],
        [row('a', '1'), row('c', '3'), row('d', '4')],
      ],
      '3',
    );
    expect(shown.map((each) => each.item)).toEqual(['c', 'a', 'b']);
  });
});
