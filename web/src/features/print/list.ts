// A printed list: which rows are asked for, page by page, and the document they make.
import type { ItemPage, ItemRow, ItemTotals } from '../../api/shapes';
import { dayOf, daysBetween, shortDay } from '../../lib/days';
import { count } from '../../lib/numbers';
import type { Key } from '../../locales';
import type { Doc } from './paper';
import type { Column, Row, Section } from './sheets';
import type { Say } from './told';

export const ROWS_MAX = 5_000;
const PAGE_ROWS = 200;
const TRIES = 3;

// How a list looks on the screen, and where a reader stands in it: nothing that the API filters by.
const OF_THE_SCREEN = ['columns', 'cursor', 'item', 'limit', 'offset', 'page', 'view'];

/** What the address filters by. Whatever else is in it is passed on, and refused if unknown: a list
 * printed under a filter that was silently dropped would be a false one. */
export function filtersOf(search: URLSearchParams): URLSearchParams {
  const filters = new URLSearchParams(search);
  for (const name of OF_THE_SCREEN) filters.delete(name);
  filters.sort();
  return filters;
}

export interface Listed {
  rows: ItemRow[];
  /** All that match; more than `rows` where the limit was reached. */
  total: number | undefined;
  totals: ItemTotals | undefined;
  more: boolean;
  positions: { first: number; last: number };
  instant: string;
}

/** All rows at one position. Where records keep coming in, the third reading stands as it is. */
export async function readList(
  filters: URLSearchParams,
  ask: (search: URLSearchParams) => Promise<ItemPage>,
): Promise<Listed> {
  let listed = await readOnce(filters, ask);
  for (let again = 1; again < TRIES; again += 1) {
    if (listed.positions.first === listed.positions.last) return listed;
    listed = await readOnce(filters, ask);
  }
  return listed;
}

async function readOnce(
  filters: URLSearchParams,
  ask: (search: URLSearchParams) => Promise<ItemPage>,
): Promise<Listed> {
  const rows: ItemRow[] = [];
  let first: number | null = null;
  let cursor: string | null = null;
  for (;;) {
    const search = new URLSearchParams(filters);
    search.set('limit', String(PAGE_ROWS));
    if (cursor !== null) search.set('cursor', cursor);
    const page = await ask(search);
    rows.push(...page.items.slice(0, ROWS_MAX - rows.length));
    first ??= page.position;
    cursor = page.next;
    const full = rows.length >= ROWS_MAX && (cursor !== null || page.items.length === 0);
    if (cursor === null || full)
      return {
        rows,
        total: page.total,
        totals: page.totals,
        more: cursor !== null,
        positions: { first: Math.min(first, page.position), last: Math.max(first, page.position) },
        instant: page.instant,
      };
  }
}

// 265 mm of a landscape sheet.
const COLUMNS: [number, Key][] = [
  [10, 'print.no'],
  [26, 'print.itemNo'],
  [50, 'term.title'],
  [30, 'print.place'],
  [34, 'term.lead'],
  [19, 'term.state'],
  [28, 'print.listedShort'],
  [28, 'print.dueShort'],
  [12, 'print.late'],
  [28, 'print.closedShort'],
];

export interface Heading {
  /** The unit whose list it is: that filtered by, or the root. */
  unit: { code: string; name: string };
  filters: [string, string][];
}

export function listDoc(listed: Listed, heading: Heading, search: string, say: Say): Doc {
  const { t } = say;
  const day = dayOf(listed.instant);
  const columns: Column[] = COLUMNS.map(([width]) => ({ width, look: 'text' }));
  const whole: Column[] = [{ width: 265, look: 'text' }];
  const note = (text: string): Section => ({
    columns: whole,
    plain: true,
    rows: [{ cells: [text] }],
  });
  return {
    title: t('print.listTitle', { unit: heading.unit.name }),
    number: `${heading.unit.code}-${day.replace(/-/g, '')}-${listed.positions.last}`,
    day,
    orientation: 'landscape',
    address: `/items${search}`,
    positions: listed.positions,
    instant: listed.instant,
    sections: [
      note(filterText(heading, say)),
      {
        columns,
        head: COLUMNS.map(([, word]) => t(word)),
        rows: listed.rows.map((row, index) => listRow(row, index, day, say)),
      },
      note(sumText(listed, say)),
    ],
  };
}

function listRow(row: ItemRow, index: number, today: string, say: Say): Row {
  const day = (value: string | null) => (value ? shortDay(value, say.language) : '—');
  const late = row.overdue && row.due ? String(daysBetween(row.due, today)) : '';
  const closed = row.closed
    ? shortDay(row.closed, say.language)
    : row.reopened > 0
      ? say.t('print.reopenedTimes', { count: row.reopened })
      : '—';
  return {
    cells: [
      String(index + 1),
      row.item,
      row.title ?? '—',
      row.unit.name,
      row.lead?.name ?? '—',
      say.pick(row.state_title),
      day(row.opened),
      day(row.due),
      late,
      closed,
    ],
    whole: true,
  };
}

function filterText(heading: Heading, say: Say): string {
  const filters = heading.filters.map(([name, value]) =>
    say.t('print.filter', { name: filterName(name, say), value }),
  );
  const between = say.language === 'en' ? '; ' : '；';
  return filters.length === 0
    ? say.t('print.filtersNone')
    : say.t('print.filters', { filters: filters.join(between) });
}

const FILTER_WORDS: Record<string, Key> = {
  closed_from: 'print.filter_closed_from',
  closed_to: 'print.filter_closed_to',
  due_from: 'print.filter_due_from',
  due_to: 'print.filter_due_to',
  fixed: 'term.closedFixed',
  kind: 'term.kind',
  lead: 'term.lead',
  open: 'term.open',
  opened_from: 'print.filter_opened_from',
  opened_to: 'print.filter_opened_to',
  order: 'print.filter_order',
  overdue: 'term.overdue',
  phase: 'term.phase',
  reopened: 'term.reopened',
  sort: 'print.filter_sort',
  state: 'term.state',
  unit: 'print.filter_unit',
  words: 'print.filter_words',
};

function filterName(name: string, say: Say): string {
  const word = FILTER_WORDS[name];
  return word ? say.t(word) : name;
}

function sumText(listed: Listed, say: Say): string {
  const { t } = say;
  const shown = count(listed.rows.length);
  const parts: string[] = [];
  if (listed.more)
    parts.push(t('print.listCut', { shown, total: listed.total ? count(listed.total) : '?' }));
  else parts.push(t('print.listAll', { shown }));
  if (listed.totals)
    parts.push(
      t('print.listTotals', {
        open: count(listed.totals.open),
        overdue: count(listed.totals.overdue),
        closed: count(listed.totals.closed),
        fixed: count(listed.totals.closed_fixed),
        reopened: count(listed.totals.reopened),
        dropped: count(listed.totals.dropped),
      }),
    );
  return parts.join(say.language === 'en' ? ' ' : '');
}
