// A list that comes in pages: each says where the next begins, the last that there is none.
import { useInfiniteQuery, type InfiniteData, type QueryKey } from '@tanstack/react-query';

/** `getPage` is asked for the first page with no cursor. */
export function usePages<Cursor, Page extends { next?: Cursor | null }>(
  queryKey: QueryKey,
  getPage: (cursor: Cursor | undefined) => Promise<Page>,
) {
  type Asked = Cursor | undefined;
  return useInfiniteQuery<Page, Error, InfiniteData<Page, Asked>, QueryKey, Asked>({
    queryKey,
    queryFn: ({ pageParam }) => getPage(pageParam as Asked),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}
