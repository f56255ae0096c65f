// A figure is what the answer says, or it is not known: nothing in between.
import { describe, expect, it } from 'vitest';
import { readFigure, type Figure } from './figures';
import { ROWS, TROUBLES } from './rows';

const open: Figure = { word: 'term.open', unit: '0', count: 'open' };
const telling = (...units: Record<string, unknown>[]) => ({ answer: { units, unknown: ['99'] } });

describe('reading a figure out of an answer', () => {
  it('adds a count over the kinds shown', () => {
    const totals = [{ open: 2 }, { open: 3 }];
    expect(readFigure(open, telling({ code: '0', totals }))).toEqual({ known: 5 });
  });
  it('says why it is not known', () => {
    const why = (answered: Parameters<typeof readFigure>[1], figure = open) =>
      readFigure(figure, answered);
    expect(why('waiting')).toEqual({ missing: 'waiting' });
    expect(why('notHere')).toEqual({ missing: 'notHere' });
    expect(why('failed')).toEqual({ missing: 'unreadable' });
    expect(why({ answer: null })).toEqual({ missing: 'unreadable' });
    expect(why({ answer: { units: [] } })).toEqual({ missing: 'unreadable' });
    expect(why(telling())).toEqual({ missing: 'unreadable' });
    expect(why(telling(), { ...open, unit: '99' })).toEqual({ missing: 'notHere' });
    expect(why(telling({ code: '0', totals: [] }))).toEqual({ missing: 'hidden' });
    expect(why(telling({ code: '0' }))).toEqual({ missing: 'unreadable' });
    expect(why(telling({ code: '0', totals: [{ open: '5' }] }))).toEqual({
      missing: 'unreadable',
    });
  });
});

describe('the first page', () => {
  it('has the eighteen rows of the article, each once and in order', () => {
    expect(ROWS.map(({ row }) => row)).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
  });
  it('shows what went wrong on demonstration units alone', () => {
    for (const { unit, figure } of TROUBLES) {
      expect(unit).toMatch(/^YS/);
      expect(figure.unit).toBe(unit);
    }
  });
});
