// Figures of the past: chosen by a day, said plainly, kept in the address.
import { describe, expect, it } from 'vitest';
import { accessibilityFaults, PHONE, openBrowser } from './browser';

const { visit, as } = openBrowser();

describe('looking back', () => {
  it('shows a unit as it was, and the way back to the present', async () => {
    const page = await visit('/units/220204');
    const open = async () => (await page.locator('.numbers dd').first().textContent())?.trim();
    await page.getByRole('heading', { level: 1, name: '船营区' }).waitFor();
    const now = await open();
    expect(await page.locator('.as-of-banner').count()).toBe(0);
    await page.getByLabel('截至').fill('2019-07-31');
    await page.locator('.as-of-banner').getByText('2019年7月31日').waitFor();
    expect(new URL(page.url()).searchParams.get('as_of')).toBe('2019-07-31');
    expect(await open()).not.toBe(now);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('rowheader').getByRole('link').first().click();
    await page.locator('.as-of-banner').waitFor();
    expect(new URL(page.url()).searchParams.get('as_of')).toBe('2019-07-31');
    await page.goBack();
    await page.getByRole('button', { name: '返回现在' }).click();
    await page.locator('.as-of-banner').waitFor({ state: 'detached' });
    expect(await open()).toBe(now);
  });

  it('shows the list as it was, and takes no file of it', async () => {
    const page = await as('ys-supervisor', '/items');
    await page.getByText('下载').waitFor();
    await page.getByLabel('截至').fill('2019-09-10');
    await page.locator('.as-of-banner').getByText('2019年9月10日').waitFor();
    expect(await page.getByText('下载').count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('says why a day before the ledger is not shown', async () => {
    const page = await visit('/units/22?as_of=1999-01-01');
    await page.getByText('之前还没有这本台账').waitFor();
  });

  it('fits a narrow phone', async () => {
    const page = await visit('/units/2202?as_of=2019-08-10', { size: PHONE });
    await page.locator('.as-of-banner').waitFor();
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
