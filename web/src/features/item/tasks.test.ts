// Which fields a form asks for, which of them must be given, and what stands in them already.
import { describe, expect, it } from 'vitest';
import { FLOW, ITEM } from './fixture';
import { sentBody, taskNamed } from './tasks';
import type { Item } from '../../api/shapes';

const TODAY = '2019-09-01';
const task = (id: string, item: Item = ITEM) => taskNamed(id, item, FLOW, { today: TODAY });
const names = (id: string, item: Item = ITEM) =>
  task(id, item)
    ?.fields.map((field) => field.name + (field.required ? '*' : ''))
    .join(' ');

describe('a form asks', () => {
  it('for what the flow and its guards need first, and for one text only', () => {
    expect(names('assign')).toBe('lead* due* responsible supporting supervising accepting reason');
    expect(names('plan')).toBe('measures* criterion* quantities text');
    expect(names('report')).toBe('text* measure done evidence');
    expect(names('request_closure')).toBe('evidence* text');
    expect(names('check')).toBe('checkers* text* measured evidence');
    expect(names('suspend')).toBe('reason* evidence');
  });
  it('for nothing that is known already', () => {
    const planned: Item = {
      ...ITEM,
      criterion: {
        origin: 'real',
        text: 'c',
        quantities: [{ id: 'spaces', unit: 'n', value: 36 }],
      },
      measures: [
        {
          measure: 1,
          owner: ITEM.unit,
          due: TODAY,
          done: true,
          ended: false,
          origin: 'real',
          text: 'a',
        },
        {
          measure: 2,
          owner: ITEM.unit,
          due: TODAY,
          done: false,
          ended: false,
          origin: 'real',
          text: 'b',
        },
      ],
    };
    expect(names('plan', planned)).toBe('measures criterion quantities text');
    expect(names('check', planned)).toBe('checkers* measured* text* evidence');
    expect(task('report', planned)?.start.measure).toBe('2');
    expect(task('check', planned)?.start.measured).toEqual([
      { id: 'spaces', unit: 'n', value: '', qualifier: 'exact', baseline: '' },
    ]);
    expect(task('reassign')?.start.lead).toEqual(ITEM.lead);
  });
  it('for the reason of a missed deadline, and for a criterion only where none stands', () => {
    const flow = {
      ...FLOW,
      transitions: FLOW.transitions.map((each) =>
        each.transition === 'extend'
          ? { ...each, inputs: [...each.inputs, 'undone_reason'] }
          : each.transition === 'suspend'
            ? { ...each, act: 'revise', inputs: ['criterion', 'quantities', 'reason'] }
            : each,
      ),
    };
    const asked = (id: string, item: Item) =>
      taskNamed(id, item, flow, { today: TODAY })?.fields.map((field) => field.name);
    expect(asked('extend', ITEM)).not.toContain('undone_reason');
    expect(asked('extend', { ...ITEM, due: '2019-08-01' })).toContain('undone_reason');
    expect(asked('plan', ITEM)).toContain('criterion');
    const set: Item = { ...ITEM, criterion: { origin: 'real', text: 'c', quantities: [] } };
    expect(asked('plan', set)).not.toContain('criterion');
    expect(asked('suspend', set)).toEqual(['criterion', 'reason', 'quantities']);
  });
  it('for days that can still be met', () => {
    const day = (id: string, name: string) =>
      task(id)?.fields.find((field) => field.name === name)?.earliest;
    expect(day('assign', 'due')).toBe(TODAY);
    expect(day('extend', 'due')).toBe('2019-09-11');
    const title = { 'zh-CN': '公示', en: 'Publicise' };
    const offer = { transition: 'publicise', title, act: 'publicise', required: [], refusal: null };
    const offered: Item = { ...ITEM, offers: [{ ...offer, notice_last_min: '2019-09-09' }] };
    const publicise = task('publicise', offered);
    expect(publicise?.fields.find(({ name }) => name === 'notice_last')?.earliest).toBe(
      '2019-09-09',
    );
    expect(publicise?.start.notice_last).toBe('2019-09-09');
  });
});

describe('what the list of an inspection says', () => {
  const finding: Item = {
    ...ITEM,
    lead: null,
    implementing: [
      { code: 'A', name: 'A' },
      { code: 'B', name: 'B' },
    ],
    to_accept: { code: 'C', name: 'C' },
    target: 'clean water',
  };
  it('stands in the forms that bind it', () => {
    expect(task('assign', finding)?.start).toMatchObject({
      lead: finding.implementing[0],
      responsible: [finding.implementing[1]],
      accepting: finding.to_accept,
      due: '2019-09-10',
    });
    expect(task('plan', finding)?.start).toMatchObject({ criterion: 'clean water' });
    expect(task('assign', { ...finding, lead: ITEM.lead })?.start).toMatchObject({
      lead: ITEM.lead,
    });
  });
  it('may be corrected, and the special item taken away', () => {
    const special = { value: 'education/c1', label: { 'zh-CN': '甲', en: 'A' } };
    const correct = taskNamed('correct-special', finding, FLOW, {
      today: TODAY,
      specials: [special],
    });
    expect(correct?.fields[0]).toMatchObject({
      name: 'value',
      options: [special],
      required: false,
    });
    expect(correct?.sent).toEqual({ field: 'special', value: '' });
    expect(task('correct-target', finding)?.start).toEqual({ value: 'clean water' });
  });
  it('is corrected as one text, and taken away only where it is not asked for', () => {
    const bodies = task('correct-implementing', finding);
    expect(bodies?.fields[0]).toMatchObject({ name: 'value', widget: 'units', required: false });
    expect(bodies?.start).toEqual({ value: finding.implementing });
    if (bodies)
      expect(sentBody(bodies, { value: ['A', 'C'], reason: 'mistyped' })).toEqual({
        field: 'implementing',
        value: 'A,C',
        reason: 'mistyped',
      });
    expect(task('correct-feedback', finding)?.sent).toEqual({ field: 'feedback', value: '' });
    const flow = { ...FLOW, findings: { sources: [ITEM.source], required: ['accepting'] } };
    const accept = taskNamed('correct-to_accept', finding, flow, { today: TODAY });
    expect(accept?.fields[0]).toMatchObject({ widget: 'unit', required: true });
    expect(accept?.sent).toEqual({ field: 'to_accept' });
  });
});

describe('an address', () => {
  it('names corrections and redactions too', () => {
    expect(task('correct-title')).toMatchObject({
      change: 'correct',
      sent: { field: 'title' },
      start: { value: 'No parking' },
    });
    expect(task('redact-812-1')).toMatchObject({ sent: { record: 812, part: 1 } });
    expect(task('redact-812-file')).toMatchObject({ sent: { record: 812, file: true } });
    const erasing = task('erase');
    expect(erasing).toMatchObject({ change: 'redact', sent: { all: true }, dangerous: true });
    expect(erasing?.fields.map(({ name, required }) => [name, required])).toEqual([
      ['reason', true],
    ]);
  });
  it('that names nothing opens nothing', () => {
    for (const id of ['elsewhere', 'correct-lead', 'redact-1', 'redact--1-0'])
      expect(task(id)).toBeNull();
  });
});
