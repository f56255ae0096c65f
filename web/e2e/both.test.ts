// Two people at once, and nothing lost: what somebody typed, where he was, and what he takes home.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser';
import { Person } from './person';
import { Demo } from './server';
import { begin, chooseUnit, PLACE, send } from './work';

const ROWS = 120;
const SHEETS = new URL('sheets.py', import.meta.url).pathname;

let demo: Demo;
let recorder: Person;
let supervisor: Person;
const folder = mkdtempSync(join(tmpdir(), 'tz-both-'));
beforeAll(async () => {
  demo = await Demo.begin();
  recorder = await Person.signIn(demo, 'ys-recorder');
  supervisor = await Person.signIn(demo, 'ys-supervisor');
  const rows = Array.from({ length: ROWS }, (_, index) => `第${index + 1}处路面破损,网格巡查`);
  await recorder.importTable(['标题,来源', ...rows].join('\r\n'));
});
const { as } = openBrowser(() => demo);
afterAll(async () => {
  await demo.end();
  rmSync(folder, { recursive: true });
});

describe('two people at the same item', () => {
  it('the second sees what changed while he typed, and loses nothing of it', async () => {
    const no = await recorder.list('两人同时办理');
    const page = await as('ys-supervisor', `/items/${no}`);
    await begin(page, '不予立项');
    await page.getByLabel('理由').fill('与另一件重复。');
    await supervisor.act(no, 'assign', { lead: 'YS0101', due: '2019-12-31' });
    await page.getByRole('heading', { name: '您查看之后，这个事项有了变动' }).waitFor();
    await page.locator('.stale').getByText('牵头：演示县').waitFor();
    expect(await page.getByLabel('理由').inputValue()).toBe('与另一件重复。');
    // The step is not possible any more: said so, and what was typed stays to be copied.
    await page.getByText('这一步不再适用').waitFor();
    expect(await page.getByRole('button', { name: '提交', exact: true }).isDisabled()).toBe(true);
  });

  it('what changed is told even where the page could not know before sending', async () => {
    const no = await recorder.list('不知情时提交');
    await supervisor.act(no, 'assign', { lead: 'YS0101', due: '2019-12-31' });
    const page = await as('ys-supervisor', `/items/${no}`);
    await begin(page, '延期');
    await page.getByLabel('办理期限').fill('2020-01-31');
    await page.getByLabel('理由').fill('等待审批。');
    // Neither the stream nor asking comes through any more: only what is sent does.
    await page.route('**/api/v1/stream', (route) => route.abort());
    await page.reload();
    await page.locator('.live.polling').waitFor();
    await page.route('**/api/v1/ledger', (route) => route.abort());
    await page.locator('.live.lost').waitFor();
    await supervisor.act(no, 'extend', { due: '2020-01-15', reason: '先延到十五日。' });
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.locator('.stale').getByText('先延到十五日。').waitFor();
    expect(await page.getByLabel('理由').inputValue()).toBe('等待审批。');
    await page.getByRole('button', { name: /^我已看过/ }).click();
    await send(page);
    await page.getByText('期限延至2020年1月31日').first().waitFor();
  });
});

describe('what was typed', () => {
  it('survives a reload, for the same person only, until it is thrown away', async () => {
    const page = await as('ys-recorder', '/items/new');
    await chooseUnit(page.getByLabel('所在地', { exact: true }), PLACE.code, PLACE.name);
    await page.getByLabel('标题', { exact: true }).fill('写了一半的');
    await page.reload();
    await page.getByText('已恢复您上次未提交的内容。').waitFor();
    expect(await page.getByLabel('标题', { exact: true }).inputValue()).toBe('写了一半的');
    expect(await page.getByLabel('所在地', { exact: true }).inputValue()).toBe(PLACE.name);
    await page.getByRole('button', { name: '放弃所填内容' }).click();
    await page.reload();
    await page.getByLabel('标题', { exact: true }).waitFor();
    expect(await page.getByLabel('标题', { exact: true }).inputValue()).toBe('');
  });
});

