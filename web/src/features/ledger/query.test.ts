// Reading and writing the address of the list.
import { describe, expect, it } from 'vitest';
import { readColumns, USUAL_COLUMNS, withColumn, writeColumns } from './columns';
import { apiQuery, chipsOf, exportQuery, readQuery, standing, turned, writeQuery } from './query';

const read = (text: string) => readQuery(new URLSearchParams(text));
const written = (text: string) => writeQuery(read(text)).toString();

describe('the address of the list', () => {
  it('is read and written back the same, sorted', () => {
    const address =
      'columns=item%2Ctitle%2Cdue&due_from=2019-09-01&due_to=2019-09-08&kind=problem' +
      '&lead=2202-CGJ&order=asc&overdue=yes&sort=due&state=checked&unit=2202' +
      '&words=%E8%B7%AF%E7%81%AF';
    expect(written(address)).toBe(address);
  });
  it('leaves out what is usual', () => {
    expect(written('')).toBe('');
    expect(written('sort=opened&order=desc')).toBe('');
    expect(written(`columns=${USUAL_COLUMNS.join()}`)).toBe('');
  });
  it('opens in spite of what it does not know', () => {
    expect(read('phase=rubbish&open=no&opened_from=2019-02-30&due_to=2019-13-40').filters).toEqual(
      {},
    );
    expect(read('sort=title&order=up&page=7&unit=%3Cb%3E')).toEqual(read(''));
  });
  it('has a state only with its kind', () => {
    expect(read('state=checked').filters).toEqual({});
    expect(read('state=checked&kind=problem').filters.state).toBe('checked');
  });
  it('asks the API for the order but never for columns', () => {
    expect(apiQuery(read('open=yes&columns=title')).toString()).toBe(
      'open=yes&order=desc&sort=opened',
    );
  });
  it('says yes as the API wants it said', () => {
    expect(apiQuery(read('overdue=yes&reopened=yes')).toString()).toBe(
      'order=desc&overdue=true&reopened=yes&sort=opened',
    );
  });
  it('asks a download for the same columns, by its names of them', () => {
    expect(exportQuery(read('columns=item,title,unit,changed,due')).toString()).toBe(
      'columns=item%2Ctitle%2Cplace%2Cdue&order=desc&sort=opened',
    );
  });
});

describe('findings', () => {
  it('are listed by source and by special item', () => {
    const address = 'share=no&source=audit&special=education_2019%2Fc3_conduct&unit=2202';
    expect(written(address)).toBe(address);
    expect(apiQuery(read(address)).get('special')).toBe('education_2019/c3_conduct');
  });
  it('are not by what cannot be one', () => {
    expect(read('special=c3&source=%3Cb%3E&share=perhaps').filters).toEqual({});
  });
});

describe('a click on a total', () => {
  it('keeps the place and the days, and replaces how items stand', () => {
    const { filters } = read('unit=2202&phase=closed&fixed=yes&due_to=2019-09-08&words=a');
    expect(standing(filters, { overdue: 'yes' })).toEqual({
      unit: '2202',
      due_to: '2019-09-08',
      words: 'a',
      overdue: 'yes',
    });
  });
});

describe('a click on the head of a column', () => {
  it('begins with what people look for, turns round, and ends with the newest first', () => {
    const once = turned(read('open=yes'), 'due');
    expect([once.sort, once.down]).toEqual(['due', false]);
    const twice = turned(once, 'due');
    expect([twice.sort, twice.down]).toEqual(['due', true]);
    expect(turned(twice, 'due')).toEqual(read('open=yes'));
  });
  it('turns the usual order round', () => {
    expect(written('')).toBe('');
    expect(writeQuery(turned(read(''), 'opened')).toString()).toBe('order=asc&sort=opened');
  });
  it('does nothing where the server cannot sort', () => {
    expect(turned(read(''), 'title')).toEqual(read(''));
  });
});

describe('the marks of the filters', () => {
  it('are one a filter; from and to are one', () => {
    expect(chipsOf(read('unit=22&due_from=2019-09-01&due_to=2019-09-08&open=yes').filters)).toEqual(
      [
        { what: 'unit', names: ['unit'], value: '22' },
        { what: 'open', names: ['open'], value: 'yes' },
        { what: 'due', names: ['due_from', 'due_to'], from: '2019-09-01', to: '2019-09-08' },
      ],
    );
  });
});

describe('the columns', () => {
  it('are those of the address that exist, once each, and always the title', () => {
    expect(readColumns('due,item,due,rubbish')).toEqual(['title', 'due', 'item']);
    expect(readColumns('rubbish')).toEqual(USUAL_COLUMNS);
    expect(writeColumns(['title'])).toBe('title');
  });
  it('come and go in the order of all columns', () => {
    expect(withColumn(['item', 'title', 'due'], 'kind', true)).toEqual([
      'item',
      'title',
      'kind',
      'due',
    ]);
    expect(withColumn(['item', 'title', 'due'], 'item', false)).toEqual(['title', 'due']);
    expect(withColumn(['title'], 'title', false)).toEqual(['title']);
  });
});
