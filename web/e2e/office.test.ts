// The old office computer: 1366 × 768, plain HTTP, and another name than the machine's own, so that
// the page is not secure and the browser has no WebCrypto.
import { readFile } from 'node:fs/promises';
import { inject, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { OFFICE, openBrowser } from './browser';
import { Person } from './person';
import { listItem } from './work';

const { as } = openBrowser();
const how = { host: 'office.test', size: OFFICE };
const PROJECT = '/projects/{老旧小区增设停车位（虚构）}'; // the number of the item so called

async function parking(): Promise<string> {
  const person = await Person.signIn(
    { base: inject('base'), passwords: inject('passwords') },
    'jilin-supervisor',
  );
  const list = await person.get<{ items: { item: string }[] }>(
    '/api/v1/items?unit=220204006001-X01',
  );
  return list.items[0]?.item ?? '';
}

describe('an office over plain HTTP', () => {
  it('signs in where the page is not secure', async () => {
    const page = await as('jilin-supervisor', '/work', how);
    await page.getByRole('heading', { level: 1, name: '我的工作' }).waitFor();
    expect(new URL(page.url()).hostname).toBe('office.test');
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    expect(await page.evaluate(() => typeof crypto.subtle)).toBe('undefined');
    await page.locator('.live').getByText('实时').waitFor();
  });

  it('checks a proof by the hashing that came with the page', async () => {
    const page = await as('jilin-supervisor', `/items/${await parking()}`, how);
    await page.locator('.proof-mark').last().click();
    await page.getByText('证明成立').waitFor();
    await page.getByText('用的是随页面附带的 SHA-256').waitFor();
    expect(await page.locator('.proof ol li').count()).toBe(8);
  });

  it('finds a proof wrong that was tampered with on the way', async () => {
    const page = await as('jilin-supervisor', `/items/${await parking()}`, how);
    await page.route('**/proof', async (route) => {
      // The name is known to the browser alone.
      const url = route.request().url().replace('office.test', '127.0.0.1');
      const answer = await route.fetch({ url });
      const proof = (await answer.json()) as { payload: string };
      await route.fulfill({ json: { ...proof, payload: proof.payload.replace(/[1-9]/, '0') } });
    });
    await page.locator('.proof-mark').last().click();
    await page.getByText('证明不成立').waitFor();
  });

  it('downloads the list, a checkpoint and the evidence', async () => {
    const no = await parking();
    const page = await as('jilin-supervisor', '/items', how);
    await page.getByText('下载', { exact: true }).click();
    const sheet = await downloaded(page, 'Excel 文件（.xlsx）');
    expect(sheet.name).toMatch(/^台账清单-\d{4}-\d{2}-\d{2}\.xlsx$/);
    expect(sheet.bytes.subarray(0, 2).toString()).toBe('PK');
    await page.goto(`${new URL(page.url()).origin}/items/${no}`);
    await page.locator('.proof-mark').last().click();
    const checkpoint = await downloaded(page, '下载检查点');
    expect(checkpoint.bytes.toString()).toMatch(/\n— \S+ \S+\n$/);
    const file = await downloaded(page, '下载', '#evidence');
    expect(file.bytes.length).toBeGreaterThan(0);
    await page.getByText('内容与台账所记指纹相符').waitFor();
  });

  it('lists an item, and copies its number', async () => {
    const page = await as('ys-recorder', '/items/new', how);
    await listItem(page, { title: '不加密的网络上登记' });
    await page.getByRole('button', { name: '复制' }).click();
    await page.getByText('已复制').waitFor();
  });

  it.each([
    ['/', 'ys-verifier-1'],
    ['/units/2202', 'ys-verifier-1'],
    ['/work', 'ys-verifier-1'],
    ['/items', 'ys-verifier-1'],
    ['/items/new', 'ys-recorder'],
    ['/queue', 'ys-verifier-1'],
    ['/help', 'ys-verifier-1'],
    [PROJECT, 'ys-supervisor'],
    ['/ballots', 'ys-supervisor'],
    ['/funds', 'ys-supervisor'],
    ['/funds/ys_relief', 'ys-supervisor'],
    ['/schemes', 'xa-demo-lead'],
    ['/schemes/ys_round_3', 'xa-demo-lead'],
    ['/rosters', 'ys-supervisor'],
    ['/services?part=catalogue', 'ys-supervisor'],
    ['/services/YS010101', 'ys-supervisor'],
    ['/services/YS010101?part=disputes', 'ys-supervisor'],
    ['/units/YS01/verdicts', 'ys-supervisor'],
  ])('fits its screen: %s', async (path, account) => {
    const person = await Person.signIn(
      { base: inject('base'), passwords: inject('passwords') },
      account,
    );
    const page = await as(account, await person.numbered(path), how);
    await page.getByRole('heading').first().waitFor();
    await page.waitForFunction(() => !document.querySelector('.loading'));
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
  });
});

async function downloaded(page: Page, button: string, within = 'body') {
  const waiting = page.waitForEvent('download');
  await page.locator(within).getByRole('button', { name: button }).first().click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}
