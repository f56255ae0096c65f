// How a figure of the article stands to the computed one, in a few characters.
import type { StatedFigure } from '../../api/shapes';
import { count } from '../../lib/numbers';

/** Numbers in groups of three, texts as they are. */
export function valueText(value: number | string): string {
  return typeof value === 'number' ? count(value) : value;
}

/** "+3", "−3", or: nothing to compare, the same, other words. */
export function differenceOf(figure: StatedFigure): string {
  if (figure.agrees === null) return 'none';
  if (figure.agrees) return 'same';
  if (figure.difference === null) return 'other';
  const size = count(Math.abs(figure.difference));
  return figure.difference < 0 ? `−${size}` : `+${size}`;
}
