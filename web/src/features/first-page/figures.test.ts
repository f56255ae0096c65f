// A figure is what the answer says, or it is not known: nothing in between.
import { describe, expect, it } from 'vitest';
import {
  addressesOf,
  childrenOf,
  countsOf,
  difference,
  positionsOf,
  readFigure,
  standing,
  type Answers,
  type Figure,
} from './figures';
import { ROWS, TROUBLES } from './rows';

const spaces: Figure = {
  word: 'home.figSpacesCity',
  query: countsOf('2202'),
  read: { quantity: 'parking_spaces' },
};
const counties: Figure = {
  word: 'home.figCounties',
  query: childrenOf('65'),
  read: { descendants: 'county', through: 'prefecture' },
};
const open: Figure = { word: 'term.open', query: countsOf('0'), read: { count: 'open' } };

const answering =
  (known: Record<string, unknown>): Answers =>
  (address) =>
    address in known ? { answer: known[address] } : 'waiting';
const child = (code: string, kind: string) => ({ code, kind });

describe('reading a figure out of an answer', () => {
  const read = (quantities: unknown) =>
    readFigure(spaces, answering({ [countsOf('2202')]: { quantities } }));
  const sum = { id: 'parking_spaces', unit: 'space', value: 260, qualifier: 'over', items: 2 };

  it('takes a quantity with its qualifier', () => {
    expect(read([sum])).toEqual({ known: { value: 260, qualifier: 'over' } });
  });
  it('adds a count over the kinds shown', () => {
    const rows = [{ open: 2 }, { open: 3 }];
    expect(readFigure(open, answering({ [countsOf('0')]: { rows } }))).toEqual({
      known: { value: 5, qualifier: 'exact' },
    });
  });
  it('counts the counties of the prefectures and those directly below', () => {
    const answers = answering({
      [childrenOf('65')]: {
        next: null,
        children: [child('6501', 'prefecture'), child('6502', 'prefecture'), child('9', 'county')],
      },
      [childrenOf('6501')]: { next: null, children: [child('a', 'county'), child('b', 'county')] },
      [childrenOf('6502')]: { next: null, children: [child('c', 'county'), child('d', 'agency')] },
    });
    expect(addressesOf([counties], answers)).toHaveLength(3);
    expect(readFigure(counties, answers)).toEqual({ known: { value: 4, qualifier: 'exact' } });
  });
});

describe('what cannot be computed', () => {
  const why = (figure: Figure, answers: Answers) => readFigure(figure, answers);

  it('is not built where no query answers it, whatever the article states', () => {
    const figure: Figure = { word: 'home.figFund', stated: { value: 17, qualifier: 'exact' } };
    expect(why(figure, answering({}))).toEqual({ missing: 'notBuilt' });
  });
  it('is not known while a part of it is waited for', () => {
    const answers = answering({
      [childrenOf('65')]: { next: null, children: [child('6501', 'prefecture')] },
    });
    expect(why(counties, answers)).toEqual({ missing: 'waiting' });
  });
  it('is not counted from the first of several pages', () => {
    const answers = answering({ [childrenOf('65')]: { next: '6502', children: [] } });
    expect(why(counties, answers)).toEqual({ missing: 'more' });
  });
  it('tells hidden totals from no result and from an answer of another shape', () => {
    const read = (answer: unknown) => why(spaces, answering({ [countsOf('2202')]: answer }));
    expect(read({ quantities: null })).toEqual({ missing: 'hidden' });
    expect(read({ quantities: [] })).toEqual({ missing: 'none' });
    expect(read({ quantities: 'many' })).toEqual({ missing: 'unreadable' });
    expect(read(null)).toEqual({ missing: 'unreadable' });
    const two = { id: 'parking_spaces', value: 1, qualifier: 'exact' };
    expect(read({ quantities: [two, two] })).toEqual({ missing: 'unreadable' });
    expect(read({ quantities: [{ ...two, value: 1.5 }] })).toEqual({ missing: 'unreadable' });
    expect(read({ quantities: [{ ...two, qualifier: '' }] })).toEqual({ missing: 'unreadable' });
  });
  it('says that the ledger has no such unit, and that an answer failed', () => {
    expect(why(spaces, () => 'notHere')).toEqual({ missing: 'notHere' });
    expect(why(spaces, () => 'failed')).toEqual({ missing: 'unreadable' });
    expect(why(open, answering({ [countsOf('0')]: { rows: [] } }))).toEqual({ missing: 'hidden' });
  });
});

describe('stated and computed', () => {
  const exact = (value: number) => ({ value, qualifier: 'exact' as const });
  const over = (value: number) => ({ value, qualifier: 'over' as const });
  it('show their difference', () => {
    expect(difference(exact(105), exact(102))).toEqual({ less: 3 });
    expect(difference(exact(36), exact(40))).toEqual({ more: 4 });
    expect(difference(exact(36), exact(36))).toEqual({ same: true });
  });
  it('agree where "over" is met, and not where it is not', () => {
    expect(difference(over(260), over(260))).toEqual({ same: true });
    expect(difference(over(260), exact(300))).toEqual({ same: true });
    expect(difference(over(260), exact(224))).toEqual({ less: 36 });
  });
  it('make a row computed only where nothing of it is missing', () => {
    expect(standing([open], false)).toBe('computed');
    expect(standing([open], true)).toBe('partly');
    expect(standing([open, { word: 'home.figFund' }], false)).toBe('partly');
    expect(standing([], true)).toBe('notBuilt');
  });
  it('keep the positions the answers are true at', () => {
    expect(positionsOf([{ position: 8 }, { position: 5 }, null])).toEqual({ first: 5, last: 8 });
    expect(positionsOf([])).toBeNull();
  });
});

describe('the rows', () => {
  it('are the eighteen, in order, and every query has a way to be read', () => {
    expect(ROWS.map((row) => row.row)).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
    for (const figure of [...ROWS.flatMap((row) => row.figures), ...TROUBLES.map((t) => t.figure)])
      expect(figure.query === undefined).toBe(figure.read === undefined);
  });
});
