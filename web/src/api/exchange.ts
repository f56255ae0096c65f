// Spreadsheets: what is seen, the table to fill in, and taking one back.
import { ask, askBlob } from './client';

export interface ImportAnswer {
  rows: number;
  taken: number;
  import: number | null;
  faults: { row: number; column: string | null; code: string; detail: string }[];
  faults_total: number;
}

const query = (unit: string, kind: string, more = '') =>
  `?unit=${encodeURIComponent(unit)}&kind=${encodeURIComponent(kind)}${more}`;

export const getExport = (format: 'xlsx' | 'csv', search: URLSearchParams) =>
  askBlob(`/api/v1/exports/items.${format}?${search.toString()}`);
export const getTemplate = (unit: string) =>
  askBlob(`/api/v1/templates/items.xlsx?unit=${encodeURIComponent(unit)}`);
/** Checks and, unless `dryRun`, takes all rows or none. Rejects with `import_faulty`. */
export const sendImport = (file: Blob, unit: string, kind: string, dryRun: boolean) =>
  ask<ImportAnswer>(`/api/v1/imports${query(unit, kind, dryRun ? '&dry_run=yes' : '')}`, {
    method: 'POST',
    file,
  });
/** The same sheet with every faulty cell marked. */
export const getMarked = (file: Blob, unit: string, kind: string) =>
  askBlob(`/api/v1/imports/marked${query(unit, kind)}`, { method: 'POST', file });
