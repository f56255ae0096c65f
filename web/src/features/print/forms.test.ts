// What forms say of an item, what a public notice never says, and when there is no form at all.
import { describe, expect, it } from 'vitest';
import type { Flow, History, HistoryRecord, Item } from '../../api/shapes';
import { fill } from '../../lib/words';
import { closeout } from './closeout';
import { noticeOf, roundOf, stepsOf } from './history';
import { itemSheet } from './itemSheet';
import { noticeTold, publicNotice } from './notice';
import type { Doc } from './paper';
import { lateText, supervision, supervisionRefused } from './supervision';
import type { Say, Told } from './told';

const say: Say = {
  t: (key, facts) => fill(facts ? `${key} ${Object.values(facts).join(' ')}` : key),
  pick: (title) => title.en,
  language: 'en',
};
const unit = (name: string) => ({ code: name, name });
const title = (en: string) => ({ 'zh-CN': en, en });

const flow = {
  kind: 'problem',
  title: title('Problem'),
  totals: 'public',
  categories: [],
  sources: [{ source: 'resident', title: title('Report of a resident') }],
  states: [
    { state: 'in_progress', phase: 'working', title: title('In progress') },
    { state: 'closure_requested', phase: 'checking', title: title('Close-out requested') },
    { state: 'reviewed', phase: 'checking', title: title('Review passed') },
  ],
  transitions: [
    { transition: 'ask', title: title('Ask'), to: 'closure_requested', act: 'move' },
    { transition: 'review', title: title('Review'), to: 'reviewed', act: 'review' },
  ],
  outcomes: [{ outcome: 'fixed', title: title('Fixed'), fixed: true }],
} as unknown as Flow;

const SECRET = 'Zhang San of house 5 says';
const item = {
  item: '7K3M-Q9XD-4',
  kind: 'problem',
  phase: 'notice',
  state: { id: 'publicised', title: title('On public notice') },
  title: `${SECRET} title`,
  description: `${SECRET} description`,
  unit: unit('village'),
  path: [unit('nation'), unit('county'), unit('village')],
  source: 'resident',
  upstream_no: null,
  fix_class: 'by_date',
  opened: '2019-07-01T09:00:00.000+08:00',
  recorder: { unit: unit('township'), role: 'recorder' },
  lead: unit('bureau'),
  lead_official: SECRET,
  responsible_person: SECRET,
  remark: SECRET,
  source_doc: null,
  category: null,
  nature: null,
  severity: null,
  responsible: [],
  supporting: [],
  supervising: null,
  accepting: null,
  due: '2019-08-31',
  original_due: '2019-08-20',
  overdue: false,
  measures: [
    {
      measure: 1,
      owner: unit('bureau'),
      due: '2019-08-01',
      done: true,
      ended: false,
      text: `${SECRET} measure`,
    },
  ],
  criterion: {
    text: `${SECRET} criterion`,
    quantities: [{ id: 'lamps', unit: 'lamp', value: 12, qualifier: 'exact' }],
  },
  measured: [{ id: 'lamps', unit: 'lamp', value: 7, qualifier: 'over' }],
  parts: [
    {
      part: 1,
      unit: unit('power'),
      text: `${SECRET} old part`,
      due: '2019-08-02',
      called: false,
      done: false,
      ended: true,
    },
    {
      part: 2,
      unit: unit('water'),
      text: `${SECRET} part`,
      due: '2019-08-03',
      called: true,
      done: true,
      ended: false,
    },
  ],
  implementing: [],
  more_sources: [{ source: 'resident', upstream_no: 'HB-7', source_doc: null }],
  evidence: [{ sha256: 'ab'.repeat(32), name: `${SECRET} evidence`, taken: null, record: 9 }],
  closures: [],
  judgement: null,
  lot: null,
  returned: 1,
  reopened: 0,
  position: 858,
  instant: '2019-08-12T09:00:00.000+08:00',
} as unknown as Item;

