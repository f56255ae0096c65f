// Open pages stay true: by the stream, over a line that breaks, without a stream, and overnight.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Between } from './between';
import { openBrowser } from './browser';
import { Person } from './person';
import { Demo } from './server';
import { begin, PLACE, totals } from './work';

let demo: Demo;
let between: Between;
let recorder: Person;
beforeAll(async () => {
  demo = await Demo.begin();
  between = await Between.before(demo.base);
  recorder = await Person.signIn(demo, 'ys-recorder');
});
const { visit, as } = openBrowser(() => demo);
afterAll(async () => {
  await between.end();
  await demo.end();
});

const UNIT = `/units/${PLACE.code}`;
const state = (page: Page, words: string) => page.locator('.live').getByText(words).waitFor();
const open = async (page: Page) => (await totals(page))['未销号'] ?? 0;
const showsOpen = (page: Page, count: number) =>
  expect.poll(() => open(page), { timeout: 60_000 }).toBe(count);

describe('an open page', () => {
  it('shows a total that another person changed, by the stream alone', async () => {
    const page = await as('ys-supervisor', UNIT);
    await state(page, '实时');
    const before = await open(page);
    // Nothing but the stream can tell the page: asking for the position does not come through.
    await page.route('**/api/v1/ledger', (route) => route.abort());
    await page.evaluate(markChange);
    await recorder.list('第一件');
    const received = Date.now();
    await showsOpen(page, before + 1);
    const seen = await page.evaluate(() => (window as unknown as Marked).tzChanged);
    // One machine, one clock.
    console.log(`a total was on screen ${seen - received} ms after the receipt`);
    expect(seen - received).toBeLessThan(5_000);
  });

  it('says that the line broke, mends it, and catches up with what it missed', async () => {
    const page = await as('ys-supervisor', UNIT, { base: between.base });
    await page.locator('.trend canvas').first().waitFor();
    await state(page, '实时');
    const before = await open(page);
    between.cut();
    await state(page, '连接中断，正在重连');
    await recorder.list('断线时登记');
    await recorder.list('断线时又登记');
    expect(await open(page)).toBe(before);
    between.mend();
    await showsOpen(page, before + 2);
    await state(page, '实时');
  });

  it('goes back to the stream once that comes through again', async () => {
    between.swallows = true;
    const page = await as('ys-supervisor', '/', { base: between.base, clock: true });
    await page.clock.fastForward(8_000);
    await state(page, '定时更新');
    between.swallows = false;
    await page.clock.fastForward(4_000);
    await state(page, '实时');
  });

  it('polls where a proxy swallows the stream', async () => {
    between.swallows = true;
    const page = await as('ys-supervisor', UNIT, { base: between.base });
    await state(page, '定时更新');
    const before = await open(page);
    await recorder.list('没有实时流');
    await showsOpen(page, before + 1);
    between.swallows = false;
  });
});

describe('a page left open overnight', () => {
  it('has another day, and what has become overdue by it', async () => {
    const page = await visit('/units/YS01', { clock: true });
    await page.getByText('今天是 2019年9月20日').waitFor();
    const late = (await totals(page))['逾期'] ?? 0;
    await demo.daysLater(30);
    await wakeUp(page);
    await page.getByText('今天是 2019年10月20日').waitFor();
    const again = await visit('/units/YS01');
    await again.getByText('今天是 2019年10月20日').waitFor();
    await expect.poll(() => totals(page), { timeout: 60_000 }).toEqual(await totals(again));
    expect((await totals(page))['逾期']).toBeGreaterThan(late);
  });

  it('asks to sign in again where the session has ended, and has kept what was typed', async () => {
    recorder = await Person.signIn(demo, 'ys-recorder');
    const no = await recorder.list('隔夜的事项');
    const page = await as('ys-supervisor', `/items/${no}`, { clock: true });
    await begin(page, '不予立项');
    await page.getByLabel('理由').fill('经查不属实，');
    await page.clock.fastForward(1_000);
    await demo.daysLater(1);
    await wakeUp(page);
    await page.getByRole('heading', { name: '请先登录' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: '登录' }).click();
    await page.locator('input[autocomplete=username]').fill('ys-supervisor');
    const password = demo.passwords['ys-supervisor'] ?? '';
    await page.locator('input[autocomplete=current-password]').fill(password);
    await page.keyboard.press('Enter');
    await page.getByText('已恢复您上次未提交的内容。').waitFor();
    expect(await page.getByLabel('理由').inputValue()).toBe('经查不属实，');
  });
});

// Somebody opens the lid in the morning: the clock has gone on, and the page is looked at.
async function wakeUp(page: Page): Promise<void> {
  await page.clock.fastForward('12:00:00');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}

interface Marked {
  tzChanged: number;
}

// Runs in the page: notes when the first of its totals was drawn anew.
function markChange(): void {
  const numbers = document.querySelector('dl.numbers dd');
  if (!numbers) throw new Error('no totals on this page');
  new MutationObserver((_, observer) => {
    (window as unknown as Marked).tzChanged = Date.now();
    observer.disconnect();
  }).observe(numbers, { subtree: true, childList: true, characterData: true });
}
