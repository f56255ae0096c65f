// Signing in through an identity provider that is another program: npm's oidc-provider, with PKCE
// enforced. First the way that works, then every way that must not.
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFaults, openBrowser, PHONE } from './browser';
import { Demo, taizhang } from './server';
import { IdentityProvider } from './identity-provider';

const SECRET = 'a secret of this test, of no other use';
const START = '/api/v1/session/identity-provider';

let demo: Demo;
let provider: IdentityProvider;
const { visit, as } = openBrowser(() => demo);

function settings(secondFactor: 'ours' | 'theirs'): string {
  return `identity_provider:
  issuer: ${provider.issuer}
  client_id: taizhang
  client_secret_file: identity.secret
  address: ${demo.base}
  second_factor: ${secondFactor}
  label: {zh-CN: 统一身份认证登录, en: Sign in with the unified identity provider}
`;
}

beforeAll(async () => {
  demo = await Demo.begin();
  provider = await IdentityProvider.begin({
    client: 'taizhang',
    secret: SECRET,
    ledger: demo.base,
  });
  writeFileSync(join(demo.ledger, 'keys/identity.secret'), `${SECRET}\n`, { mode: 0o600 });
  appendFileSync(join(demo.ledger, 'config.yaml'), settings('theirs'));
  await demo.restart();
  taizhang('account', 'bind', demo.ledger, 'ys-recorder', '--subject', 'li-1');
});
afterAll(async () => {
  await demo.end();
  await provider.end();
});

/** As a person does: the button, then name and password at the provider. */
async function goThrough(page: Page, subject: string): Promise<void> {
  await page.getByRole('link', { name: /统一身份认证登录|unified identity/ }).click();
  await page.waitForURL((url) => url.origin === provider.issuer);
  await page.locator('input[name=login]').fill(subject);
  await page.locator('input[name=password]').fill('anything');
  await page.locator('button[type=submit]').click();
  await page.getByRole('button', { name: 'Continue' }).click(); // it asks whether it may tell us
}

const alert = (page: Page) => page.getByRole('alert').textContent();
const rows = async () => {
  const page = await as('audit-admin', '/account');
  const answer = await page.request.get(`${demo.base}/api/v1/audit?act=signed_in_by_provider`);
  const told = (await answer.json()) as { rows: { result: string; account: string | null }[] };
  await page.context().close();
  return told.rows;
};

it('signs in, without a password here, and shows the binding', async () => {
  for (const language of ['zh-CN', 'en'] as const) {
    const page = await visit('/sign-in', { language, size: PHONE });
    expect(await accessibilityFaults(page)).toEqual([]);
    await goThrough(page, 'li-1');
    await page.waitForURL((url) => url.pathname === '/work');
    await page.goto(`${demo.base}/account`);
    await page.getByText(/li-1/).waitFor();
    expect(await page.locator('input[autocomplete=current-password]').count()).toBe(0);
    const data = await page.request.get(`${demo.base}/api/v1/account/data`);
    const told = (await data.json()) as { account: { identity: { subject: string } } };
    expect(told.account.identity.subject).toBe('li-1');
    await page.context().close();
  }
  expect((await rows())[0]?.result).toBe('ok');
});

it('takes no way back twice', async () => {
  const page = await visit('/sign-in');
  let back = '';
  page.on('request', (request) => {
    if (request.url().includes('/back?')) back = request.url();
  });
  await goThrough(page, 'li-1');
  await page.waitForURL((url) => url.pathname === '/work');
  await page.goto(back);
  expect(await alert(page)).toContain('请重新登录');
  expect((await rows())[0]?.result).toBe('identity_state_unknown');
});

it('takes no way back that another browser began', async () => {
  const page = await visit('/sign-in');
  const others = (await fetch(demo.base + START, { redirect: 'manual' })).headers.get('location');
  const state = new URL(others ?? '').searchParams.get('state') ?? '';
  await page.goto(`${demo.base}${START}/back?state=${state}&code=x`);
  expect(await alert(page)).toContain('另一个浏览器');
  expect(await page.context().cookies()).toEqual([]);
  expect((await rows())[0]?.result).toBe('identity_state_elsewhere');
});

it('knows nobody whom no account is bound to', async () => {
  const page = await visit('/sign-in', { language: 'en' });
  await goThrough(page, 'stranger');
  await page.getByRole('alert').waitFor();
  expect(await alert(page)).toContain('no account here is bound to you');
  expect(await accessibilityFaults(page)).toEqual([]);
  expect((await rows())[0]?.result).toBe('identity_unbound');
  await page.getByRole('link', { name: 'Back to signing in' }).click();
  await page.waitForURL((url) => url.pathname === '/sign-in');
});

it('shows nothing of what the service says when it refuses', async () => {
  const page = await visit('/sign-in', { language: 'en' });
  await page.getByRole('link', { name: /unified identity/ }).click();
  await page.waitForURL((url) => url.origin === provider.issuer);
  await page.getByRole('link', { name: /Cancel/ }).click();
  await page.getByRole('alert').waitFor();
  expect(await alert(page)).toContain('did not sign you in');
  expect(await page.content()).not.toContain('access_denied');
  expect((await rows())[0]?.result).toBe('identity_refused');
});

it('lets a disabled account in no more', async () => {
  taizhang('account', 'disable', demo.ledger, 'ys-recorder');
  const page = await visit('/sign-in', { language: 'en' });
  await goThrough(page, 'li-1');
  await page.getByRole('alert').waitFor();
  expect(await alert(page)).toContain('This account cannot sign in');
  expect((await rows())[0]).toMatchObject({ result: 'identity_account_off' });
  taizhang('account', 'enable', demo.ledger, 'ys-recorder');
});

it('believes no token that another key signed', async () => {
  provider.signWithAnotherKey(true);
  const page = await visit('/sign-in', { language: 'en' });
  await goThrough(page, 'li-1');
  await page.getByRole('alert').waitFor();
  expect(await alert(page)).toContain('not signed by it');
  expect((await rows())[0]?.result).toBe('identity_signature_bad');
  provider.signWithAnotherKey(false);
});

it('asks for a code of its own where the ledger says so', async () => {
  const config = join(demo.ledger, 'config.yaml');
  writeFileSync(config, `version: 1\n${settings('ours')}sign_in: {second_factor: [recorder]}\n`);
  await demo.restart();
  const page = await visit('/sign-in', { language: 'en' });
  await goThrough(page, 'li-1');
  await page.getByRole('heading', { name: 'Your post needs a second factor' }).waitFor();
  const own = await page.request.get(`${demo.base}/api/v1/work`);
  expect(own.status()).toBe(403);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('img', { name: 'QR code for the authenticator' }).waitFor();
});

it('is bound and unbound by whoever has the machine, and its sessions end', async () => {
  writeFileSync(join(demo.ledger, 'config.yaml'), `version: 1\n${settings('theirs')}`);
  await demo.restart();
  const page = await visit('/sign-in');
  await goThrough(page, 'li-1');
  await page.waitForURL((url) => url.pathname === '/work');
  taizhang('account', 'unbind', demo.ledger, 'ys-recorder');
  expect((await page.request.get(`${demo.base}/api/v1/session`)).status()).toBe(401);
  expect(() => taizhang('account', 'unbind', demo.ledger, 'ys-recorder')).toThrow();
});
