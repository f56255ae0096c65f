// The story: records as entries and sentences, in the words of both languages.
import { beforeAll, describe, expect, it } from 'vitest';
import { fill } from '../../lib/words';
import { loadLanguage } from '../../locales';
import { postWords } from '../../ui/post';
import { changesSince, entriesOf } from './entries';
import { FLOW, record } from './fixture';
import type { Told } from './sentences';

let zh: Told;
let en: Told;
beforeAll(async () => {
  const units = { 4: { code: 'L', name: '城管局' }, 9: { code: 'P', name: '致和南小区' } };
  const told = async (language: 'zh-CN' | 'en'): Promise<Told> => {
    const words = (await loadLanguage(language)).words;
    return {
      flow: FLOW,
      units,
      today: '2019-09-01',
      speech: {
        language,
        t: (key, facts) => fill(words[key], facts),
        pick: (one) => one[language],
      },
    };
  };
  zh = await told('zh-CN');
  en = await told('en');
});

const opened = record(
  1,
  'item_opened',
  { no: '7K3M-Q9XD-4', kind: 'problem', flow_version: 1, place: 9, source: 'resident' },
  { title: 'old', description: 'all' },
);
const sentence = (told: Told, ...args: Parameters<typeof record>) =>
  entriesOf([record(...args)], told)[0]?.lines[0]?.sentence;

describe('entries', () => {
  it('hold all records of one command under the name of its transition', () => {
    const entries = entriesOf(
      [
        opened,
        record(2, 'assigned', { lead: 4, due: '2019-09-10' }, {}, 'c'),
        record(3, 'transition_taken', { transition: 'assign' }, { reason: 'why' }, 'c'),
      ],
      en,
    );
    expect(entries.map((entry) => [entry.title, entry.lines.length])).toEqual([
      ['Listed', 1],
      ['assign', 2],
    ]);
  });
  it('since a version are those with a record after it', () => {
    const records = [opened, record(5, 'redacted', { record: 1, part: 0 }, { reason: 'r' })];
    expect(changesSince(records, 1, zh).map((entry) => entry.title)).toEqual(['涂销']);
    expect(changesSince(records, 5, zh)).toEqual([]);
  });
});

describe('sentences', () => {
  it('say that an item went over, and who acted for whom', () => {
    const handed = { handover: 1, from: 2, to: 3, parts: ['recorder', 'step'] };
    expect(sentence(zh, 1, 'handed_over', handed)).toBe('随岗位未结事项移交：登记，待办步骤');
    expect(sentence(en, 1, 'handed_over', handed)).toBe(
      'went over with the open work of the post: listed it, its step',
    );
    const by = {
      unit: { code: 'P', name: '致和南小区' },
      role: 'responsible' as const,
      acting: { unit: { code: 'L', name: '城管局' }, role: 'recorder' as const },
    };
    expect(postWords(by, zh.speech.t)).toBe('致和南小区 整改责任人（由城管局登记人代理）');
    expect(postWords({ unit: by.unit, role: by.role }, zh.speech.t)).toBe('致和南小区 整改责任人');
  });
  it('name units, days and numbers', () => {
    const assigned = { lead: 4, responsible: [9], due: '2019-09-10' };
    expect(sentence(zh, 1, 'assigned', assigned)).toBe(
      '牵头：城管局；责任：致和南小区；期限9月10日',
    );
    expect(sentence(en, 1, 'assigned', assigned)).toBe(
      'lead: 城管局; responsible: 致和南小区; due 10 Sep',
    );
    const quantities = [{ id: 'parking_spaces', unit: 'space', value: 1260, qualifier: 'over' }];
    expect(sentence(en, 1, 'criterion_set', { quantities })).toBe(
      'Criterion set: parking spaces over 1,260 spaces',
    );
    expect(sentence(zh, 1, 'verification_given', { stage: 'return', passed: false })).toBe(
      '核查未通过，退回整改',
    );
    expect(sentence(zh, 1, 'progress_reported', { measure: 2, done: true })).toBe('措施 2 已完成');
    expect(sentence(zh, 1, 'progress_reported', { done: false, progress_pct: 40 })).toBe(
      '报告进展，自报进度 40%',
    );
    expect(sentence(en, 1, 'redacted', { record: 7 })).toBe('The file of record 7 was destroyed');
    const extended = { due: '2019-09-20', undone_reason: 'season' };
    expect(sentence(zh, 1, 'deadline_extended', extended)).toBe(
      '期限延至9月20日；未按期原因：季节原因',
    );
    expect(sentence(en, 1, 'transition_taken', { from: 'planned', to: 'planned' })).toBe(
      'State unchanged: planned',
    );
  });
  it('lose nothing of what this program does not know', () => {
    const [entry] = entriesOf(
      [record(1, 'progress_reported', { done: false, weather: 'wet' }, { aside: 'slow' })],
      zh,
    );
    expect(entry?.lines[0]?.more).toEqual([{ name: 'weather', value: 'wet' }]);
    expect(entry?.lines[0]?.texts).toEqual([
      { label: 'aside', part: 0, text: 'slow', withheld: null, struck: false },
    ]);
    expect(sentence(en, 1, 'something_new', { a: 1 })).toContain('something_new');
  });
});

