// The first account of a new ledger, made in the browser by whoever has the code of the terminal.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFaults, openBrowser, PHONE, WIDE } from './browser';
import { PROGRAM, taizhang } from './server';

const PASSWORD = '山前有一棵老槐树7号';
const WRONG = '00000-00000-00000-00000-0';
let folder = '';
let ledger = '';
let base = '';
let code = '';
let server: ChildProcess;
const { visit } = openBrowser(() => ({ base, passwords: {} }));

/** Serves it, and reads address and code as they are printed; with an account there is no code. */
async function serve(): Promise<string> {
  const started = spawn(PROGRAM, ['--lang', 'en', 'serve', ledger, '--listen', '127.0.0.1:0']);
  server = started;
  const said = await new Promise<string>((resolve, reject) => {
    let text = '';
    const listen = (bytes: Buffer) => {
      text += bytes.toString();
      if (/http:\/\/127\.0\.0\.1:\d+\s/.test(text)) resolve(text);
    };
    started.stdout.on('data', listen);
    started.stderr.on('data', listen);
    started.on('exit', (status) => reject(new Error(`the server ended with ${status}: ${text}`)));
  });
  base = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
  code = /(?:[0-9A-Z]{5}-){4}[0-9A-Z]/.exec(said)?.[0] ?? '';
  return said;
}

async function stop(): Promise<void> {
  const ended = new Promise((resolve) => server.on('exit', resolve));
  server.kill('SIGTERM');
  await ended;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tz-setup-'));
  ledger = join(folder, 'ledger');
  taizhang('init', ledger);
  await serve();
});
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Filled {
  code?: string;
  name?: string;
  password?: string;
  again?: string;
}
async function send(page: Page, filled: Filled): Promise<void> {
  await page.getByLabel('Set-up code').fill(filled.code ?? code);
  await page.getByLabel('Account name').fill(filled.name ?? 'zhang');
  await page.getByLabel('Password', { exact: true }).fill(filled.password ?? PASSWORD);
  await page.getByLabel('The password once more').fill(filled.again ?? PASSWORD);
  await page.getByRole('button', { name: 'Make the first account' }).click();
}
const alert = async (page: Page) => (await page.getByRole('alert').textContent()) ?? '';
const typed = (page: Page, label: string) => page.getByLabel(label, { exact: true }).inputValue();

it('is a page for everybody, in both languages and on a telephone', async () => {
  for (const language of ['zh-CN', 'en'] as const)
    for (const size of [WIDE, PHONE]) {
      const page = await visit('/setup', { language, size });
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(
        false,
      );
      await page.getByRole('link', { name: language === 'en' ? '中文' : 'English' }).click();
      await page
        .getByRole('heading', { name: language === 'en' ? '初始设置' : 'Setting up this ledger' })
        .waitFor();
    }
});

it('says what is wrong, and keeps what need not be typed again', async () => {
  const page = await visit('/setup', { language: 'en' });
  await send(page, { code: WRONG });
  expect(await alert(page)).toContain('The set-up code is wrong');
  expect(await typed(page, 'Set-up code')).toBe('');
  expect(await typed(page, 'Account name')).toBe('zhang');
  expect(await typed(page, 'Password')).toBe('');
  await send(page, { password: 'short', again: 'short' });
  expect(await alert(page)).toContain('too short');
  expect(await typed(page, 'Set-up code')).toBe(code);
  await send(page, { again: 'something else 8' });
  expect(await alert(page)).toContain('not the same');
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(JSON.parse(taizhang('--json', 'account', 'list', ledger))).toEqual({ accounts: [] });
});

it('is not sent by a page of another site', async () => {
  // The same server by another name is another site to the browser.
  const page = await visit('/report?lang=en', { language: 'en', host: 'office.test' });
  await page.route('**/elsewhere', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="${base}/setup"><input name="code" value="${code}">
        <input name="name" value="mallory"><input name="password" value="${PASSWORD}">
        <input name="again" value="${PASSWORD}"><button>Win a prize</button></form>`,
    }),
  );
  await page.goto(`${base.replace('127.0.0.1', 'office.test')}/elsewhere`);
  const answered = page.waitForResponse((response) => response.url() === `${base}/setup`);
  await page.getByRole('button', { name: 'Win a prize' }).click();
  expect((await answered).status()).toBe(403);
  expect(JSON.parse(taizhang('--json', 'account', 'list', ledger))).toEqual({ accounts: [] });
});

it('makes the account, leads to signing in, and is gone', async () => {
  const page = await visit('/setup', { language: 'en' });
  await send(page, { code: code.toLowerCase().replaceAll('-', ' ') });
  await page.getByRole('heading', { name: 'The first account is there' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.locator('input[autocomplete=username]').fill('zhang');
  await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your post needs a second factor' }).waitFor();

  const late = await visit('/setup', { language: 'en' });
  await late.getByText('There is no such page').first().waitFor();
  expect(await late.getByLabel('Set-up code').count()).toBe(0);
  await stop();
  expect(await serve()).not.toContain('/setup');
  expect(code).toBe('');
  const after = await fetch(`${base}/setup`);
  expect(after.status).toBe(404);
});
