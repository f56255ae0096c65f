// Posts in a real browser: open work handed over by a list that both sides see, and somebody who
// acts for another, shown as both posts.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { accessibilityFaults, openBrowser, PHONE, WIDE } from './browser';

const { as } = openBrowser();
const PROGRAM =
  process.env.TZ_PROGRAM ?? new URL('../../build/test/taizhang', import.meta.url).pathname;
const PICTURES = process.env.TZ_PAGES;

function program(...words: string[]): Record<string, unknown> {
  const [group, ...rest] = words;
  return JSON.parse(
    execFileSync(PROGRAM, ['--json', group ?? '', ...rest], { encoding: 'utf8' }),
  ) as Record<string, unknown>;
}

it('hands open work over, once the other side has confirmed the list', async () => {
  program(
    'post',
    'add',
    inject('ledger'),
    'zhihe-recorder',
    '--unit',
    'YS010101',
    '--role',
    'recorder',
  );
  const page = await as('ys-recorder', '/account', { language: 'en', size: WIDE });
  const mine = page.getByRole('region', { name: 'My posts' }).first();
  await mine.getByRole('button', { name: 'Hand over' }).click();
  const item = (await mine.locator('a[href^="/items/"]').first().textContent()) ?? '';
  await mine.getByRole('combobox').click();
  await page.locator('.ant-select-item-option').first().click();
  await mine.getByRole('button', { name: 'Propose this list' }).click();
  await mine.getByText('Proposed: the other side').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  if (PICTURES)
    await page.screenshot({ path: join(PICTURES, 'handover-giver.png'), fullPage: true });

  const other = await as('zhihe-recorder', '/account', { size: PHONE });
  const theirs = other.getByRole('region', { name: '我的岗位' }).first();
  await theirs.getByRole('button', { name: '查看清单' }).click();
  await theirs.getByText(item).first().waitFor();
  expect(await accessibilityFaults(other)).toEqual([]);
  const wider = await other.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wider).toBe(false);
  if (PICTURES)
    await other.screenshot({ path: join(PICTURES, 'handover-taker.png'), fullPage: true });
  await theirs.getByRole('button', { name: '核对无误，接收' }).click();
  await theirs.getByText('已移交').waitFor();
  await other.goto(`${inject('base')}/items/${item}`);
  await other.getByText('随岗位未结事项移交').first().waitFor();
});

it('shows who acts for whom, and until when', async () => {
  const posts = (name: string) =>
    program('post', 'list', inject('ledger'), name).posts as { post: number }[];
  const place = posts('jilin-supervisor')[0]?.post ?? 0;
  const by = posts('ys-supervisor')[0]?.post ?? 0;
  const page = await as('ys-supervisor', '/account', { size: WIDE });
  const today = await page.request.get(`${inject('base')}/api/v1/ledger`);
  const day = ((await today.json()) as { today: string }).today;
  program('post', 'acting', inject('ledger'), String(place), String(by), '--to', day);
  await page.reload();
  const mine = page.getByRole('region', { name: '我的岗位' }).first();
  await mine.getByText('代理）').first().waitFor();
  await page.locator('details.me summary').click();
  await page.getByText('代理至').first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  if (PICTURES) await page.screenshot({ path: join(PICTURES, 'acting.png'), fullPage: true });
});
