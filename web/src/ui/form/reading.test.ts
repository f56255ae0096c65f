// Reading forms: what is sent, and what is said to be wrong.
import { describe, expect, it } from 'vitest';
import { Problem } from '../../api/client';
import { draftKey } from '../../lib/drafts';
import { fieldId, fieldNamed, type Field } from './fields';
import { afterReload, fileFault, fileKind, fileSize } from './files';
import { fieldOf } from './problems';
import { readForm, type FileValue } from './reading';

const must = (name: string, changes: Partial<Field> = {}) =>
  fieldNamed(name, { required: true, ...changes });
const unit = { code: '2202', name: '吉林市' };
const file: FileValue = {
  id: 'a',
  file: 'a.pdf',
  bytes: 10,
  mediaType: 'application/pdf',
  sha256: 'ab',
  percent: 100,
  fault: null,
  name: ' receipt ',
  taker: '',
  place: unit,
  taken: '',
};

describe('a form', () => {
  it('sends yuan as fen', () => {
    const amount = (text: string) => readForm([must('amount')], { amount: text });
    expect(amount('20,000').body).toEqual({ amount: 2_000_000 });
    expect(amount('0.5').body).toEqual({ amount: 50 });
    expect(amount('12.345').faults[0]?.word).toBe('form.faultYuan');
  });
  it('sends what was given, and leaves out what was not', () => {
    const read = readForm(
      [must('lead'), must('due'), fieldNamed('responsible'), fieldNamed('reason')],
      { lead: unit, due: '2019-09-10', responsible: [unit], reason: '  ' },
    );
    expect(read).toEqual({
      body: { lead: '2202', due: '2019-09-10', responsible: ['2202'] },
      faults: [],
    });
  });
  it('sends the place of a share where one was given', () => {
    const { body, faults } = readForm([must('shares')], {
      shares: [
        { unit, text: 'A', due: '2019-09-10', place: { code: '220204', name: '船营区' } },
        { unit: { code: '2203', name: 'B' }, text: 'B', due: '2019-09-10', place: '' },
        { unit: { code: '2204', name: 'C' }, text: 'C', due: '2019-09-10', place: 'typed' },
      ],
    });
    expect(body.shares).toEqual([
      { lead: '2202', title: 'A', due: '2019-09-10', unit: '220204' },
      { lead: '2203', title: 'B', due: '2019-09-10' },
      { lead: '2204', title: 'C', due: '2019-09-10' },
    ]);
    expect(faults.map((fault) => fault.field)).toEqual(['shares[2].unit']);
  });
  it('says what is missing, in the order of its fields', () => {
    const { faults } = readForm([must('text'), must('lead'), must('due')], { lead: '吉林' });
    expect(faults.map((fault) => `${fault.field} ${fault.word}`)).toEqual([
      'text form.faultRequired',
      'lead form.faultUnit',
      'due form.faultRequired',
    ]);
  });
  it('reads rows, and passes over empty ones', () => {
    const measures = [
      { text: 'clear', owner: null, due: '2019-09-10' },
      { text: '', owner: null, due: '' },
      { text: 'mark', owner: unit, due: '' },
    ];
    const read = readForm([must('measures')], { measures });
    expect(read.body.measures).toEqual([
      { text: 'clear', due: '2019-09-10' },
      { text: 'mark', due: '', owner: '2202' },
    ]);
    expect(read.faults.map((fault) => fault.field)).toEqual(['measures[2].due']);
  });
  it('reads quantities as whole numbers, and wants each of the criterion measured', () => {
    const rows = [{ id: 'spaces', unit: 'n', value: '36', qualifier: 'over', baseline: '' }];
    expect(readForm([must('quantities')], { quantities: rows }).body.quantities).toEqual([
      { id: 'spaces', unit: 'n', value: 36, qualifier: 'over' },
    ]);
    const words = rows.map((row) => ({ ...row, id: '停车位', baseline: '4' }));
    const read = readForm([must('quantities')], { quantities: words });
    expect(read.faults.map((fault) => fault.field)).toEqual(['quantities[0].id']);
    expect(read.body.quantities).toMatchObject([{ baseline: 4 }]);
    const empty = rows.map((row) => ({ ...row, value: '' }));
    expect(readForm([must('measured')], { measured: empty }).faults[0]?.field).toBe(
      'measured[0].value',
    );
    const half = rows.map((row) => ({ ...row, value: '3.5' }));
    expect(readForm([must('measured')], { measured: half }).faults).toHaveLength(1);
  });
  it('keeps days within what can still be met', () => {
    const due = [must('due', { earliest: '2019-09-01' })];
    expect(readForm(due, { due: '2019-08-31' }).faults[0]?.word).toBe('form.faultEarly');
    expect(readForm(due, { due: '2019-09-01' }).faults).toEqual([]);
  });
  it('names files by their hash, and waits for those under way', () => {
    expect(readForm([must('evidence')], { evidence: [file] }).body.evidence).toEqual([
      { sha256: 'ab', name: 'receipt', place: '2202' },
    ]);
    const sending = { ...file, sha256: null };
    expect(readForm([must('evidence')], { evidence: [sending] }).faults[0]?.word).toBe(
      'form.faultUploading',
    );
    expect(afterReload([sending], 'broken')[0]?.fault).toBe('broken');
  });
  it('counts letters as people do', () => {
    const title = [must('title')];
    expect(readForm(title, { title: '😀'.repeat(200) }).faults).toEqual([]);
    expect(readForm(title, { title: '字'.repeat(203) }).faults[0]?.facts).toEqual({
      max: 200,
      over: 3,
    });
  });
  it('asks for a field it does not know as for a line of text', () => {
    const field = must('something_new');
    expect(field).toMatchObject({ widget: 'line', label: null });
    expect(readForm([field], { something_new: 'x' }).body).toEqual({ something_new: 'x' });
  });
  it('takes a draft of another program for nothing where it does not fit', () => {
    const values = { measures: 'x', evidence: 3, lead: { no: 1 }, text: 7, checkers: [null] };
    const fields = ['measures', 'evidence', 'lead', 'text', 'checkers'].map((name) => must(name));
    expect(readForm(fields, values).faults).toHaveLength(5);
  });
});

