// Every page in both languages, wide and narrow: nothing sticks out, nothing shuts anybody out.
// With TZ_TOUR naming a folder, the pictures of docs/tour.md are taken on the way.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { accessibility, openBrowser, PHONE, WIDE, type Visit } from './browser';
import { Person } from './person';

const { visit, as } = openBrowser();
const HIGHEST = 2600; // a picture shows the beginning of a long page

interface Stop {
  name: string;
  path: string; // a title in braces stands for the number of that item
  account?: string;
  ready: string; // a selector that shows the page is there
  then?: (page: Page) => Promise<void>;
}

const SHEET = '.paper:not(.measure)';
const TABLE = 'table.grid tbody tr';
const PROGRAMME = '/programmes/browser_check?unit=';
const SERVICES = '/services/YS010101';
const J = 'jilin-supervisor';
const Y = 'ys-supervisor';
const X = 'xa-demo-lead';
const CANDIDATES = ['规划停车位（虚构）', '加装路灯（虚构）'];
// prettier-ignore
const STOPS: Stop[] = [
  { name: 'first-page', path: '/', ready: 'h1' },
  { name: 'sign-in', path: '/sign-in', ready: 'form' },
  { name: 'search', path: '/help', ready: 'h1', then: searchByInitials },
  { name: 'units', path: '/units', ready: TABLE },
  { name: 'unit', path: '/units/2202', ready: TABLE },
  { name: 'unit-rates', path: '/units/22?rate=completion', ready: '.scroll .as-lines tbody tr' },
  { name: 'unit-map', path: '/units/YS010101?view=map', ready: '.map canvas' },
  { name: 'unit-leaf', path: '/units/220204006001-X01', ready: 'h1' },
  { name: 'work', path: '/work', account: 'ys-zhujian', ready: 'h1' },
  { name: 'inbox', path: '/inbox', account: 'ys-zhujian', ready: 'h1' },
  { name: 'queue', path: '/queue', account: 'ys-verifier-1', ready: '.queue-list li' },
  { name: 'ledger', path: '/items', account: Y, ready: '[role=row], .item-card' },
  { name: 'import', path: '/items#import', account: 'ys-recorder', ready: 'dialog h2' },
  { name: 'new-item', path: '/items/new', account: 'zhihe-recorder', ready: 'form' },
  { name: 'on-behalf', path: '/items/on-behalf', account: 'ys-recorder', ready: 'form' },
  { name: 'item', path: '/items/{小区无处停车}', account: J, ready: 'h1' },
  { name: 'proof', path: '/items/{小区无处停车}', account: J, ready: 'h1', then: openProof },
  { name: 'account', path: '/account', account: Y, ready: 'h1' },
  { name: 'audit', path: '/audit', account: 'audit-admin', ready: 'h1' },
  { name: 'hidden', path: '/items/{小区无处停车}', account: 'ys-zhujian', ready: '.notice' },
  { name: 'nowhere', path: '/nowhere', ready: '.notice' },
  { name: 'report', path: '/report', ready: 'h1' },
  { name: 'follow', path: '/follow', ready: 'h1' },
  { name: 'privacy', path: '/privacy', ready: 'h1' },
  { name: 'figures', path: '/figures', ready: 'h1' },
  { name: 'programmes', path: '/programmes', ready: '.card h2' },
  { name: 'programme', path: `${PROGRAMME}YS`, ready: TABLE },
  { name: 'programme-answer', path: `${PROGRAMME}YS0101`, account: 'ys-county', ready: '.saying' },
  { name: 'programme-rule', path: `${PROGRAMME}YS01`, account: Y, ready: TABLE, then: openRuling },
  { name: 'work-groups', path: '/work-groups', account: Y, ready: TABLE },
  { name: 'work-group', path: '/work-groups/1', account: Y, ready: '.group-facts' },
  { name: 'work-group-send', path: '/work-groups', account: Y, ready: TABLE, then: openForm },
  { name: 'unit-burden', path: '/units/YS010101', account: Y, ready: '.burden-month' },
  { name: 'ballots', path: '/ballots', account: Y, ready: TABLE },
  { name: 'ballot', path: '/ballots', account: Y, ready: TABLE, then: openForm },
  { name: 'project', path: `/projects/{${CANDIDATES[0]}}`, account: Y, ready: '.project-facts' },
  { name: 'funds', path: '/funds', ready: '.fund-facts' },
  { name: 'fund', path: '/funds/ys_relief', account: Y, ready: TABLE },
  { name: 'fund-public', path: '/funds/ys_relief', ready: '.fund-facts' },
  { name: 'schemes', path: '/schemes', account: X, ready: TABLE },
  { name: 'scheme', path: '/schemes/ys_round_3', account: X, ready: TABLE },
  { name: 'scheme-unit', path: '/schemes/ys_round_3?unit=13-YSR01', account: X, ready: TABLE },
  { name: 'rosters', path: '/rosters', ready: TABLE },
  { name: 'household', path: '/household', ready: 'form' },
  { name: 'services', path: '/services', ready: TABLE },
  { name: 'services-unit', path: SERVICES, account: Y, ready: TABLE },
  { name: 'disputes', path: `${SERVICES}?part=disputes`, account: Y, ready: '.handling-dispute' },
  { name: 'dispute', path: '/dispute', ready: 'form' },
  { name: 'verdicts', path: '/units/YS01/verdicts', account: Y, ready: TABLE },
  { name: 'stated', path: '/stated', ready: '.stated tbody tr' },
  { name: 'help', path: '/help', ready: 'h1' },
  { name: 'help-clerk', path: '/help/clerk', ready: 'h1' },
  { name: 'help-verifier', path: '/help/verifier', ready: 'h1' },
  { name: 'help-supervisor', path: '/help/supervisor', ready: 'h1' },
  { name: 'print-sheet', path: '/items/{小区无处停车}/print/sheet', account: J, ready: SHEET },
  { name: 'print-supervision', path: '/items/{排水沟堵塞}/print/supervision', account: Y, ready: SHEET },
  { name: 'print-closeout', path: '/items/{小区无处停车}/print/closeout', account: J, ready: SHEET },
  { name: 'print-notice', path: '/items/{小区无处停车}/print/notice', account: J, ready: SHEET },
  { name: 'print-ledger', path: '/print/items', account: Y, ready: SHEET },
];

