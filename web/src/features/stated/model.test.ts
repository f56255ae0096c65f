// How a figure of the article is told next to the computed one.
import { describe, expect, it } from 'vitest';
import type { StatedFigure } from '../../api/shapes';
import { differenceOf, valueText } from './model';

const figure = (agrees: boolean | null, difference: number | null) =>
  ({ agrees, difference }) as StatedFigure;

describe('a figure of the article', () => {
  it('differs by a number, by its words, or not at all', () => {
    expect(differenceOf(figure(null, null))).toBe('none');
    expect(differenceOf(figure(true, 0))).toBe('same');
    expect(differenceOf(figure(false, -3))).toBe('−3');
    expect(differenceOf(figure(false, 1200))).toBe('+1,200');
    expect(differenceOf(figure(false, null))).toBe('other');
  });

  it('is a number in groups of three, or words', () => {
    expect(valueText(12804)).toBe('12,804');
    expect(valueText('2019-09-08')).toBe('2019-09-08');
  });
});
