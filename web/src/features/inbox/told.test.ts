// Words for every code, those of tomorrow too.
import { describe, expect, it } from 'vitest';
import { toldKey } from './told';

describe('what is told', () => {
  it('has words for the codes of the ledger', () => {
    expect(toldKey('to_check')).toBe('inbox.what_to_check');
  });
  it('tells of a code that came later that there is news', () => {
    expect(toldKey('something_new')).toBe('inbox.what_other');
  });
});
