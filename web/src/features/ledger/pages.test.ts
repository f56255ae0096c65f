// The arithmetic of pages, and where keys lead.
import { describe, expect, it } from 'vitest';
import { moved, pageSearch, pagesOf, placeOf, ROWS_SHOWN_MAX, shownRows } from './pages';

describe('pages of a list', () => {
  it('hold every row once', () => {
    const seen = new Set<string>();
    for (let row = 0; row < 1000; row++) {
      const { page, at } = placeOf(row);
      expect(page * 100 + at).toBe(row);
      seen.add(`${page} ${at}`);
    }
    expect(seen.size).toBe(1000);
  });
  it('are those of the rows in sight', () => {
    expect(pagesOf(0, 0)).toEqual([0]);
    expect(pagesOf(90, 130)).toEqual([0, 1]);
    expect(pagesOf(99_950, 99_999)).toEqual([999]);
    expect(pagesOf(-3, 5)).toEqual([0]);
  });
  it('are asked for by how many to pass over', () => {
    expect(pageSearch('open=yes', 3).toString()).toBe('open=yes&limit=100&offset=300');
  });
  it('are no more than a browser can lay out', () => {
    expect(shownRows(100_000)).toBe(100_000);
    expect(shownRows(2_000_000)).toBe(ROWS_SHOWN_MAX);
  });
});

describe('keys in a list', () => {
  it('move by a row, a screen, or to an end, and never out of the list', () => {
    expect(moved('j', 0, 3, 10)).toBe(1);
    expect(moved('ArrowDown', 2, 3, 10)).toBe(2);
    expect(moved('k', 0, 3, 10)).toBe(0);
    expect(moved('PageDown', 0, 100, 10)).toBe(10);
    expect(moved('PageUp', 5, 100, 10)).toBe(0);
    expect(moved('End', 0, 100, 10)).toBe(99);
    expect(moved('Home', 50, 100, 10)).toBe(0);
  });
  it('do nothing otherwise: x is no key of ours', () => {
    expect(moved('x', 0, 3, 10)).toBeNull();
    expect(moved('j', 0, 0, 10)).toBeNull();
  });
});
