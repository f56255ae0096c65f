// Every table of what residents get is taken along as a file, in the language of the page.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { openBrowser } from './browser';
import { Person } from './person';

const { as } = openBrowser();
const Y = 'ys-supervisor';
const X = 'xa-demo-lead';
const BUTTONS = {
  'zh-CN': /^(下载表格|导出表格|全部借款（CSV）)$/,
  en: /^(Download the table|Save as a table|All loans \(CSV\))$/,
};
// The first cell of each table, in the order of the page.
const PAGES: [path: string, account: string, first: Record<'zh-CN' | 'en', string[]>][] = [
  [
    '/projects/{老旧小区增设停车位（虚构）}',
    Y,
    {
      'zh-CN': ['编号', '事项编号', '事项编号', '编号', '编号'],
      en: ['Number', 'item', 'item', 'Number', 'Number'],
    },
  ],
  ['/ballots', Y, { 'zh-CN': ['票决'], en: ['ballot'] }],
  ['/funds', Y, { 'zh-CN': ['基金'], en: ['fund'] }],
  [
    '/funds/ys_relief',
    Y,
    {
      'zh-CN': ['逾期天数自', '自', '月份', '单位代码', '事项编号'],
      en: ['days late from', 'from', 'month', 'unit', 'item'],
    },
  ],
  ['/schemes', X, { 'zh-CN': ['征迁项目'], en: ['scheme'] }],
  ['/schemes/ys_round_3', X, { 'zh-CN': ['单位代码', '征迁项目'], en: ['Unit code', 'scheme'] }],
  ['/rosters', Y, { 'zh-CN': ['征迁项目'], en: ['scheme'] }],
  ['/services?part=catalogue', Y, { 'zh-CN': ['事项'], en: ['service'] }],
  ['/services/YS010101', Y, { 'zh-CN': ['单位代码'], en: ['unit'] }],
  [
    '/services/YS010101?part=disputes',
    Y,
    { 'zh-CN': ['单位代码', '编号'], en: ['unit', 'number'] },
  ],
  ['/units/YS01/verdicts', Y, { 'zh-CN': ['范围'], en: ['where'] }],
];

it.each(PAGES)('of %s', { timeout: 240_000 }, async (path, account, first) => {
  const site = { base: inject('base'), passwords: inject('passwords') };
  const person = await Person.signIn(site, account);
  for (const language of ['zh-CN', 'en'] as const) {
    const page = await as(account, await person.numbered(path), { language });
    await page.getByRole('heading').first().waitFor();
    await expect.poll(() => page.locator('.loading').count(), { timeout: 60_000 }).toBe(0);
    expect(await firstCells(page, BUTTONS[language])).toEqual(first[language]);
    await page.context().close();
  }
});

async function firstCells(page: Page, name: RegExp): Promise<string[]> {
  const cells: string[] = [];
  for (const button of await page.getByRole('button', { name }).all()) {
    const waiting = page.waitForEvent('download');
    await button.click();
    const download = await waiting;
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const text = (await readFile(await download.path())).toString('utf8');
    const lines = text.trimEnd().split('\r\n');
    expect(text.startsWith('\uFEFF'), 'whoever opens it sees its characters').toBe(true);
    expect(lines.length, download.suggestedFilename()).toBeGreaterThan(1);
    cells.push(lines[0]?.slice(1).split(',')[0] ?? '');
  }
  return cells;
}
