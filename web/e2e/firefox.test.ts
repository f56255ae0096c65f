// The office in a stock Firefox ESR, the other browser of old office computers: what depends on
// the browser.
import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type BrowserContext, type Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import type { Language } from '../src/lib/words';
import { Person } from './person';
import { PLACE } from './work';

const site = () => ({ base: inject('base'), passwords: inject('passwords') });
const base = (host = '127.0.0.1') => inject('base').replace('127.0.0.1', host);
const FIREFOX = '/usr/bin/firefox-esr';
const WAIT_MS = 60_000;
let browser: Browser;
let context: BrowserContext;
const troubles: string[] = [];

beforeAll(async () => {
  if (!existsSync(FIREFOX)) throw new Error(`no ${FIREFOX}: script/setup installs it`);
  browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    headless: true,
    // Another name of the same server: a page over plain HTTP that is not secure.
    extraPrefsFirefox: { 'network.dns.localDomains': 'office.test' },
  });
}, 120_000);
afterAll(async () => {
  await browser.close();
  expect(troubles, 'what the pages complained of').toEqual([]);
});
afterEach(() => context.close());

async function open(path: string, host = '127.0.0.1', language: Language = 'zh-CN'): Promise<Page> {
  context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  await page.setViewport({ width: 1366, height: 768 });
  page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error.message}`));
  await page.evaluateOnNewDocument((words) => {
    // The empty page before the first has no storage.
    if (location.host) localStorage.setItem('tz.language', words);
  }, language);
  await page.goto(base(host) + path);
  return page;
}

async function signIn(account: string, path: string, host?: string): Promise<Page> {
  const page = await open(`/sign-in?next=${encodeURIComponent(path)}`, host);
  await page.locator('input[autocomplete=username]').fill(account);
  await page
    .locator('input[autocomplete=current-password]')
    .fill(inject('passwords')[account] ?? '');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !location.pathname.startsWith('/sign-in'));
  return page;
}

const waitForText = (page: Page, words: string, timeout = WAIT_MS) =>
  page.waitForFunction((text) => document.body.innerText.includes(text), { timeout }, words);
const heading = (page: Page, words: string) =>
  page.waitForFunction((text) => document.querySelector('h1')?.innerText.includes(text), {}, words);
const visible = (label: string) => `::-p-aria(${label})`;

it('leads from the country to one community in five clicks', async () => {
  const page = await open('/');
  await page.waitForSelector('ol.article');
  await page.goto(`${inject('base')}/units`);
  for (const name of ['吉林省', '吉林市', '船营区', '北极街道', '致和南社区']) {
    await page.locator(`::-p-xpath(//th[@scope="row"]//a[.="${name}"])`).click();
    await heading(page, name);
  }
  await page.waitForSelector('canvas'); // its trend is drawn
});

it('lists an item over plain HTTP, and another person sees it by the stream', async () => {
  const page = await signIn('ys-supervisor', `/units/${PLACE.code}`, 'office.test');
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  await waitForText(page, '实时');
  const before = await openCount(page);
  const recorder = await Person.signIn(site(), 'ys-recorder');
  const no = await recorder.list('火狐里看到的');
  await page.waitForFunction(
    (count) => document.querySelector('dl.numbers dd')?.textContent?.startsWith(String(count)),
    {},
    before + 1,
  );
  await page.goto(`${base('office.test')}/items/${no}`);
  await heading(page, '火狐里看到的');
  // Its proof is checked by the hashing that came with the page, once a checkpoint covers it: one
  // is signed each minute.
  await page.locator('.proof-mark').click();
  await waitForText(page, '证明成立', 150_000);
});

it('takes a step by a form, and prints the item', async () => {
  const recorder = await Person.signIn(site(), 'ys-recorder');
  const no = await recorder.list('火狐里办理的');
  const page = await signIn('ys-supervisor', `/items/${no}`);
  await page.locator(visible('不予立项')).click();
  await page.locator('textarea').fill('与另一件重复。');
  await page.locator(visible('提交')).click();
  await page.waitForSelector('.receipt');
  await page.goto(`${base()}/items/${no}/print/sheet`);
  await waitForText(page, no);
});

it('speaks English', async () => {
  const page = await open('/units', 'office.test', 'en');
  await page.waitForSelector('dl.numbers dd');
  await waitForText(page, 'Overdue');
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
});

/** How many items are open, as the unit's page says. */
async function openCount(page: Page): Promise<number> {
  await page.waitForSelector('dl.numbers dd');
  return page.$eval('dl.numbers dd', (number) => Number.parseInt(number.textContent ?? '', 10));
}
