// One Chromium for a file of tests, and people who sign in with it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import type { Language } from '../src/lib/words';
import { CHROMIUM, type Site } from './server';

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
// How long a page may take to show what is waited for, on a machine that has other work.
const WAIT_MS = 60_000;
export const WIDE = { width: 1440, height: 900 };
export const OFFICE = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };

export interface Visit {
  language?: Language;
  size?: { width: number; height: number };
  /** Another name of the same server: a page over plain HTTP that is not secure. */
  host?: string;
  /** Another address of the same server, such as a proxy's. */
  base?: string;
  /** The page's clock goes on as usual, and can be brought further. */
  clock?: boolean;
}

const shared = (): Site => ({ base: inject('base'), passwords: inject('passwords') });

/**
 * A browser for the tests of one file; `visit` opens a page, `as` signs in first. `site` says which
 * ledger, if it is not the one that the files share.
 */
export function openBrowser(site: () => Site = shared) {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const troubles: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [...FLAGS, '--host-resolver-rules=MAP office.test 127.0.0.1'],
    });
  });
  // TZ_PICTURES names a folder for pictures of the pages that stood open when a test failed.
  afterEach(async ({ task }) => {
    const folder = process.env.TZ_PICTURES;
    if (!folder || task.result?.state !== 'fail') return;
    const pages = contexts.flatMap((context) => context.pages());
    for (const [index, page] of pages.entries())
      await page.screenshot({ path: join(folder, `${task.name}-${index}.png`), fullPage: true });
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await browser.close();
    expect(troubles, 'what the pages complained of').toEqual([]);
  });

  async function visit(path: string, how: Visit = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: how.size ?? OFFICE,
      locale: how.language ?? 'zh-CN',
      reducedMotion: 'reduce',
    });
    contexts.push(context);
    context.setDefaultTimeout(WAIT_MS);
    await context.addInitScript(
      (language) => localStorage.setItem('tz.language', language),
      how.language ?? 'zh-CN',
    );
    await context.addInitScript(complainOfStyles);
    const page = await context.newPage();
    page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      // An answer that says no is shown to the reader by the page; the browser notes it as well.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
        troubles.push(`${page.url()}: ${message.text()}`);
    });
    if (how.clock) await page.clock.install();
    const base = how.base ?? site().base;
    await page.goto((how.host ? base.replace('127.0.0.1', how.host) : base) + path);
    return page;
  }

  async function as(account: string, path: string, how: Visit = {}): Promise<Page> {
    const page = await visit(`/sign-in?next=${encodeURIComponent(path)}`, how);
    const password = site().passwords[account];
    if (!password) throw new Error(`the demonstration has no account ${account}`);
    await page.locator('input[autocomplete=username]').fill(account);
    await page.locator('input[autocomplete=current-password]').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
  }

  return { visit, as };
}

/** Who goes on from there is the person of that cookie, as the session's answer gave it. */
export async function withCookie(context: BrowserContext, cookie: string, url: string) {
  const at = cookie.indexOf('=');
  const [name, value] = [cookie.slice(0, at), cookie.slice(at + 1)];
  await context.addCookies([{ name, value, url: new URL(url).origin }]);
}

// Runs in the page: the component library's styles are made while the web is built, all of them.
function complainOfStyles(): void {
  new MutationObserver((changes) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes]))
      if (node instanceof HTMLStyleElement && node.dataset.cssHash)
        console.error(`library-styles.ts lacks what begins with ${node.textContent?.slice(0, 60)}`);
  }).observe(document, { subtree: true, childList: true });
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

export interface Looked {
  faults: string[]; // a line a fault
  passed: number; // rules that apply here and hold
}

/** What axe finds on the page as it is now (WCAG 2.2 A and AA). */
export async function accessibility(page: Page): Promise<Looked> {
  // Evaluated by the debugger, which the page's policy for scripts does not concern.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    interface Axe {
      run: (options: object) => Promise<{
        violations: { id: string; impact: string; nodes: { target: string[] }[] }[];
        passes: object[];
      }>;
    }
    const axe = (globalThis as unknown as { axe: Axe }).axe;
    const result = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    });
    const faults = result.violations.flatMap((fault) =>
      fault.nodes.map((node) => `${fault.id} (${fault.impact}): ${node.target.join(' ')}`),
    );
    return { faults, passed: result.passes.length };
  });
}

export async function accessibilityFaults(page: Page): Promise<string[]> {
  return (await accessibility(page)).faults;
}
