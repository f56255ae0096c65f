// One item's life with the keyboard only: nothing is clicked.
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { openBrowser } from './browser';
import { choose, press, tabTo, typeDay, typeInto, typeUnit } from './keys';
import { daysAfter, ledgerDay, pdf } from './work';

const { visit } = openBrowser();
const TITLE = '楼道堆放杂物';
let no = '';

async function signIn(account: string): Promise<Page> {
  const page = await visit('/sign-in');
  await page.getByLabel('用户名').waitFor();
  await typeInto(page, page.getByLabel('用户名'), account);
  await typeInto(page, page.getByLabel('密码'), inject('passwords')[account] ?? '');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: '我的工作' }).waitFor();
  return page;
}

async function openFromWork(account: string): Promise<Page> {
  const page = await signIn(account);
  await press(page, page.getByRole('link', { name: TITLE }));
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  return page;
}

async function begin(page: Page, step: string): Promise<void> {
  await press(page, page.getByRole('button', { name: step, exact: true }));
  // The form takes the focus, so that one goes on from there.
  const heading = page.getByRole('heading', { level: 2, name: step, exact: true });
  await expect.poll(() => heading.evaluate((it) => it === document.activeElement)).toBe(true);
}

async function send(page: Page): Promise<void> {
  await press(page, page.getByRole('button', { name: '提交', exact: true }));
  await page.locator('.receipt').waitFor();
  expect(await page.locator('.receipt').evaluate((it) => it === document.activeElement)).toBe(true);
}

describe.sequential('an item, by keyboard alone', () => {
  it('can be begun at the content, past the header', async () => {
    const page = await visit('/units/2202');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await press(page, page.getByRole('link', { name: '跳到正文' }));
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  });

  it('is listed', async () => {
    const page = await signIn('ys-recorder');
    await press(page, page.getByRole('link', { name: '登记事项' }));
    await page.getByLabel('标题', { exact: true }).waitFor();
    await typeUnit(page, page.getByLabel('所在地'), 'YS010101-03', '演示社区03');
    await typeInto(page, page.getByLabel('标题', { exact: true }), TITLE);
    await choose(page, page.getByLabel('问题来源', { exact: true }), '网格巡查');
    await press(page, page.getByRole('button', { name: '登记', exact: true }));
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    no = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  });

  it('is assigned', async () => {
    const page = await openFromWork('ys-supervisor');
    await begin(page, '交办');
    await typeUnit(page, page.getByLabel('牵头单位'), 'YS0101-ZJJ', '演示县住房和城乡建设局');
    await typeDay(page, page.getByLabel('办理期限'), daysAfter(await ledgerDay(page), 30));
    await send(page);
  });

  it('is planned, and reported on with evidence', async () => {
    const page = await openFromWork('ys-zhujian');
    await begin(page, '制定方案');
    await typeInto(page, page.getByLabel('第 1 条：做什么'), '清理楼道');
    await typeDay(page, page.getByLabel('完成日期'), daysAfter(await ledgerDay(page), 9));
    await typeInto(page, page.getByLabel('销号标准'), '楼道全部清空。');
    await send(page);
    await begin(page, '报告进展');
    await typeInto(page, page.getByLabel('说明'), '已全部清空。');
    await press(page, page.getByLabel('该措施已经完成'), 'Space');
    const chooser = page.waitForEvent('filechooser');
    await press(page, page.locator('button', { hasText: '添加文件' }));
    await (await chooser).setFiles(pdf('记录', no));
    await page.getByText('已上传').waitFor();
    await send(page);
    await begin(page, '申请销号');
    await send(page);
  });

  it('is reviewed and checked in the queue', async () => {
    const first = await signIn('ys-verifier-2');
    await press(first, first.getByRole('link', { name: '待核查' }));
    await chooseInQueue(first);
    await press(first, first.getByRole('button', { name: '初审通过' }));
    await first.getByText('已办：初审').waitFor();
    const second = await signIn('ys-verifier-1');
    await press(second, second.getByRole('link', { name: '待核查' }));
    await chooseInQueue(second);
    await press(second, second.getByLabel(/核查岗位/).first(), 'Space');
    await typeInto(second, second.getByLabel('核查情况'), '两人到场，楼道已空。');
    await press(second, second.getByRole('button', { name: '现场核查通过' }));
    await second.getByText('已办：现场核查').waitFor();
  });

  it('is found again in the ledger by moving from row to row', async () => {
    const page = await signIn('ys-supervisor');
    await press(page, page.getByRole('link', { name: '台账清单' }));
    await tabTo(page, page.getByRole('grid'));
    const current = page.locator('.list-row.current');
    const first = await current.innerText();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => current.innerText()).not.toBe(first);
    const title = (await current.locator('a').first().innerText()).trim();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
  });
});

// Goes down the queue by its own keys until this item is chosen.
async function chooseInQueue(page: Page): Promise<void> {
  const chosen = page
    .getByRole('region', { name: '选中的事项' })
    .getByRole('heading', { level: 2 });
  await chosen.waitFor();
  const seen = new Set<string>();
  for (let name = await chosen.innerText(); name !== TITLE; name = await chosen.innerText()) {
    expect(seen, 'the queue does not lead on').not.toContain(name);
    seen.add(name);
    await page.keyboard.press('j');
    await expect.poll(() => chosen.innerText()).not.toBe(name);
  }
}