describe('corrections', () => {
  it('show the old value beside the new one, and strike it where it stood', () => {
    const entries = entriesOf(
      [
        opened,
        record(2, 'corrected', { field: 'title' }, { reason: 'r', value: 'new' }),
        record(3, 'corrected', { field: 'source', value: 'resident' }, { reason: 'r' }),
        record(4, 'corrected', { field: 'title' }, { reason: 'r', value: 'newest' }),
      ],
      en,
    );
    expect(entries[0]?.lines[0]?.texts.map((text) => text.struck)).toEqual([true, false]);
    expect(entries[1]?.lines[0]?.old).toEqual({ text: 'old' });
    expect(entries[1]?.lines[0]?.texts[1]?.struck).toBe(true);
    expect(entries[2]?.lines[0]?.sentence).toBe('Source corrected to: residents');
    expect(entries[3]?.lines[0]?.old).toEqual({ text: 'new' });
  });
  it('of a destroyed text say that it is destroyed', () => {
    const entries = entriesOf(
      [
        record(1, 'item_opened', { place: 9, source: 'resident' }, { title: null }),
        record(2, 'corrected', { field: 'title' }, { reason: 'r', value: 'new' }),
      ],
      en,
    );
    expect(entries[1]?.lines[0]?.old).toEqual({ text: null });
  });
});

describe('records of reports and of time limits', () => {
  it('tell of a file that is kept back no more than that there is one', () => {
    const kept = { ...record(4, 'evidence_added', {}, { name: null }), payload: null };
    const [line] = entriesOf([kept], en)[0]?.lines ?? [];
    expect(line?.sentence).toBe('A file that the receiving unit keeps to itself');
    expect(line?.evidence).toBeNull();
    expect(line?.more).toEqual([]);
  });
  it('tell of what one of those drawn says no more than that he was asked', () => {
    const kept = [
      { ...record(4, 'judgement_given', {}), payload: null },
      {
        ...record(5, 'transition_taken', { transition: 'ask' }, { text: null }, 'c4'),
        withheld: ['text'],
      },
    ];
    const [answer, step] = entriesOf(kept, en)[0]?.lines ?? [];
    expect(answer?.sentence).toMatch(
      /^What one of those drawn says; only those who ask may see it$/,
    );
    expect(answer?.more).toEqual([]);
    expect(step?.texts[0]?.withheld).toBe('item.withheldAnswer');
  });
  it('leave out the texts of a report that say nothing', () => {
    const report = record(
      2,
      'report_received',
      { manner: 'anonymous', accusation: false },
      {
        report: 'x',
        accused: '',
        reporter: '',
      },
    );
    const [line] = entriesOf([report], en)[0]?.lines ?? [];
    expect(line?.texts.map((text) => text.label)).toEqual(['report']);
    const nobody = { unit: 9, key: '0'.repeat(64), commitment: '0'.repeat(64) };
    expect(sentence(zh, 3, 'identity_sealed', nobody)).toContain('没有密封的身份信息');
    expect(sentence(zh, 3, 'identity_sealed', { ...nobody, key: 'ab'.repeat(32) })).toContain(
      '密封给',
    );
  });
  it('say what became of a time limit', () => {
    const due = { due_day: '2019-09-29', calendar: '25@2025-11-04', provisional: false };
    const started = { clock: 'handle', at: 1, length: '60d', rolls: true, due: 2, ...due };
    expect(sentence(en, 2, 'clock_started', started)).toBe(
      'The limit “Handling” runs until 29 Sep',
    );
    const moved = { clock: 'handle', at: 1, why: 'extended', by: '30d', due: 2, ...due };
    expect(sentence(en, 3, 'clock_moved', moved)).toContain('prolonged until 29 Sep');
    expect(sentence(en, 3, 'clock_moved', { ...moved, why: 'resumed' })).toContain('runs again');
    expect(sentence(zh, 4, 'clock_paused', { clock: 'other', at: 1 })).toBe('“other”期限暂停计算');
    const [line] =
      entriesOf([record(5, 'clock_stopped', { clock: 'handle', at: 1 })], en)[0]?.lines ?? [];
    expect(line?.more).toEqual([]);
  });
});