let seq = 0;
const record = (
  command: string,
  type: string,
  payload: Record<string, unknown> = {},
  texts: Record<string, string | null> = {},
) =>
  ({
    seq: (seq += 1),
    at: '2019-08-05T10:20:00.000+08:00',
    type,
    by: { unit: unit('province'), role: 'verifier' },
    command,
    payload,
    texts,
  }) as unknown as HistoryRecord;
const moved = (command: string, transition: string, texts = {}) =>
  record(command, 'transition_taken', { transition }, texts);

const records = [
  record('a', 'item_opened', {}, { title: SECRET }),
  moved('b', 'ask', { text: 'first' }),
  record('c', 'verification_given', { stage: 'preliminary', passed: true, checkers: [] }),
  moved('c', 'review', { text: 'fine' }),
  record('d', 'verification_given', { stage: 'return', passed: false, checkers: [] }),
  moved('d', 'return', { reason: null }),
  moved('e', 'ask', { text: 'second' }),
  record('f', 'verification_given', { stage: 'on_site', passed: true, checkers: [13, 14] }),
  moved('f', 'check', { text: `${SECRET} check` }),
  record('g', 'notice_posted', { first: '2019-08-10', last: '2019-08-16' }),
  moved('g', 'publicise'),
];
const history = { records } as unknown as History;
const told: Told = { item, history, flow, today: '2019-08-12' };

const textOf = (doc: Doc) => JSON.stringify(doc);

describe('the history', () => {
  it('is one step a command, with the words that came with it', () => {
    const steps = stepsOf(history);
    expect(steps.map((step) => step.transition)).toEqual([
      null,
      'ask',
      'review',
      'return',
      'ask',
      'check',
      'publicise',
    ]);
    expect(steps[3]?.texts).toEqual([null]);
  });
  it('counts for the running round only what came after the return', () => {
    const round = roundOf(stepsOf(history), flow);
    expect(round.asked?.texts).toEqual(['second']);
    expect(round.reviewed).toBeUndefined();
    expect(round.checked).toBeDefined();
    expect(noticeOf(round)).toMatchObject({ first: '2019-08-10', last: '2019-08-16' });
  });
});

describe('the public notice', () => {
  it('has no text of the case, no source and nobody who recorded it', () => {
    const notice = noticeTold(told);
    if (typeof notice === 'string') throw new Error(notice);
    const doc = publicNotice(told, notice, say);
    const text = textOf(doc);
    expect(text).not.toContain('Zhang San');
    expect(text).not.toContain('Report of a resident');
    expect(text).not.toContain('township');
    expect(text).toContain('lamps term.over 7 form.unit_lamp');
    expect(doc.address).toBe('/units/village');
  });
  it('is not there before one was recorded, nor after the item went back', () => {
    const before = { ...history, records: records.slice(0, 9) };
    expect(noticeTold({ ...told, history: before })).toBe('print.refusedNoNotice');
    const back = record('h', 'verification_given', { stage: 'return', checkers: [] });
    const after = { ...history, records: [...records, back] };
    expect(noticeTold({ ...told, history: after })).toBe('print.refusedNoNotice');
  });
  it('is never there for a kind about persons', () => {
    const closed = { ...flow, totals: 'scope' } as Flow;
    expect(noticeTold({ ...told, flow: closed })).toBe('print.refusedNotPublic');
  });
});

describe('the supervision notice', () => {
  it('is for open items with a lead unit', () => {
    expect(supervisionRefused(told)).toBeNull();
    expect(supervisionRefused({ ...told, item: { ...item, lead: null } })).toBe(
      'print.refusedNoLead',
    );
    const closed = { ...item, phase: 'closed' } as Item;
    expect(supervisionRefused({ ...told, item: closed })).toBe('print.refusedNotOpen');
  });
  it('counts days by the ledger, and tells the unit not who brought the matter up', () => {
    expect(lateText(told, say)).toBe('term.daysLeft 19');
    const late = { ...item, overdue: true } as Item;
    expect(lateText({ ...told, item: late, today: '2019-09-20' }, say)).toBe('term.daysLate 20');
    expect(textOf(supervision(told, say))).not.toContain('Report of a resident');
  });
});

