// Who may do the next step, in words.
import { beforeAll, describe, expect, it } from 'vitest';
import { fill } from '../../lib/words';
import { loadLanguage, type Words } from '../../locales';
import { ITEM } from './fixture';
import { whoText } from './who';

let words: Words;
beforeAll(async () => {
  words = (await loadLanguage('en')).words;
});
const said = (who: Parameters<typeof whoText>[0], item = ITEM) =>
  whoText(who, item, (key, facts) => fill(words[key], facts));

describe('who may', () => {
  it('is said by unit and role', () => {
    expect(said([{ role: 'supervisor', relation: 'scope' }])).toBe(
      'a supervisor whose scope covers Place',
    );
    expect(said([{ role: 'responsible', relation: 'fixer' }])).toBe(
      'the responsible official of Lead',
    );
    expect(said([{ role: 'recorder', relation: 'recorder' }])).toBe(
      'the person who listed it (Recorder)',
    );
  });
  it('leaves out units that nobody named', () => {
    const who: Parameters<typeof whoText>[0] = [
      { role: 'verifier', relation: 'scope' },
      { role: 'verifier', relation: 'named' },
    ];
    expect(said(who)).toBe('a verifier whose scope covers Place');
    expect(said(who, { ...ITEM, accepting: { code: 'A', name: 'Accepting' } })).toBe(
      'a verifier whose scope covers Place, or the verifier of the accepting or supervising unit ' +
        '(Accepting)',
    );
  });
});