async function searchByInitials(page: Page): Promise<void> {
  await page.locator('header input').first().fill('zhn');
  await page.getByRole('option').filter({ hasText: '致和南社区' }).first().waitFor();
}

async function openRuling(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^(判定|Rule)$/ })
    .first()
    .click();
  await page.locator('.saying').first().waitFor();
}

async function openForm(page: Page): Promise<void> {
  await page.locator('.head button').first().click();
  await page.locator('dialog form, [role=dialog] form').first().waitFor();
}

async function openProof(page: Page): Promise<void> {
  await page.locator('.proof-mark').first().click();
  await page.locator('.proof .good').first().waitFor();
}

/** The numbers of the demonstration's items by their titles, as those who may read them see. */
async function itemNumbers(): Promise<Map<string, string>> {
  const numbers = new Map<string, string>();
  for (const account of [J, Y]) {
    const page = await as(account, '/items');
    const rows = await page.evaluate(async () => {
      const answer = await fetch('/api/v1/items?limit=200');
      return ((await answer.json()) as { items: { item: string; title: string }[] }).items;
    });
    for (const { item, title } of rows) numbers.set(title, item);
    await page.context().close();
  }
  return numbers;
}

async function settled(page: Page, stop: Stop): Promise<void> {
  await page.locator(stop.ready).first().waitFor();
  await expect.poll(() => page.locator('.loading').count(), { timeout: 60_000 }).toBe(0);
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

beforeAll(async () => {
  const site = { base: inject('base'), passwords: inject('passwords') };
  const supervisor = await Person.signIn(site, Y);
  await supervisor.sendGroup('演示督导组', 'YS', 'YS010101', '2019-12-31');
  const no = await supervisor.chooseProject(CANDIDATES, 'YS0101', '2019-09-20');
  await supervisor.act(no, 'assign', { lead: 'YS0101-ZJJ', due: '2019-12-31' });
  const fixer = await Person.signIn(site, 'ys-zhujian');
  const spaces = { id: 'parking_spaces', unit: 'space' };
  await fixer.act(no, 'plan', {
    measures: [{ text: '划线', due: '2019-12-18' }],
    quantities: [{ ...spaces, value: 36, baseline: 0 }],
    planned_fen: 1_000_000,
  });
  await fixer.act(no, 'report', {
    source_doc: '清点表（虚构）',
    actuals: [{ ...spaces, value: 12, as_of: '2019-09-20' }],
    in_place_fen: 800_000,
    paid_fen: 200_000,
  });
});

type Line = [name: string, language: string, width: string, passed: number, faults: number];
const report: Line[] = [];
afterAll(() => {
  const folder = process.env.TZ_TOUR;
  if (folder) writeFileSync(join(folder, 'accessibility.md'), accessibilityTable(report));
});

function accessibilityTable(lines: Line[]): string {
  const cell = (name: string) => (language: string, width: string) => {
    const found = lines.find((it) => it[0] === name && it[1] === language && it[2] === width);
    return found ? `${found[3]} / ${found[4]}` : '–';
  };
  const rows = STOPS.map(({ name }) => {
    const of = cell(name);
    const cells = [of('zh-CN', '1440'), of('zh-CN', '390'), of('en', '1440'), of('en', '390')];
    return `| ${name} | ${cells.join(' | ')} |`;
  });
  return ['| page | 中文 1440 | 中文 390 | English 1440 | English 390 |', '|---|---|---|---|---|']
    .concat(rows)
    .join('\n')
    .concat('\n');
}

describe.each(['zh-CN', 'en'] as const)('every page in %s', (language) => {
  it.each([
    ['1440', WIDE],
    ['390', PHONE],
  ] as const)('%s wide', { timeout: 600_000 }, async (width, size) => {
    const numbers = await itemNumbers();
    const faults: string[] = [];
    for (const stop of STOPS) {
      const path = stop.path.replace(/\{(.*)\}/, (_, title: string) => numbers.get(title) ?? title);
      const how: Visit = { language, size };
      const page = stop.account ? await as(stop.account, path, how) : await visit(path, how);
      await settled(page, stop);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wider > 0 && !stop.name.startsWith('print'))
        faults.push(`${stop.name}: ${wider} px too wide`);
      const looked = await accessibility(page);
      for (const fault of looked.faults) faults.push(`${stop.name}: ${fault}`);
      report.push([stop.name, language, width, looked.passed, looked.faults.length]);
      const folder = process.env.TZ_TOUR;
      if (folder) await picture(page, join(folder, `${stop.name}-${language}-${width}.webp`));
      await page.context().close();
    }
    expect(faults).toEqual([]);
  });
});
