// My account and the audit log in a real browser: a second factor from the picture to the recovery
// code, sessions ended by their owner, and the rows that all of it leaves.
import { createHmac } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { accessibilityFaults, openBrowser, PHONE } from './browser';

const { as, visit } = openBrowser();

function bytesOfBase32(text: string): Buffer {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of text) bits += digits.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

/** What an authenticator shows so many steps of half a minute after the ledger's own time. */
function codeAt(secret: string, instant: string, steps: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(Math.floor(Date.parse(instant) / 30_000) + steps));
  const mac = createHmac('sha1', bytesOfBase32(secret)).update(message).digest();
  const number = mac.readUInt32BE(mac[19]! & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** The ledger's clock is simulated: only it can tell. */
async function ledgerTime(page: Page): Promise<string> {
  const answer = await page.request.get(`${inject('base')}/api/v1/units/0/rollup?by=kind`);
  return ((await answer.json()) as { instant: string }).instant;
}

async function signInAsFarAsThePassword(page: Page, account: string): Promise<void> {
  await page.locator('input[autocomplete=username]').fill(account);
  await page
    .locator('input[autocomplete=current-password]')
    .fill(inject('passwords')[account] ?? '');
  await page.keyboard.press('Enter');
}

it('turns a second factor on, signs in with it, and ends the other sessions', async () => {
  const page = await as('security-admin', '/account', { language: 'en' });
  const factor = page.getByRole('region', { name: 'Second factor' });
  await factor
    .locator('input[autocomplete=current-password]')
    .fill(inject('passwords')['security-admin'] ?? '');
  await factor.getByRole('button', { name: 'Begin' }).click();
  await factor.getByRole('img', { name: 'QR code for the authenticator' }).waitFor();
  const secret = (await factor.locator('code.secret').textContent()) ?? '';
  await factor
    .locator('input[autocomplete=one-time-code]')
    .fill(codeAt(secret, await ledgerTime(page), 0));
  await factor.getByRole('button', { name: 'Turn it on' }).click();
  await factor.getByRole('heading', { name: 'Recovery codes' }).waitFor();
  const recovery = await factor.locator('.recovery code').allTextContents();
  expect(recovery).toHaveLength(10);
  expect(await accessibilityFaults(page)).toEqual([]);
  await factor.getByRole('button', { name: 'I have put them away' }).click();
  await factor.getByText('10 recovery codes are left').waitFor();

  const other = await visit('/sign-in', { size: PHONE });
  await signInAsFarAsThePassword(other, 'security-admin');
  await other.getByRole('heading', { name: '输入动态码' }).waitFor();
  expect(await accessibilityFaults(other)).toEqual([]);
  await other.locator('input[autocomplete=one-time-code]').fill('000000');
  await other.getByRole('button', { name: '登录', exact: true }).click();
  await other.getByRole('alert').waitFor();
  await other.locator('input[autocomplete=one-time-code]').fill(recovery[0] ?? '');
  await other.getByRole('button', { name: '登录', exact: true }).click();
  await other.waitForURL((url) => !url.pathname.startsWith('/sign-in'));

  await page.reload();
  const sessions = page.getByRole('region', { name: 'Where I am signed in' }).first();
  await sessions.getByRole('button', { name: 'End all others' }).click();
  await sessions.getByRole('button', { name: 'End all others' }).waitFor({ state: 'detached' });
  await other.goto(`${inject('base')}/account`);
  await other.getByText('请先登录').first().waitFor();

  const ended = page.getByRole('region', { name: 'Second factor' });
  await ended
    .locator('input[autocomplete=current-password]')
    .fill(inject('passwords')['security-admin'] ?? '');
  await ended.locator('input[autocomplete=one-time-code]').fill(recovery[1] ?? '');
  await ended.getByRole('button', { name: 'Turn it off' }).click();
  await ended.getByRole('button', { name: 'Begin' }).waitFor();
});

it('issues a token that is told once, and revokes it', async () => {
  const page = await as('security-admin', '/account');
  const tokens = page.getByRole('region', { name: '程序用的令牌' }).first();
  await tokens.getByLabel('用途').fill('夜间导出');
  await tokens.getByRole('button', { name: '签发令牌' }).click();
  const told = await tokens.locator('code.secret').textContent();
  expect(told).toMatch(/^tz_[\w-]{43}$/);
  await page.reload();
  await tokens.getByText('夜间导出').waitFor();
  await page.setViewportSize(PHONE);
  for (const words of ['夜间导出', '撤销'])
    expect(
      await tokens
        .getByText(words)
        .last()
        .evaluate((each) => each.getBoundingClientRect().right),
    ).toBeLessThanOrEqual(PHONE.width);
  expect(await tokens.locator('code.secret').count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await tokens.getByRole('button', { name: '撤销' }).click();
  await tokens.getByText('没有令牌。').waitFor();
});

it('shows the audit administrator who did what, and nobody else', async () => {
  for (const language of ['zh-CN', 'en'] as const) {
    const page = await as('audit-admin', '/audit?account=audit-admin', { language });
    const words = language === 'en' ? 'Signed in' : '登录';
    await page.getByRole('cell', { name: words, exact: true }).first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  }
  const narrow = await as('audit-admin', '/audit', { size: PHONE });
  await narrow.getByRole('cell').first().waitFor();
  const wide = await narrow.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide).toBe(false);
  const stranger = await as('security-admin', '/audit');
  await stranger.getByText('审计管理员', { exact: false }).first().waitFor();
  expect(await stranger.getByRole('cell').count()).toBe(0);
});