describe('the list', () => {
  it('keeps filters, order, row and scroll over going back and a reload', async () => {
    const page = await as('ys-supervisor', `/items?unit=${PLACE.code}&open=yes`);
    await page.getByRole('columnheader', { name: '登记日期' }).getByRole('button').click();
    const address = page.url();
    const box = page.getByRole('grid');
    await box.evaluate((list) => list.scrollTo(0, 36 * 60));
    await row(page, 65).click({ position: { x: 400, y: 8 } });
    await page.locator('.item h1').waitFor();
    await page.goBack();
    await expectPlace(box);
    expect(page.url()).toBe(address);
    await page.reload();
    await expectPlace(box);
    expect(page.url()).toBe(address);
    expect(await row(page, 65).getAttribute('aria-selected')).toBe('true');
  });

  it('keeps a view under a name, and finds it again after a reload', async () => {
    const page = await as('ys-supervisor', `/items?unit=${PLACE.code}&open=yes`);
    await page.locator('.ledger-head summary').first().click();
    await page.getByLabel('把当前视图存为').fill('本社区未销号');
    await page.getByRole('button', { name: '保存' }).click();
    await page.goto(`${demo.base}/items`);
    await page.locator('.ledger-head summary').first().click();
    await page.getByRole('link', { name: '本社区未销号' }).click();
    await page.getByRole('list', { name: '当前筛选' }).getByText(PLACE.name).waitFor();
    expect(new URL(page.url()).search).toBe(`?open=yes&unit=${PLACE.code}`);
  });

  it('downloads what is seen, as a spreadsheet and as CSV that Excel opens rightly', async () => {
    const page = await as('ys-supervisor', `/items?unit=${PLACE.code}&words=路面破损`);
    await page.getByRole('list', { name: '合计' }).getByText(`共 ${ROWS}`).waitFor();
    await page.getByText('下载', { exact: true }).click();
    const { cells } = read(await downloaded(page, 'Excel 文件（.xlsx）', 'list.xlsx'));
    const titles = columnOf(cells, '标题');
    expect(new Set(titles).size).toBe(ROWS);
    const csv = readFileSync(await downloaded(page, 'CSV 文件', 'list.csv'));
    expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = csv.subarray(3).toString('utf8').trimEnd().split('\r\n');
    for (const title of titles)
      expect(lines.filter((each) => each.includes(title))).not.toEqual([]);
    expect(lines.filter((each) => each.includes('路面破损'))).toHaveLength(ROWS);
  });
});

describe('a table filled in offline', () => {
  it('comes back with its fault marked, and is taken once it is mended', async () => {
    const page = await as('ys-recorder', '/items#import');
    const template = await downloaded(page, '下载模板', 'template.xlsx');
    const heads = Object.entries(read(template).cells).filter(([name]) => /^[A-Z]1$/.test(name));
    const at = (word: string) =>
      heads.find(([, words]) => words.startsWith(word))?.[0].slice(0, 1) ?? '';
    const filled = join(folder, 'filled.xlsx');
    const rows = [`${at('标题')}2=填表登记的`, `${at('来源')}2=道听途说`];
    execFileSync('python3', [SHEETS, 'fill', template, filled, ...rows]);
    await page.getByLabel('选择填好的表').setInputFiles(filled);
    await page.getByText('这份表有 1 处错误').waitFor();
    await page.getByRole('cell', { name: '来源', exact: true }).waitFor();
    const marked = read(await downloaded(page, '下载标注好的表', 'marked.xlsx'));
    expect(Object.keys(marked.comments)).toEqual([`${at('来源')}2`]);
    expect(marked.cells[`${at('标题')}2`]).toBe('填表登记的');

    execFileSync('python3', [SHEETS, 'fill', filled, filled, `${at('来源')}2=调研`]);
    await page.getByLabel('选择填好的表').setInputFiles(filled);
    await page.getByText('共 1 行，没有错误').waitFor();
    await page.getByRole('button', { name: '全部登记（1 项）' }).click();
    await page.getByText('已登记 1 项').waitFor();
  });

  it('is refused with a sentence where it is no table at all', async () => {
    const page = await as('ys-recorder', '/items#import');
    const broken = join(folder, 'broken.xlsx');
    writeFileSync(broken, 'PK\u0003\u0004 no book');
    await page.getByLabel('选择填好的表').setInputFiles(broken);
    await page.getByRole('alert').waitFor();
  });
});

interface Sheet {
  cells: Record<string, string>;
  comments: Record<string, string>;
}

function read(path: string): Sheet {
  return JSON.parse(execFileSync('python3', [SHEETS, 'read', path]).toString()) as Sheet;
}

// The cells below that head, wherever it stands.
function columnOf(cells: Record<string, string>, head: string): string[] {
  const name = Object.keys(cells).find((each) => cells[each] === head) ?? '';
  const [, letters = '', number = ''] = /^([A-Z]+)(\d+)$/.exec(name) ?? [];
  return Object.entries(cells)
    .filter(([each]) => each.replace(/\d/g, '') === letters)
    .filter(([each]) => Number(each.replace(/\D/g, '')) > Number(number))
    .map(([, words]) => words);
}

async function downloaded(page: Page, button: string, name: string): Promise<string> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const path = join(folder, name);
  await (await waiting).saveAs(path);
  return path;
}

const row = (page: Page, index: number): Locator => page.locator(`#row-${index}`);

async function expectPlace(box: Locator): Promise<void> {
  await box.waitFor();
  await expect
    .poll(() => box.evaluate((list) => list.scrollTop), { timeout: 10_000 })
    .toBe(36 * 60);
}
