// The arithmetic of a list of which only the pages in sight are loaded.

export const PAGE_ROWS = 100;
/** Browsers lay out no taller page than about 17 million px; more rows than this are not shown. */
export const ROWS_SHOWN_MAX = 200_000;

/** How many rows can be scrolled through. */
export function shownRows(total: number): number {
  return Math.min(total, ROWS_SHOWN_MAX);
}

/** On which page a row stands, and where there. */
export function placeOf(row: number): { page: number; at: number } {
  return { page: Math.floor(row / PAGE_ROWS), at: row % PAGE_ROWS };
}

/** The pages of the rows from the first to the last, both in sight. */
export function pagesOf(first: number, last: number): number[] {
  const begin = placeOf(Math.max(0, first)).page;
  const end = placeOf(Math.max(0, last)).page;
  return Array.from({ length: Math.max(1, end - begin + 1) }, (_, index) => begin + index);
}

/** What to ask for a page. */
export function pageSearch(search: string, page: number): URLSearchParams {
  const asked = new URLSearchParams(search);
  asked.set('limit', String(PAGE_ROWS));
  asked.set('offset', String(page * PAGE_ROWS));
  return asked;
}

/** The row that a key moves to from `row`, or null where the key moves nothing. */
export function moved(key: string, row: number, rows: number, screen: number): number | null {
  if (rows === 0) return null;
  const last = rows - 1;
  const within = (to: number) => Math.min(last, Math.max(0, to));
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return within(row + 1);
    case 'k':
    case 'ArrowUp':
      return within(row - 1);
    case 'PageDown':
      return within(row + screen);
    case 'PageUp':
      return within(row - screen);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
