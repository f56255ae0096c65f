// What the audit page asks for, and that it has a word for every act.
import { describe, expect, it } from 'vitest';
import zh from '../../locales/zh-CN/audit.json';
import en from '../../locales/en/audit.json';
import { ACTS, actKey, filtersOf, stepKey } from './model';

describe('the audit page', () => {
  it('has a word of both languages for every act it names', () => {
    for (const act of ACTS) {
      expect(zh).toHaveProperty(`act_${act}`);
      expect(en).toHaveProperty(`act_${act}`);
    }
    const named = Object.keys(zh).filter((key) => key.startsWith('act_'));
    expect(named).toHaveLength(ACTS.size);
  });

  it('shows the code of an act that it does not know', () => {
    expect(actKey('item_read')).toBe('audit.act_item_read');
    expect(actKey('item_flown')).toBeNull();
  });

  it('says how far a sign-in went, and leaves what other acts are about', () => {
    expect(stepKey({ act: 'signed_in', about: 'code' })).toBe('audit.step_code');
    expect(stepKey({ act: 'signed_in_by_provider', about: 'done' })).toBe('audit.step_done');
    expect(stepKey({ act: 'signed_in', about: '' })).toBeNull();
    expect(stepKey({ act: 'item_read', about: 'done' })).toBeNull();
    for (const step of ['code', 'done', 'enrol', 'password'])
      for (const words of [zh, en]) expect(words).toHaveProperty(`step_${step}`);
  });

  it('takes from the address what it knows', () => {
    const search = new URLSearchParams('account=wang&x=1&result=refused&act=');
    expect(filtersOf(search)).toEqual({ account: 'wang', result: 'refused' });
  });
});