describe('the close-out form and the item sheet', () => {
  it('put what was promised beside what was found', () => {
    const text = textOf(closeout(told, say));
    expect(text).toContain('print.promised 12');
    expect(text).toContain('print.found term.over 7');
    expect(text).toContain('print.checkers 3');
  });
  it('say what each supporting unit does, by when, and whether it is done', () => {
    const sheet = itemSheet(told, say).sections.find(({ heading }) => heading === 'form.parts');
    expect(sheet?.rows.map(({ cells }) => cells)).toEqual([
      ['1', `${SECRET} old partprint.partEnded`, 'power', '2 August 2019', 'term.no'],
      ['2', `${SECRET} partprint.partCalled`, 'water', '3 August 2019', 'term.yes'],
    ]);
    const form = closeout(told, say).sections.find(({ heading }) => heading === 'form.parts');
    expect(form?.rows.map(({ cells }) => cells[2])).toEqual(['water']);
  });
  it('name every source with its own number', () => {
    for (const doc of [closeout(told, say), itemSheet(told, say)]) {
      const more = doc.sections.find(({ heading }) => heading === 'item.moreSources');
      expect(more?.rows.map(({ cells }) => cells)).toEqual([
        ['1', 'Report of a resident', 'HB-7', '—'],
      ]);
    }
  });
  it('say what the list of an inspection says, and what it rolls up to', () => {
    const found = {
      ...told,
      item: {
        ...item,
        batch: '2019_2',
        feedback: '2019-07-01',
        implementing: [{ code: 'W', name: 'water' }],
        to_accept: { code: 'V', name: 'province' },
        target: 'clean again',
        key_measures: 'a new pipe',
        special: {
          special: 'p/s',
          programme: 'p',
          requirement: 's',
          title: { 'zh-CN': 'S', en: 'Special' },
        },
      } as Item,
    };
    for (const doc of [closeout(found, say), itemSheet(found, say)])
      for (const line of [
        ['form.batch', '2019_2'],
        ['form.feedback', '1 July 2019'],
        ['form.implementing', 'water'],
        ['form.toAccept', 'province'],
        ['form.target', 'clean again'],
        ['form.keyMeasures', 'a new pipe'],
        ['form.special', 'Special'],
      ])
        expect(doc.sections.flatMap(({ rows }) => rows.map(({ cells }) => cells))).toContainEqual(
          line,
        );
    const notice = noticeTold(found);
    if (typeof notice === 'string') throw new Error(notice);
    expect(textOf(publicNotice(found, notice, say))).not.toContain('clean again');
  });
  it('say of a judgement that it was asked at the limit, while it was not closed', () => {
    const judged = (closure: number) =>
      textOf(
        itemSheet(
          {
            ...told,
            item: {
              ...item,
              judgement: {
                solved: 'no',
                satisfied: 'no',
                closure,
                origin: 'real',
                way: 'phone',
                why: null,
                by: null,
                tries: 0,
              },
            } as Item,
          },
          say,
        ),
      );
    expect(judged(0)).toContain('print.judgementAtLimit');
    expect(judged(1)).not.toContain('print.judgementAtLimit');
  });
  it('show the first deadline, and a destroyed text as destroyed', () => {
    const text = textOf(itemSheet(told, say));
    expect(text).toContain('print.dueMoved');
    expect(text).toContain('print.destroyed');
  });
  it('fill the width of a sheet', () => {
    for (const doc of [closeout(told, say), itemSheet(told, say), supervision(told, say)])
      for (const section of doc.sections)
        expect(section.columns.reduce((sum, column) => sum + column.width, 0)).toBe(174);
  });
});
