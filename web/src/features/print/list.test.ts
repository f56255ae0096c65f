// A list is read whole, in order, at one position, and never under a filter that was dropped.
import { describe, expect, it } from 'vitest';
import type { ItemPage, ItemRow } from '../../api/shapes';
import { fill } from '../../lib/words';
import { filtersOf, listDoc, readList, ROWS_MAX } from './list';
import type { Say } from './told';

const row = (index: number): ItemRow =>
  ({
    item: `N${index}`,
    title: `title ${index}`,
    unit: { code: '22', name: 'unit' },
    lead: null,
    state_title: { 'zh-CN': '已登记', en: 'Registered' },
    opened: '2019-09-08',
    due: '2019-09-10',
    overdue: index === 0,
    closed: null,
    reopened: 0,
  }) as unknown as ItemRow;

/** A ledger of so many items whose position grows while `moving` more pages are asked for. */
function ledgerOf(items: number, moving = 0) {
  let position = 100;
  const asked: string[] = [];
  const ask = (search: URLSearchParams): Promise<ItemPage> => {
    asked.push(search.toString());
    if (moving > 0) {
      moving -= 1;
      position += 1;
    }
    const from = search.has('cursor') ? Number(search.get('cursor')?.slice(1)) + 1 : 0;
    const to = Math.min(items, from + Number(search.get('limit')));
    const rows = Array.from({ length: to - from }, (_, i) => row(from + i));
    const next = to < items ? `N${to - 1}` : null;
    return Promise.resolve({
      items: rows,
      next,
      total: items,
      position,
      instant: '2019-09-20T09:00:00.000+08:00',
    } as unknown as ItemPage);
  };
  return { ask, asked };
}

describe('reading a list', () => {
  it('takes all pages in order', async () => {
    const { ask, asked } = ledgerOf(2000);
    const listed = await readList(new URLSearchParams('overdue=yes'), ask);
    expect(listed.rows.map((each) => each.item)).toEqual(
      Array.from({ length: 2000 }, (_, i) => `N${i}`),
    );
    expect(asked).toHaveLength(10);
    expect(asked.every((search) => search.includes('overdue=yes'))).toBe(true);
    expect(listed.more).toBe(false);
  });
  it('reads again where something was recorded meanwhile', async () => {
    const { ask } = ledgerOf(600, 3);
    const listed = await readList(new URLSearchParams(), ask);
    expect(listed.rows).toHaveLength(600);
    expect(listed.positions.first).toBe(listed.positions.last);
  });
  it('says from which position to which where records never stop', async () => {
    const { ask, asked } = ledgerOf(600, 1000);
    const listed = await readList(new URLSearchParams(), ask);
    expect(asked).toHaveLength(9);
    expect(listed.positions.first).toBeLessThan(listed.positions.last);
  });
  it('stops at its limit and says so', async () => {
    const { ask } = ledgerOf(ROWS_MAX + 1);
    const listed = await readList(new URLSearchParams(), ask);
    expect(listed.rows).toHaveLength(ROWS_MAX);
    expect(listed.more).toBe(true);
    const exact = await readList(new URLSearchParams(), ledgerOf(ROWS_MAX).ask);
    expect(exact.rows).toHaveLength(ROWS_MAX);
    expect(exact.more).toBe(false);
  });
  it('gives an empty list no rows', async () => {
    const listed = await readList(new URLSearchParams(), ledgerOf(0).ask);
    expect(listed.rows).toEqual([]);
  });
});

describe('filters', () => {
  it('are kept, known or not; only what belongs to the screen is left out', () => {
    const search = new URLSearchParams('view=a&columns=b&offset=3&unit=22&strange=1');
    expect(filtersOf(search).toString()).toBe('strange=1&unit=22');
  });
});

describe('the document', () => {
  const say: Say = {
    t: (key, facts) => fill(`${key}${facts ? ` ${JSON.stringify(facts)}` : ''}`, facts),
    pick: (title) => title.en,
    language: 'en',
  };
  it('numbers the rows and names unit, day and position', async () => {
    const listed = await readList(new URLSearchParams(), ledgerOf(3).ask);
    const heading = { unit: { code: '2202', name: 'x' }, filters: [] };
    const doc = listDoc(listed, heading, '?overdue=yes', say);
    expect(doc.number).toBe('2202-20190920-100');
    expect(doc.address).toBe('/items?overdue=yes');
    const table = doc.sections[1];
    expect(table?.rows.map((each) => each.cells[0])).toEqual(['1', '2', '3']);
    expect(table?.head).toHaveLength(table?.columns.length ?? 0);
    expect(table?.columns.reduce((sum, column) => sum + column.width, 0)).toBe(265);
  });
});
