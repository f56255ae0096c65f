// Which fields a new item is asked for.
import { describe, expect, it } from 'vitest';
import type { Flow } from '../../api/shapes';
import { isRare, openingFields } from './opening';

const title = { 'zh-CN': '甲', en: 'A' };
const FLOW = {
  kind: 'problem',
  totals: 'public',
  opening_required: ['title', 'source'],
  sources: [{ source: 'resident' }, { source: 'audit' }],
  findings: { sources: ['audit'], required: ['upstream_no', 'implementing', 'due', 'accepting'] },
  categories: [],
  transitions: [],
} as unknown as Flow;
const SPECIALS = [{ value: 'education/c1', label: title }];

const asked = (source: string, flow = FLOW, specials = SPECIALS) =>
  openingFields(flow, { today: '2019-09-09', source, specials });
const names = (fields: ReturnType<typeof asked>) => fields.map((field) => field.name);

describe('a new item', () => {
  it('is asked for what its list says only where an inspection found it', () => {
    expect(names(asked('resident'))).not.toContain('implementing');
    expect(names(asked(''))).not.toContain('target');
    const found = asked('audit');
    for (const name of ['implementing', 'accepting', 'target', 'key_measures', 'feedback'])
      expect(names(found)).toContain(name);
    expect(found.filter((field) => field.required).map((field) => field.name)).toEqual([
      'unit',
      'title',
      'source',
      'due',
      'upstream_no',
      'implementing',
      'accepting',
    ]);
    expect(found.filter(isRare).map((field) => field.name)).not.toContain('upstream_no');
  });
  it('is asked for a fund and an amount only where its kind lends', () => {
    expect(names(asked('resident'))).not.toContain('fund');
    const loan = {
      ...FLOW,
      totals: 'scope',
      reports: false,
      opening_required: ['title', 'source', 'fund', 'amount', 'household', 'episode'],
    } as unknown as Flow;
    expect(names(asked('resident', loan))).toEqual(
      expect.arrayContaining(['fund', 'amount', 'household', 'episode']),
    );
    expect(names(asked('resident', loan))).not.toContain('accused');
  });
  it('may name a special item of a programme, but none that is about a person', () => {
    const special = asked('resident').find((field) => field.name === 'special');
    expect(special?.options).toEqual(SPECIALS);
    expect(names(asked('resident', FLOW, []))).not.toContain('special');
    expect(names(asked('resident', { ...FLOW, totals: 'scope' }))).not.toContain('special');
  });
  it('has no day of feedback that is still to come', () => {
    const feedback = asked('audit').find((field) => field.name === 'feedback');
    expect(feedback?.latest).toBe('2019-09-09');
  });
});
