// A list that comes in pages: each says where the next begins, the last that there is none.
import {
  infiniteQueryOptions,
  useInfiniteQuery,
  type InfiniteData,
  type QueryKey,
} from '@tanstack/react-query';

/** The list of that key, for `usePages` and to be asked ahead; the first page has no cursor. */
export function pagesOf<Cursor, Page extends { next?: Cursor | null }>(
  queryKey: QueryKey,
  getPage: (cursor: Cursor | undefined) => Promise<Page>,
) {
  type Asked = Cursor | undefined;
  return infiniteQueryOptions<Page, Error, InfiniteData<Page, Asked>, QueryKey, Asked>({
    queryKey,
    queryFn: ({ pageParam }) => getPage(pageParam as Asked),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** `getPage` is asked for the first page with no cursor. */
export function usePages<Cursor, Page extends { next?: Cursor | null }>(
  queryKey: QueryKey,
  getPage: (cursor: Cursor | undefined) => Promise<Page>,
) {
  return useInfiniteQuery(pagesOf(queryKey, getPage));
}
