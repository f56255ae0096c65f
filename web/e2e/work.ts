// What people do with items in the browser: the steps that several files of tests share.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export const PLACE = { code: 'YS010101-02', name: '演示社区02' };

/** The smallest file that is a PDF; `words` make it another one. */
export function pdf(name: string, words: string) {
  return {
    name: `${name}.pdf`,
    mimeType: 'application/pdf',
    buffer: Buffer.from(`%PDF-1.4\n% ${words}\n%%EOF\n`),
  };
}

/** The day that is so many days after the one given. */
export function daysAfter(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** The day by the ledger's own clock. */
export async function ledgerDay(page: Page): Promise<string> {
  const answer = await page.request.get(new URL('/api/v1/ledger', page.url()).toString());
  return ((await answer.json()) as { today: string }).today;
}

/** Types a few letters of a unit's name into a field and takes what is offered. */
export async function chooseUnit(field: Locator, typed: string, name: string): Promise<void> {
  await field.fill(typed);
  await field.page().getByRole('option', { name }).first().click();
  expect(await field.inputValue()).toBe(name);
}

export interface Listed {
  title: string;
  unit?: { code: string; name: string };
}

/** Fills in and sends the form of a new item; ends on the item's page and returns its number. */
export async function listItem(page: Page, { title, unit = PLACE }: Listed): Promise<string> {
  await chooseUnit(page.getByLabel('所在地', { exact: true }), unit.code, unit.name);
  await page.getByLabel('标题', { exact: true }).fill(title);
  await page.getByLabel('问题来源', { exact: true }).selectOption({ label: '居民上报' });
  await page.getByLabel('描述').fill('村口三盏路灯不亮。');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Opens the form of a step on an item's page. */
export async function begin(page: Page, step: string): Promise<void> {
  const actions = page.getByRole('region', { name: '办理' });
  await actions.getByRole('button', { name: step, exact: true }).click();
  await page.getByRole('heading', { level: 2, name: step, exact: true }).waitFor();
}

/** Sends the open form and waits for the receipt. */
export async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.locator('.receipt').waitFor();
}

/** A step that this person may not take now, greyed, with the reason beside it. */
export function refusal(page: Page, step: string): Locator {
  return page
    .getByRole('list', { name: '您目前不能办理的步骤' })
    .getByRole('listitem')
    .filter({ has: page.getByText(step, { exact: true }) });
}

/** The four totals of a unit's page, by their words. */
export async function totals(page: Page): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  await page.locator('dl.numbers .number').first().waitFor();
  for (const number of await page.locator('dl.numbers .number').all()) {
    const value = await number.locator('dd').innerText();
    found[await number.locator('dt').innerText()] = Number.parseInt(value.replace(/,/g, ''), 10);
  }
  return found;
}
