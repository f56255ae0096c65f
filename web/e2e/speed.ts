// Measures when a page is usable, in turn with an empty page of the same framework, built by
// the same tool: cold cache, 21 pairs, the median and the ratio of each pair. Nothing is judged
// here.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { chromium, type Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { FLAGS, OFFICE, withCookie } from './browser';
import { Person } from './person';
import { CHROMIUM } from './server';

const PAIRS = 21;
interface Measured {
  name: string;
  path: string; // a project's title in braces stands for its number
  usable: string;
  account?: string;
}
const TABLE = 'table.grid tbody tr';
const Y = 'ys-supervisor';
const X = 'xa-demo-lead';
const PROJECT = '/projects/{老旧小区增设停车位（虚构）}';
const SERVICES = '/services/YS010101';
// prettier-ignore
const PAGES: Measured[] = [
  { name: 'first page', path: '/', usable: 'main h1' },
  { name: 'unit page', path: '/units/2202', usable: TABLE },
  { name: 'project', path: PROJECT, usable: '.indicator-picture', account: Y },
  { name: 'ballots', path: '/ballots', usable: TABLE, account: Y },
  { name: 'fund', path: '/funds/ys_relief', usable: TABLE, account: Y },
  { name: 'fund for everybody', path: '/funds/ys_relief', usable: '.fund-facts' },
  { name: 'resettlement scheme', path: '/schemes/ys_round_3', usable: TABLE, account: X },
  { name: 'public rosters', path: '/rosters', usable: TABLE },
  { name: 'service catalogue', path: '/services', usable: TABLE },
  { name: 'services of a unit', path: SERVICES, usable: TABLE, account: Y },
  { name: 'disputes', path: `${SERVICES}?part=disputes`, usable: TABLE, account: Y },
  { name: 'verdicts', path: '/units/YS01/verdicts', usable: TABLE },
];
const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

const folder = mkdtempSync(join(tmpdir(), 'tz-empty-'));
let server: Server;
let browser: Browser;
beforeAll(async () => {
  await build({
    root: new URL('empty', import.meta.url).pathname,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: { outDir: folder, emptyOutDir: true, target: ['chrome109', 'firefox115'] },
  });
  server = await served(folder);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}, 300_000);
afterAll(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
});

it.each(PAGES)('$name', async ({ name, path, usable, account }) => {
  const site = { base: inject('base'), passwords: inject('passwords') };
  const person = account ? await Person.signIn(site, account) : undefined;
  const ours = site.base + ((await person?.numbered(path)) ?? path);
  const empty = `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`;
  const pairs: [ours: number, theirs: number][] = [];
  await load(empty, 'button'); // what the machine reads from its disk is in memory from here on
  for (let pair = 0; pair < PAIRS; pair += 1)
    pairs.push([await load(ours, usable, person?.cookie), await load(empty, 'button')]);
  const ratios = pairs.map(([ours, theirs]) => ours / theirs);
  console.log(
    `${name}: ${round(median(pairs.map(([ours]) => ours)))} ms, ` +
      `empty ${round(median(pairs.map(([, theirs]) => theirs)))} ms, ` +
      `ratio ${median(ratios).toFixed(2)} ` +
      `(${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`,
  );
  expect(ratios).toHaveLength(PAIRS);
});

// Milliseconds from going there until that is drawn, with nothing cached; signed in with a cookie.
async function load(address: string, usable: string, cookie?: string): Promise<number> {
  const context = await browser.newContext({ viewport: OFFICE, locale: 'zh-CN' });
  if (cookie) await withCookie(context, cookie, address);
  const page = await context.newPage();
  await page.addInitScript(noteWhenDrawn, usable);
  await page.goto(address);
  const drawn = await page.waitForFunction(
    () => (window as unknown as { tzDrawn?: number }).tzDrawn,
    undefined,
    { timeout: 60_000 },
  );
  const ms = (await drawn.jsonValue()) ?? 0;
  await context.close();
  return ms;
}

// Runs in the page: the frame after the first in which the selector finds something.
function noteWhenDrawn(selector: string): void {
  const look = (observer: MutationObserver) => {
    if (!document.querySelector(selector)) return;
    observer.disconnect();
    requestAnimationFrame(() =>
      setTimeout(() => {
        (window as unknown as { tzDrawn: number }).tzDrawn = performance.now();
      }),
    );
  };
  new MutationObserver((_, observer) => look(observer)).observe(document, {
    subtree: true,
    childList: true,
  });
}

async function served(root: string): Promise<Server> {
  const made = createServer((request, response) => {
    const path = join(root, new URL(request.url ?? '/', 'http://x').pathname);
    if (!path.startsWith(root) || !existsSync(path)) return void response.writeHead(404).end();
    const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'gzip' });
    response.end(packed(path));
  });
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return made;
}

// Packed once, as the program has its files.
const kept = new Map<string, Buffer>();
function packed(path: string): Buffer {
  const bytes = kept.get(path) ?? gzipSync(readFileSync(path), { level: 9 });
  kept.set(path, bytes);
  return bytes;
}

const round = (ms: number) => Math.round(ms);
function median(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
