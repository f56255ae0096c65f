// Every page in both languages, wide and narrow: nothing sticks out, nothing shuts anybody out.
// With TZ_TOUR naming a folder, the pictures of docs/tour.md are taken on the way.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { accessibilityFaults, openBrowser, PHONE, WIDE, type Visit } from './browser';

const { visit, as } = openBrowser();
const HIGHEST = 2600; // a picture shows the beginning of a long page

interface Stop {
  name: string;
  path: string; // PARKING stands for the item of the parking spaces
  account?: string;
  ready: string; // a selector that shows the page is there
  then?: (page: Page) => Promise<void>;
}

const SHEET = '.sheet:not(.measure)';
const TABLE = 'table.grid tbody tr';
const J = 'jilin-supervisor';
// prettier-ignore
const STOPS: Stop[] = [
  { name: 'first-page', path: '/', ready: 'h1' },
  { name: 'sign-in', path: '/sign-in', ready: 'form' },
  { name: 'search', path: '/help', ready: 'h1', then: searchByInitials },
  { name: 'units', path: '/units', ready: TABLE },
  { name: 'unit', path: '/units/2202', ready: TABLE },
  { name: 'unit-map', path: '/units/YS010101?view=map', ready: '.map canvas' },
  { name: 'unit-leaf', path: '/units/220204006001-X01', ready: 'h1' },
  { name: 'work', path: '/work', account: 'ys-zhujian', ready: 'h1' },
  { name: 'queue', path: '/queue', account: 'ys-verifier-1', ready: '.queue-item img' },
  { name: 'ledger', path: '/items', account: 'ys-supervisor', ready: '[role=row], .item-card' },
  { name: 'import', path: '/items#import', account: 'ys-recorder', ready: 'dialog h2' },
  { name: 'new-item', path: '/items/new', account: 'zhihe-recorder', ready: 'form' },
  { name: 'item', path: '/items/PARKING', account: J, ready: 'h1' },
  { name: 'proof', path: '/items/PARKING', account: J, ready: 'h1', then: openProof },
  { name: 'hidden', path: '/items/PARKING', account: 'ys-zhujian', ready: '.notice' },
  { name: 'nowhere', path: '/nowhere', ready: '.notice' },
  { name: 'help', path: '/help', ready: 'h1' },
  { name: 'help-clerk', path: '/help/clerk', ready: 'h1' },
  { name: 'help-verifier', path: '/help/verifier', ready: 'h1' },
  { name: 'help-supervisor', path: '/help/supervisor', ready: 'h1' },
  { name: 'print-sheet', path: '/items/PARKING/print/sheet', account: J, ready: SHEET },
  { name: 'print-supervision', path: '/items/PARKING/print/supervision', account: J, ready: SHEET },
  { name: 'print-closeout', path: '/items/PARKING/print/closeout', account: J, ready: SHEET },
  { name: 'print-notice', path: '/items/PARKING/print/notice', account: J, ready: SHEET },
  { name: 'print-ledger', path: '/print/items', account: 'ys-supervisor', ready: SHEET },
];

async function searchByInitials(page: Page): Promise<void> {
  await page.locator('header input').first().fill('zhn');
  await page.getByRole('option').filter({ hasText: '致和南社区' }).first().waitFor();
}

async function openProof(page: Page): Promise<void> {
  await page.locator('.proof-mark').first().click();
  await page.locator('.proof .good').first().waitFor();
}

async function parkingItem(): Promise<string> {
  const page = await as(J, '/items?unit=220204006001-X01');
  const link = page.locator('a[href*="/items/"]').filter({ hasText: '小区无处停车' }).first();
  await link.waitFor();
  const no = /\/items\/([^/?]+)/.exec((await link.getAttribute('href')) ?? '')?.[1] ?? '';
  await page.context().close();
  return no;
}

async function settled(page: Page, stop: Stop): Promise<void> {
  await page.locator(stop.ready).first().waitFor();
  await page.locator('.loading').waitFor({ state: 'detached' });
  await page.waitForLoadState('load');
  await stop.then?.(page);
}

async function picture(page: Page, file: string): Promise<void> {
  const { width, height } = await page.evaluate(() => ({
    width: innerWidth,
    height: Math.max(innerHeight, document.documentElement.scrollHeight),
  }));
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 55,
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width, height: Math.min(height, HIGHEST), scale: 1 },
  });
  writeFileSync(file, Buffer.from(data, 'base64'));
}

describe.each(['zh-CN', 'en'] as const)('every page in %s', (language) => {
  it.each([
    ['1440', WIDE],
    ['390', PHONE],
  ] as const)('%s wide', { timeout: 600_000 }, async (width, size) => {
    const parking = await parkingItem();
    const faults: string[] = [];
    for (const stop of STOPS) {
      const path = stop.path.replace('PARKING', parking);
      const how: Visit = { language, size };
      const page = stop.account ? await as(stop.account, path, how) : await visit(path, how);
      await settled(page, stop);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wider > 0 && !stop.name.startsWith('print'))
        faults.push(`${stop.name}: ${wider} px too wide`);
      for (const fault of await accessibilityFaults(page)) faults.push(`${stop.name}: ${fault}`);
      const folder = process.env.TZ_TOUR;
      if (folder) await picture(page, join(folder, `${stop.name}-${language}-${width}.webp`));
      await page.context().close();
    }
    expect(faults).toEqual([]);
  });
});
