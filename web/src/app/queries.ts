// What was asked of the server and what it answered, for every page.
import { QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from '../api/client';

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // A session that ended meanwhile is noticed by the first answer that says so.
    onError: (error, { queryKey: [first] }) => {
      if (first !== 'session' && error instanceof Problem && error.status === 401)
        void queries.invalidateQueries({ queryKey: ['session'] });
    },
  }),
  defaultOptions: {
    queries: {
      // What is open is kept true by the stream; what is gone back to is asked for again.
      staleTime: 5_000,
      gcTime: 30 * 60_000,
      retry: (times, error) =>
        times < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
      refetchOnWindowFocus: false,
    },
  },
});
