// The rows of the pages in sight.
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { getItems } from '../../api/items';
import type { ItemRow } from '../../api/shapes';
import { useSettled } from '../../ui/useSettled';
import { pageSearch, pagesOf, placeOf } from './pages';

// Pages that are only scrolled past are not asked for.
const REST_MS = 60;
// A page out of sight is forgotten after a while, so that 100,000 rows do not fill the memory.
const KEPT_MS = 3 * 60_000;

export interface Rows {
  /** The row, or undefined while its page is on its way. */
  row: (index: number) => ItemRow | undefined;
  error: Error | null;
  again: () => void;
}

function pageQuery(search: string, page: number) {
  return {
    queryKey: ['items', search, page],
    queryFn: ({ signal }: { signal: AbortSignal }) => getItems(pageSearch(search, page), signal),
    gcTime: KEPT_MS,
  };
}

/** The first page, which also tells how many there are and their totals. */
export function useFirstPage(search: string) {
  return useQuery(pageQuery(search, 0));
}

/** `search` is what the API is asked, `seen` the first and last row in sight. */
export function useRows(search: string, seen: readonly [number, number]): Rows {
  const pages = useSettled(pagesOf(seen[0], seen[1]).join(), REST_MS);
  const numbers = useMemo(() => pages.split(',').map(Number), [pages]);
  const results = useQueries({ queries: numbers.map((page) => pageQuery(search, page)) });
  return {
    row: (index) => {
      const { page, at } = placeOf(index);
      return results[numbers.indexOf(page)]?.data?.items[at];
    },
    error: results.find((result) => result.error)?.error ?? null,
    again: () => results.forEach((result) => result.error && void result.refetch()),
  };
}
