// What the list shows, as it stands in the address: filters, order, columns.
import type { Phase } from '../../api/shapes';
import { withQuery } from '../../lib/address';
import { readAsOf } from '../../lib/asOf';
import {
  columnKind,
  exportColumns,
  readColumns,
  writeColumns,
  type Column,
  type Sort,
} from './columns';

export const FLAGS = ['open', 'overdue', 'fixed', 'reopened'] as const;
export const DATED = ['opened', 'due', 'closed'] as const;
export const PHASES: Phase[] = [
  'listed',
  'assigned',
  'disputed',
  'planned',
  'working',
  'checking',
  'notice',
  'standing',
  'closed',
  'suspended',
  'dropped',
];
const SORTS: Sort[] = ['changed', 'closed', 'due', 'lead', 'opened', 'unit'];
export const WORDS_CHARS_MAX = 64;

export type Flag = (typeof FLAGS)[number];
export type Dated = (typeof DATED)[number];
export type DayName = `${Dated}_${'from' | 'to'}`;
export type FilterName =
  | Flag
  | DayName
  | 'unit'
  | 'lead'
  | 'kind'
  | 'phase'
  | 'state'
  | 'source'
  | 'special'
  | 'share'
  | 'words';
export type Filters = Partial<Record<FilterName, string>>;

export interface LedgerQuery {
  filters: Filters;
  sort: Sort;
  down: boolean;
  columns: Column[];
  /** A day, which means its end, or a position: the list as it was then. */
  asOf?: string | undefined;
}

const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) === text;
const isName = (text: string) => /^[a-z][a-z_]{0,39}$/.test(text);
const isCode = (text: string) => /^[\w-]{1,32}$/.test(text);
const isSpecial = (text: string) => /^[a-z]\w{0,39}\/[a-z]\w{0,39}$/.test(text);

const CHECKS: Record<FilterName, (text: string) => boolean> = {
  unit: isCode,
  kind: isName,
  phase: (text) => PHASES.some((phase) => phase === text),
  state: isName,
  source: isName,
  special: isSpecial,
  share: (text) => text === 'yes' || text === 'no',
  open: (text) => text === 'yes',
  overdue: (text) => text === 'yes',
  fixed: (text) => text === 'yes',
  reopened: (text) => text === 'yes',
  lead: isCode,
  words: (text) => text.length <= WORDS_CHARS_MAX,
  opened_from: safely(isDay),
  opened_to: safely(isDay),
  due_from: safely(isDay),
  due_to: safely(isDay),
  closed_from: safely(isDay),
  closed_to: safely(isDay),
};
export const FILTERS = Object.keys(CHECKS) as FilterName[];

// A date such as 2019-13-40 is no date, and asking for its text throws.
function safely(check: (text: string) => boolean) {
  return (text: string) => {
    try {
      return check(text);
    } catch {
      return false;
    }
  };
}

/** Reads an address. What it does not know or cannot be, is left out: the list still opens. */
export function readQuery(search: URLSearchParams): LedgerQuery {
  const filters: Filters = {};
  for (const name of FILTERS) {
    const text = search.get(name)?.trim();
    if (text && CHECKS[name](text)) filters[name] = text;
  }
  // A state is a state of a kind.
  if (!filters.kind) delete filters.state;
  const sort = SORTS.find((name) => name === search.get('sort')) ?? 'opened';
  return {
    filters,
    sort,
    down: search.get('order') !== 'asc',
    columns: readColumns(search.get('columns')),
    asOf: readAsOf(search),
  };
}

/** The address of a query: sorted, and without what is usual. */
export function writeQuery(query: LedgerQuery): URLSearchParams {
  const usual = query.sort === 'opened' && query.down;
  return withQuery(new URLSearchParams(), {
    ...query.filters,
    sort: usual ? undefined : query.sort,
    order: usual ? undefined : query.down ? 'desc' : 'asc',
    columns: writeColumns(query.columns),
    as_of: query.asOf,
  });
}

// How the API is told yes.
const YES: Record<Flag, string> = { open: 'yes', overdue: 'true', fixed: 'yes', reopened: 'yes' };

/** What the API is asked; without columns, so that choosing them asks nothing again. */
export function apiQuery(query: LedgerQuery): URLSearchParams {
  const flags = FLAGS.filter((flag) => query.filters[flag]).map((flag) => [flag, YES[flag]]);
  return withQuery(new URLSearchParams(), {
    ...query.filters,
    ...Object.fromEntries(flags),
    sort: query.sort,
    order: query.down ? 'desc' : 'asc',
    as_of: query.asOf,
  });
}

/** What a download is asked: the same, in the columns that are seen. */
export function exportQuery(query: LedgerQuery): URLSearchParams {
  return withQuery(apiQuery(query), { columns: exportColumns(query.columns) });
}

/** Filters with some changed; empty ones go. */
export function withFilters(filters: Filters, changes: Filters): Filters {
  const next: Filters = {};
  for (const name of FILTERS) {
    const value = name in changes ? changes[name] : filters[name];
    if (value) next[name] = value;
  }
  if (!next.kind) delete next.state;
  return next;
}

/** The same place, people, words and days, but of how it stands only what is given. */
export function standing(filters: Filters, only: Filters): Filters {
  const none: Filters = { phase: '', state: '' };
  for (const flag of FLAGS) none[flag] = '';
  return withFilters(filters, { ...none, ...only });
}

/** What a click on the head of a column asks for; the third goes back to the newest first. */
export function turned(query: LedgerQuery, column: Column): LedgerQuery {
  const { sort, firstDown = false } = columnKind(column);
  if (!sort) return query;
  if (query.sort !== sort) return { ...query, sort, down: firstDown };
  if (query.down === firstDown) return { ...query, down: !firstDown };
  return { ...query, sort: 'opened', down: true };
}

export type Chip =
  | { what: Exclude<FilterName, DayName>; names: FilterName[]; value: string }
  | { what: Dated; names: FilterName[]; from: string | undefined; to: string | undefined };

/** One removable mark for each thing filtered by; from and to of one date are one thing. */
export function chipsOf(filters: Filters): Chip[] {
  const chips: Chip[] = [];
  for (const what of FILTERS) {
    const value = filters[what];
    if (value && !what.endsWith('_from') && !what.endsWith('_to'))
      chips.push({ what: what as Exclude<FilterName, DayName>, names: [what], value });
  }
  for (const what of DATED) {
    const from = filters[`${what}_from`];
    const to = filters[`${what}_to`];
    if (from || to) chips.push({ what, names: [`${what}_from`, `${what}_to`], from, to });
  }
  return chips;
}
