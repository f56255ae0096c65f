// A figure is what the answer says, or it is not known: nothing in between.
import { describe, expect, it } from 'vitest';
import {
  addressOf,
  difference,
  neededFor,
  positionsOf,
  readFigure,
  standing,
  type Answered,
  type Answers,
  type Figure,
} from './figures';
import { ROWS, TROUBLES } from './rows';

const spaces: Figure = {
  word: 'home.figSpacesCity',
  units: ['2202'],
  read: { quantity: 'parking_spaces' },
};
const counties: Figure = { word: 'home.figCounties', units: ['65'], read: { below: 'county' } };
const provinces: Figure = {
  word: 'home.figProvinces',
  units: ['13', '22', '99'],
  read: { units: 'known' },
};
const open: Figure = { word: 'term.open', units: ['0'], read: { count: 'open' } };
const sources: Figure = {
  word: 'home.figSources',
  query: '/flow',
  read: { among: ['a', 'b', 'z'], list: 'sources', key: 'source' },
};

const telling = (...units: Record<string, unknown>[]): Answers => ({
  units: { answer: { units, unknown: ['99'] } },
  at: () => 'waiting',
});
const answering = (answer: Answered): Answers => ({ units: answer, at: () => answer });

describe('reading a figure out of an answer', () => {
  const sum = { id: 'parking_spaces', unit: 'space', value: 260, qualifier: 'over', items: 2 };

  it('takes a quantity with its qualifier', () => {
    expect(readFigure(spaces, telling({ code: '2202', quantities: [sum] }))).toEqual({
      known: { value: 260, qualifier: 'over' },
    });
  });
  it('adds a count over the kinds shown', () => {
    const totals = [{ open: 2 }, { open: 3 }];
    expect(readFigure(open, telling({ code: '0', totals }))).toEqual({
      known: { value: 5, qualifier: 'exact' },
    });
  });
  it('takes how many stand below, none where that kind is not told', () => {
    const below = [{ kind: 'county', count: 105 }];
    const of = (kinds: unknown) => readFigure(counties, telling({ code: '65', below: kinds }));
    expect(of(below)).toEqual({ known: { value: 105, qualifier: 'exact' } });
    expect(of([])).toEqual({ known: { value: 0, qualifier: 'exact' } });
    expect(of([{ kind: 'county', count: '9' }])).toEqual({ missing: 'unreadable' });
  });
  it('counts those of its units that the ledger has', () => {
    expect(readFigure(provinces, telling())).toEqual({ known: { value: 2, qualifier: 'exact' } });
  });
  it('counts what is among a list, and not from the first of several pages', () => {
    const of = (next: string | null) =>
      readFigure(
        sources,
        answering({ answer: { sources: [{ source: 'a' }, { source: 'b' }], next } }),
      );
    expect(of(null)).toEqual({ known: { value: 2, qualifier: 'exact' } });
    expect(of('c')).toEqual({ missing: 'more' });
  });
  it('is asked for with all others, each unit and address once', () => {
    expect(neededFor([spaces, counties, spaces, sources, sources])).toEqual({
      units: ['2202', '65'],
      addresses: ['/flow'],
    });
    expect(addressOf(provinces)).toBe('/api/v1/units?codes=13,22,99');
    expect(addressOf(sources)).toBe('/flow');
  });
});

describe('what cannot be computed', () => {
  it('is not built where nothing answers it, whatever the article states', () => {
    const figure: Figure = { word: 'home.figFund', stated: { value: 17, qualifier: 'exact' } };
    expect(readFigure(figure, telling())).toEqual({ missing: 'notBuilt' });
  });
  it('is not known while it is waited for', () => {
    expect(readFigure(counties, answering('waiting'))).toEqual({ missing: 'waiting' });
  });
  it('tells hidden totals from no result and from an answer of another shape', () => {
    const read = (quantities: unknown) => readFigure(spaces, telling({ code: '2202', quantities }));
    expect(read(null)).toEqual({ missing: 'hidden' });
    expect(read([])).toEqual({ missing: 'none' });
    expect(read('many')).toEqual({ missing: 'unreadable' });
    const two = { id: 'parking_spaces', value: 1, qualifier: 'exact' };
    expect(read([two, two])).toEqual({ missing: 'unreadable' });
    expect(read([{ ...two, value: 1.5 }])).toEqual({ missing: 'unreadable' });
    expect(read([{ ...two, qualifier: '' }])).toEqual({ missing: 'unreadable' });
    expect(readFigure(spaces, answering({ answer: null }))).toEqual({ missing: 'unreadable' });
    expect(readFigure(open, telling({ code: '0', totals: [] }))).toEqual({ missing: 'hidden' });
  });
  it('says that the ledger has no such unit, and that an answer failed', () => {
    expect(readFigure({ ...spaces, units: ['99'] }, telling())).toEqual({ missing: 'notHere' });
    expect(readFigure(spaces, telling())).toEqual({ missing: 'unreadable' });
    expect(readFigure(spaces, answering('failed'))).toEqual({ missing: 'unreadable' });
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
      expect(addressOf(figure) === undefined).toBe(figure.read === undefined);
  });
});
