// The two languages say the same.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factsOf } from '../lib/words';
import { loadLanguage } from '.';

describe('the two languages', () => {
  it('have the same keys, and the same facts in each sentence', async () => {
    const zh = (await loadLanguage('zh-CN')).words;
    const en = (await loadLanguage('en')).words;
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const key of Object.keys(zh) as (keyof typeof zh)[])
      expect({ key, facts: factsOf(en[key]) }).toEqual({ key, facts: factsOf(zh[key]) });
  });
  it('leave no sentence empty, and no Chinese in the English ones but the name', async () => {
    const en = (await loadLanguage('en')).words;
    for (const [key, word] of Object.entries(en)) {
      expect(word.trim(), key).not.toBe('');
      expect(word.replace(/台账|中文|致和南|「.*?」/g, ''), key).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });
  it('use full-width punctuation in Chinese sentences', async () => {
    const zh = (await loadLanguage('zh-CN')).words;
    for (const [key, word] of Object.entries(zh))
      expect(word, key).not.toMatch(/[\u4e00-\u9fff][,;:?!]|[\u4e00-\u9fff]\.(\s|$)/);
  });
  // The page said 督办人 and 不计 where the program and its spreadsheets say 督导人 and 已退出.
  it('call roles and phases as the program and its spreadsheets do', async () => {
    const program = (language: string) =>
      JSON.parse(
        readFileSync(new URL(`../../../locales/${language}.json`, import.meta.url), 'utf8'),
      ) as Record<string, string>;
    const zh: Record<string, string> = (await loadLanguage('zh-CN')).words;
    const en: Record<string, string> = (await loadLanguage('en')).words;
    let compared = 0;
    for (const [key, word] of Object.entries(program('zh-CN'))) {
      const name = /^(?:exchange\.)?(role|phase)\.(\w+)$/.exec(key);
      if (!name) continue;
      expect(zh[`term.${name[1]}_${name[2]}`], key).toBe(word);
      compared += 1;
    }
    for (const [key, word] of Object.entries(program('en')))
      if (key.startsWith('exchange.phase.'))
        expect(en[`term.phase_${key.slice('exchange.phase.'.length)}`], key).toBe(word);
    expect(compared).toBe(29);
  });
});
