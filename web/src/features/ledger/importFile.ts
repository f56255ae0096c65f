// What a filled-in table may be, and what an answer about it says.
import { Problem, type ImportFault } from '../../api/client';

export const FILE_BYTES_MAX = 20 * 1024 * 1024;

/** Why a file cannot be a filled-in table, or null; the server looks into it. */
export function fileFault(file: {
  name: string;
  size: number;
}): 'ending' | 'empty' | 'size' | null {
  if (!/\.(xlsx|csv)$/i.test(file.name)) return 'ending';
  if (file.size === 0) return 'empty';
  return file.size > FILE_BYTES_MAX ? 'size' : null;
}

export interface Faults {
  rows: ImportFault[];
  total: number;
}

/** The faults an answer lists, or null where it failed for another reason. */
export function faultsOf(error: Error | null): Faults | null {
  if (!(error instanceof Problem) || error.code !== 'import_faulty') return null;
  const rows = error.body.faults ?? [];
  return { rows, total: error.body.faults_total ?? rows.length };
}

/** How many rows have at least one fault, of those that are listed. */
export function faultyRows(faults: Faults): number {
  return new Set(faults.rows.map((fault) => fault.row)).size;
}

/** The name of the marked sheet of a file. */
export function markedName(name: string, mark: string): string {
  return `${name.replace(/\.(xlsx|csv)$/i, '')}-${mark}.xlsx`;
}
