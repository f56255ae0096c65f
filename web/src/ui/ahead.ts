// What a page asks for before it is drawn, so that the answers are there when it is.
import type { QueryClient } from '@tanstack/react-query';
import type { Params } from 'react-router-dom';
import type { Here } from './SessionContext';

export interface Going {
  params: Params;
  search: URLSearchParams;
  here: Here;
  queries: QueryClient;
}

/**
 * Stands beside a page as `ahead`: asks with `prefetch…` for what the page will look at first, by
 * the same keys, and waits for nothing.
 */
export type Ahead = (going: Going) => void;
