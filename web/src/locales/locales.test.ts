// The two languages say the same.
import { describe, expect, it } from 'vitest';
import { factsOf } from '../lib/words';
import { loadWords } from '.';

describe('the two languages', () => {
  it('have the same keys, and the same facts in each sentence', async () => {
    const zh = await loadWords('zh-CN');
    const en = await loadWords('en');
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const key of Object.keys(zh) as (keyof typeof zh)[])
      expect({ key, facts: factsOf(en[key]) }).toEqual({ key, facts: factsOf(zh[key]) });
  });
  it('leave no sentence empty, and no Chinese in the English ones but the name', async () => {
    const en = await loadWords('en');
    for (const [key, word] of Object.entries(en)) {
      expect(word.trim(), key).not.toBe('');
      expect(word.replace(/台账|中文|致和南|「.*?」/g, ''), key).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });
  it('use full-width punctuation in Chinese sentences', async () => {
    const zh = await loadWords('zh-CN');
    for (const [key, word] of Object.entries(zh))
      expect(word, key).not.toMatch(/[\u4e00-\u9fff][,;:?!]|[\u4e00-\u9fff]\.(\s|$)/);
  });
});