describe('a refusal', () => {
  const problem = (code: string, facts = {}) => new Problem(422, code, '', { facts });
  it('is put at the field it is about', () => {
    const fields = [must('due'), must('measures')];
    expect(fieldOf(problem('field_required', { field: 'measures[1].due' }), fields)).toBe(
      'measures[1].due',
    );
    expect(fieldOf(problem('due_in_past'), [must('measures')])).toBe('measures');
    expect(fieldOf(problem('not_permitted'), fields)).toBeNull();
    expect(fieldOf(problem('text_too_long', { field: 'title' }), [must('value')])).toBe('value');
  });
});

describe('names', () => {
  it('of drafts are of one account, item and action', () => {
    expect(draftKey('ys', 'item.7K3M-Q9XD-4.plan')).toBe('tz.draft.ys.item.7K3M-Q9XD-4.plan');
  });
  it('of fields in the page have no letters that an address lacks', () => {
    expect(fieldId('measures[0].due')).toBe('f-measures-0-due');
  });
});

describe('files', () => {
  it('are looked at before they are sent', () => {
    expect(fileFault('a.PDF', 10)).toBeNull();
    expect(fileFault('a.exe', 10)).toBe('form.fileType');
    expect(fileFault('a.png', 21 * 1024 * 1024)).toBe('form.fileBig');
    expect(fileFault('a.png', 0)).toBe('form.fileEmpty');
  });
  it('are described shortly', () => {
    expect(fileSize(1_400_000)).toBe('1.4 MB');
    expect(fileKind('image/jpeg')).toBe('JPEG');
    expect(fileKind('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')).toBe(
      'XLSX',
    );
  });
});
