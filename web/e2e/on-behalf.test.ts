// A request written down for somebody on the telephone: he takes a slip and follows it; the
// browser keeps nothing, and what accuses a unit is not taken.
import { inject, expect, it } from 'vitest';
import { accessibilityFaults, openBrowser, PHONE, WIDE } from './browser';
import { chooseUnit, PLACE } from './work';

const { visit, as } = openBrowser();
const WORDS = '演示路的路灯不亮三个月了。';
const NAME = '王不留';

it('is recorded for a caller, who follows it by the slip', async () => {
  const page = await as('ys-recorder', '/items/new', { size: WIDE });
  await page.getByRole('main').getByRole('link', { name: '代为登记诉求' }).click();
  await page.getByRole('heading', { level: 1, name: '代为登记诉求' }).waitFor();
  await page.getByRole('button', { name: '登记并取得查询码' }).click();
  await page.locator('.error-summary').getByText('请填写反映的事').waitFor();
  await page.getByLabel('那里的事').check();
  await chooseUnit(page.getByLabel('所在地', { exact: true }), PLACE.code, PLACE.name);
  const source = page.getByLabel('怎样收到的');
  expect(await source.locator('option').allInnerTexts()).not.toContain('网上');
  await source.selectOption({ label: '电话' });
  await page.getByLabel('反映的事').fill(WORDS);
  await page.getByLabel('实名').check();
  await page.getByLabel('姓名', { exact: true }).fill(NAME);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: '登记并取得查询码' }).click();

  await page.getByRole('heading', { level: 1, name: '已登记' }).waitFor();
  const no = await page.locator('#slip-number').innerText();
  const code = await page.locator('#slip-code').innerText();
  const slip = await page.locator('.slip').innerText();
  expect(slip).toContain(`${inject('base')}/follow`);
  for (const word of [NAME, WORDS]) expect(slip).not.toContain(word);
  expect(await accessibilityFaults(page)).toEqual([]);
  // On paper there is the slip alone.
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.header').isVisible()).toBe(false);
  expect(await page.getByRole('button', { name: '打印回执' }).isVisible()).toBe(false);
  await page.emulateMedia({ media: 'screen' });
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
  );
  for (const word of [NAME, WORDS, code]) expect(kept).not.toContain(word);
  expect(page.url()).not.toContain(code);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: '代为登记诉求' }).waitFor();
  expect(await page.content()).not.toContain(code);
  expect(await page.getByLabel('反映的事').count()).toBe(1);
  expect(await page.getByLabel('反映的事').inputValue()).toBe('');

  const his = await visit('/follow', { size: PHONE });
  await his.locator('input[name=item]').fill(no);
  await his.locator('input[name=code]').fill(code);
  await his.locator('form button').click();
  await his.locator('.state').getByText('已收到').waitFor();
});

it('is not taken where it accuses a unit: the page says where to send it', async () => {
  const page = await as('ys-recorder', '/items/on-behalf', { size: PHONE, language: 'en' });
  await page.getByLabel('a unit or its people').check();
  await page.getByText('cannot be recorded for somebody').waitFor();
  expect(await page.getByRole('link', { name: '/report' }).getAttribute('href')).toBe(
    '/report?lang=en',
  );
  expect(await page.getByRole('button', { name: 'Record and get the query code' }).count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
});

it('is open to recorders alone', async () => {
  const page = await as('ys-zhujian', '/items/on-behalf');
  await page.getByText('登记人').first().waitFor();
  expect(await page.getByRole('button', { name: '登记并取得查询码' }).count()).toBe(0);
});
