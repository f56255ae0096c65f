// Every page in both languages, wide and narrow: nothing sticks out, nothing shuts anybody out.
// With TZ_TOUR naming a folder, the pictures of docs/tour.md are taken on the way.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { accessibilityFaults, openBrowser, PHONE, WIDE, type Visit } from './browser';

const { visit, as } = openBrowser();

interface Stop {
  name: string;
  path: string | ((parking: string) => string);
  account?: string;
  ready: string; // a selector that shows the page is there
}

const SHEET = '.sheet:not(.measure)';
const printed = (no: string) => `/items/${no}/print/sheet`;
// prettier-ignore
const STOPS: Stop[] = [
  { name: 'first-page', path: '/', ready: 'h1' },
  { name: 'sign-in', path: '/sign-in', ready: 'form' },
  { name: 'units', path: '/units', ready: 'table.grid tbody tr' },
  { name: 'unit', path: '/units/2202', ready: 'table.grid tbody tr' },
  { name: 'unit-map', path: '/units/YS01?view=map', ready: '.map canvas' },
  { name: 'unit-leaf', path: '/units/220204006001-X01', ready: 'h1' },
  { name: 'work', path: '/work', account: 'jilin-supervisor', ready: 'h1' },
  { name: 'queue', path: '/queue', account: 'ys-verifier-1', ready: 'h1' },
  { name: 'ledger', path: '/items', account: 'ys-supervisor', ready: '[role=row], .item-card' },
  { name: 'new-item', path: '/items/new', account: 'zhihe-recorder', ready: 'form' },
  { name: 'item', path: (no) => `/items/${no}`, account: 'jilin-supervisor', ready: 'h1' },
  { name: 'hidden', path: (no) => `/items/${no}`, account: 'ys-zhujian', ready: '.notice' },
  { name: 'help', path: '/help', ready: 'h1' },
  { name: 'help-clerk', path: '/help/clerk', ready: 'h1' },
  { name: 'print', path: printed, account: 'jilin-supervisor', ready: SHEET },
  { name: 'print-ledger', path: '/print/items', account: 'ys-supervisor', ready: SHEET },
];

async function parkingItem(): Promise<string> {
  const page = await as('jilin-supervisor', '/items?unit=220204006001-X01');
  const link = page.locator('a[href*="/items/"]').filter({ hasText: '小区无处停车' }).first();
  await link.waitFor();
  const no = /\/items\/([^/?]+)/.exec((await link.getAttribute('href')) ?? '')?.[1] ?? '';
  await page.context().close();
  return no;
}

async function settled(page: Page, ready: string): Promise<void> {
  await page.locator(ready).first().waitFor();
  await page.locator('.loading').waitFor({ state: 'detached' });
  await page.waitForLoadState('load');
}

describe.each(['zh-CN', 'en'] as const)('every page in %s', (language) => {
  it.each([
    ['1440', WIDE],
    ['390', PHONE],
  ] as const)('%s wide', { timeout: 400_000 }, async (width, size) => {
    const parking = await parkingItem();
    const faults: string[] = [];
    for (const stop of STOPS) {
      const path = typeof stop.path === 'string' ? stop.path : stop.path(parking);
      const how: Visit = { language, size };
      const page = stop.account ? await as(stop.account, path, how) : await visit(path, how);
      await settled(page, stop.ready);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wider > 0 && !stop.name.startsWith('print'))
        faults.push(`${stop.name}: ${wider} px too wide`);
      for (const fault of await accessibilityFaults(page)) faults.push(`${stop.name}: ${fault}`);
      const folder = process.env.TZ_TOUR;
      if (folder)
        await page.screenshot({
          path: join(folder, `${stop.name}-${language}-${width}.png`),
          fullPage: stop.name !== 'print-ledger' && stop.name !== 'units',
        });
      await page.context().close();
    }
    expect(faults).toEqual([]);
    expect(inject('base')).toMatch(/^http:/);
  });
});
