// From the country to one neighbourhood, by mouse, by keyboard and by search.
import { describe, expect, it } from 'vitest';
import { accessibilityFaults, PHONE, openBrowser } from './browser';

const { visit, as } = openBrowser();
const WAY = ['吉林省', '吉林市', '船营区', '北极街道', '致和南社区'];

describe('the tree of units', () => {
  it('leads from the country to 致和南 in five clicks', async () => {
    const page = await visit('/units');
    for (const name of WAY) {
      await page.getByRole('rowheader').getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
    }
    expect(new URL(page.url()).pathname).toBe('/units/220204006001');
    expect(await page.getByText('致和南小区').count()).toBeGreaterThan(0);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('can be gone down by the keyboard alone', async () => {
    const page = await visit('/units/2202');
    const link = page.getByRole('rowheader').getByRole('link', { name: '船营区', exact: true });
    await link.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '船营区' }).waitFor();
  });

  it('keeps order and view in the address, over back and reload', async () => {
    const page = await visit('/units/22');
    await page.getByRole('button', { name: '未销号' }).click();
    expect(new URL(page.url()).searchParams.get('order')).toBe('-open');
    await page.getByRole('rowheader').getByRole('link').first().click();
    await page.waitForURL(/units\/22[\w-]+$/);
    await page.goBack();
    await page.reload();
    const head = page.getByRole('columnheader', { name: '未销号' });
    await head.waitFor();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
  });

  it('shows a unit with 170 children and one with none', async () => {
    const many = await visit('/units/4419');
    await many.getByRole('heading', { level: 1, name: '东莞市' }).waitFor();
    expect(await many.getByRole('rowheader').count()).toBeGreaterThan(30);
    const none = await visit('/units/220204006001-X01');
    await none.getByText('没有下级单位').waitFor();
  });

  it('fits a narrow phone', async () => {
    const page = await visit('/units/2202', { size: PHONE });
    await page.getByRole('heading', { level: 1, name: '吉林市' }).waitFor();
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('draws the units below, and says the same as its table', async () => {
    const page = await as('ys-supervisor', '/units/YS01?view=map');
    await page.locator('.map canvas').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
