// The columns of the list: which there are, which are shown, and by which the server can sort.
import type { Key } from '../../locales';

export type Sort = 'changed' | 'closed' | 'due' | 'lead' | 'opened' | 'unit';

interface ColumnKind {
  word: Key;
  width: number; // px; the title takes what is left
  sort?: Sort;
  /** The direction of the first click: what people look for first stands on top. */
  firstDown?: boolean;
  /** Its name in a download where that is another; null where downloads do not have it. */
  exported?: string | null;
}

export const COLUMNS = {
  item: { word: 'ledger.item', width: 124 },
  title: { word: 'term.title', width: 260 },
  unit: { word: 'term.unit', width: 170, sort: 'unit', exported: 'place' },
  lead: { word: 'term.lead', width: 170, sort: 'lead' },
  kind: { word: 'term.kind', width: 90 },
  state: { word: 'term.state', width: 120 },
  source: { word: 'ledger.source', width: 130 },
  opened: { word: 'ledger.openedOn', width: 110, sort: 'opened', firstDown: true },
  due: { word: 'ledger.due', width: 190, sort: 'due' },
  closed: { word: 'ledger.closedOn', width: 110, sort: 'closed', firstDown: true },
  fixed: { word: 'ledger.fixed', width: 90 },
  reopened: { word: 'term.reopened', width: 90 },
  changed: { word: 'ledger.changed', width: 170, sort: 'changed', firstDown: true, exported: null },
} as const satisfies Record<string, ColumnKind>;

export type Column = keyof typeof COLUMNS;
export const ALL_COLUMNS = Object.keys(COLUMNS) as Column[];
export const USUAL_COLUMNS: Column[] = ['item', 'title', 'unit', 'lead', 'state', 'opened', 'due'];

export function columnKind(column: Column): ColumnKind {
  return COLUMNS[column];
}

/** "item,title" of an address; unknown and repeated names are left out, the title never is. */
export function readColumns(text: string | null): Column[] {
  if (text === null) return USUAL_COLUMNS;
  const named = text.split(',');
  const columns = [...new Set(named)].filter((name): name is Column => name in COLUMNS);
  if (columns.length === 0) return USUAL_COLUMNS;
  return columns.includes('title') ? columns : ['title', ...columns];
}

/** What to write into the address; undefined where it is what it usually is. */
export function writeColumns(columns: Column[]): string | undefined {
  const text = columns.join(',');
  return text === USUAL_COLUMNS.join(',') ? undefined : text;
}

/** The same columns as a download names them. */
export function exportColumns(columns: Column[]): string {
  return columns
    .flatMap((column) => {
      const { exported = column } = columnKind(column);
      return exported ?? [];
    })
    .join(',');
}

/** With the column shown or not, in the order of all columns. The title stays. */
export function withColumn(columns: Column[], column: Column, shown: boolean): Column[] {
  if (column === 'title') return columns;
  if (!shown) return columns.filter((each) => each !== column);
  if (columns.includes(column)) return columns;
  // Among the others the new one stands where it stands among all.
  const place = ALL_COLUMNS.indexOf(column);
  const at = columns.findIndex((each) => ALL_COLUMNS.indexOf(each) > place);
  return at < 0 ? [...columns, column] : [...columns.slice(0, at), column, ...columns.slice(at)];
}

/** The tracks of a row; the title grows. */
export function tracksOf(columns: Column[]): string {
  return columns
    .map((column) => {
      const { width } = columnKind(column);
      return column === 'title' ? `minmax(${width}px, 1fr)` : `${width}px`;
    })
    .join(' ');
}

export function widthOf(columns: Column[]): number {
  return columns.reduce((sum, column) => sum + columnKind(column).width, 0);
}
