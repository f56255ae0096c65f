// Units: one with its totals, children and trend in one request; more children; posts; search.
import { withAsOf } from '../lib/asOf';
import { ask } from './client';
import type {
  Burden,
  ChildRow,
  Post,
  Role,
  SearchAnswer,
  Stamp,
  UnitPage,
  UnitRates,
  UnitWhole,
} from './shapes';

/** `asOf`: as it was then, a day or a position. */
export const getUnit = (code: string, asOf?: string) =>
  ask<UnitPage & UnitWhole>(
    withAsOf(`/api/v1/units/${encodeURIComponent(code)}?with=children,trend`, asOf),
  );

/** A unit alone, where only its name and path are wanted. */
export const getUnitAlone = (code: string) =>
  ask<UnitPage>(`/api/v1/units/${encodeURIComponent(code)}`);

/** Further children, from where a page ended. */
export const getChildren = (code: string, cursor: string, asOf?: string) =>
  ask<{ rows: ChildRow[]; next: string | null } & Stamp>(
    withAsOf(
      `/api/v1/units/${encodeURIComponent(code)}/rollup?` +
        new URLSearchParams({ by: 'child', limit: '200', cursor }).toString(),
      asOf,
    ),
  );

/** Its rates by kind; a scan of every row, so asked for beside the page. */
export const getRates = (code: string, asOf?: string) =>
  ask<UnitRates>(withAsOf(`/api/v1/units/${encodeURIComponent(code)}/rates`, asOf));

/** Those of one kind, of the units below too, in the order of the tree; one page of them. */
export const getRatesBelow = (code: string, kind: string, cursor?: string, asOf?: string) =>
  ask<UnitRates>(
    withAsOf(
      `/api/v1/units/${encodeURIComponent(code)}/rates?` +
        new URLSearchParams({
          by: 'child',
          kind,
          limit: '200',
          ...(cursor ? { cursor } : {}),
        }).toString(),
      asOf,
    ),
  );

/** What a unit is asked for in a month ("2019-09"), and the units below it; one page of them. */
export const getBurden = (code: string, month: string | undefined) =>
  ask<Burden>(`/api/v1/units/${encodeURIComponent(code)}/burden${month ? `?month=${month}` : ''}`);

export const getPosts = (code: string, role?: Role) =>
  ask<{ posts: Post[] } & Stamp>(
    `/api/v1/units/${encodeURIComponent(code)}/posts${role ? `?role=${role}` : ''}`,
  );

export const search = (text: string, signal?: AbortSignal) =>
  ask<SearchAnswer>(
    `/api/v1/search?q=${encodeURIComponent(text)}&limit=12`,
    signal ? { signal } : {},
  );
