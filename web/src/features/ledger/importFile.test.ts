// What a filled-in table may be, and what is wrong with it.
import { describe, expect, it } from 'vitest';
import { Problem } from '../../api/client';
import { faultsOf, faultyRows, fileFault, FILE_BYTES_MAX, markedName } from './importFile';

describe('a table to import', () => {
  it('is .xlsx or .csv, neither empty nor too big', () => {
    expect(fileFault({ name: '台账.XLSX', size: 9000 })).toBeNull();
    expect(fileFault({ name: 'a.csv', size: FILE_BYTES_MAX })).toBeNull();
    expect(fileFault({ name: 'a.xls', size: 9000 })).toBe('ending');
    expect(fileFault({ name: 'a.csv', size: 0 })).toBe('empty');
    expect(fileFault({ name: 'a.csv', size: FILE_BYTES_MAX + 1 })).toBe('size');
  });
  it('comes back under a name that says so', () => {
    expect(markedName('七月.csv', '有误')).toBe('七月-有误.xlsx');
  });
});

describe('the faults of a table', () => {
  const fault = (row: number) => ({ row, column: '标题', code: 'field_required', detail: '' });
  it('are those the refusal lists', () => {
    const faults = faultsOf(
      new Problem(422, 'import_faulty', '', {
        faults: [fault(3), fault(3), fault(9)],
        faults_total: 57,
      }),
    );
    expect(faults?.total).toBe(57);
    expect(faults && faultyRows(faults)).toBe(2);
  });
  it('are none of another refusal or failure', () => {
    expect(faultsOf(new Problem(413, 'body_too_big', ''))).toBeNull();
    expect(faultsOf(new Error('x'))).toBeNull();
    expect(faultsOf(null)).toBeNull();
  });
});
