// Who may be written for, and what is asked.
import { describe, expect, it } from 'vitest';
import type { Flow } from '../../api/shapes';
import { readForm } from '../../ui/form/reading';
import { requestFields, takesReports } from './asking';

const title = { 'zh-CN': '', en: '' };
const flow = {
  kind: 'request',
  sources: ['online', 'telephone', 'visit'].map((source) => ({ source, title })),
  categories: [{ category: 'traffic' }],
  transitions: [{ guards: [{ guard: 'reporter_judges', number: 0 }] }],
} as unknown as Flow;

describe('a kind that people send in', () => {
  it('is known by what its steps ask of a reporter', () => {
    expect(takesReports(flow)).toBe(true);
    expect(takesReports({ ...flow, transitions: [] })).toBe(false);
  });
});

describe('what is asked', () => {
  const names = (manner: 'anonymous' | 'receiver_only' | 'named') =>
    requestFields(flow, manner).map((field) => field.name);
  it('is who he is only where he wants that known', () => {
    expect(names('anonymous')).toEqual(['unit', 'source', 'category', 'text']);
    expect(names('named')).toEqual(['unit', 'source', 'category', 'text', 'name', 'contact']);
    expect(names('receiver_only').slice(-1)).toEqual(['words']);
  });
  it('is how it came, but never that he wrote it himself', () => {
    const source = requestFields(flow, 'anonymous').find(({ name }) => name === 'source');
    expect(source?.options?.map(({ value }) => value)).toEqual(['telephone', 'visit']);
  });
  it('is not sent where it is asked no more', () => {
    const values = {
      unit: { code: '22', name: '' },
      source: 'visit',
      text: '路灯不亮',
      name: '王某',
      contact: '电话',
    };
    const read = readForm(requestFields(flow, 'anonymous'), values);
    expect(read).toEqual({
      body: { unit: '22', source: 'visit', text: '路灯不亮' },
      faults: [],
    });
    const named = readForm(requestFields(flow, 'named'), { ...values, name: ' ' });
    expect(named.faults.map(({ field }) => field)).toEqual(['name']);
  });
});
