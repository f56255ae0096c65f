// A programme at its page: who is not covered, what a unit answers, what is said of it above, and
// the proof to take home.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, openBrowser, PHONE, WIDE } from './browser';
import { adoptProgramme, Demo } from './server';

let demo: Demo;
beforeAll(async () => {
  demo = await Demo.begin();
  adoptProgramme(demo);
});
const { visit, as } = openBrowser(() => demo);
afterAll(() => demo.end());

const place = (unit: string, requirement: string) =>
  `/programmes/browser_check?requirement=${requirement}&unit=${unit}`;

// Each part goes on where the one before has ended.
describe.sequential('a programme', () => {
  it('is read by anybody, the list of who is not covered first', async () => {
    const page = await visit('/programmes', { size: WIDE });
    await page.getByRole('link', { name: '浏览器检验专项' }).click();
    await page.getByRole('heading', { level: 1, name: '浏览器检验专项' }).waitFor();
    const first = page.locator('.programme section.card').first();
    await first.getByRole('heading', { name: /^未覆盖的单位/ }).waitFor();
    await first.getByText('演示县', { exact: true }).waitFor();
    await page.getByText('整治乱停车').locator('visible=true').first().waitFor();
    expect(await page.getByRole('button', { name: '本单位已完成' }).count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('is answered by the unit itself, which is told of a quorum that was missed', async () => {
    const page = await as('ys-county', place('YS0101', 'meeting'), { size: PHONE });
    const form = page.getByRole('form', { name: '答复' });
    await form.getByRole('button', { name: '本单位已完成' }).click();
    await form.getByText('请填整数。').first().waitFor();
    await form.getByLabel('应到人数').fill('9');
    await form.getByLabel('实到人数').fill('5');
    await form.getByRole('button', { name: '本单位已完成' }).click();
    await form.getByRole('alert').waitFor();
    await form.getByLabel('实到人数').fill('6');
    await form.getByRole('button', { name: '本单位已完成' }).click();
    await page.getByText('要求的单位都已覆盖。').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('has "none" checked from above, and not by the unit that says so', async () => {
    const own = await as('ys-recorder', place('YS010101', 'self_check'));
    await own.getByRole('button', { name: '本单位没有问题' }).click();
    await own.locator('dl.facts').getByText('自报无问题，待核实').waitFor();
    expect(await own.getByRole('form', { name: /^判定/ }).count()).toBe(0);

    const above = await as('ys-supervisor', place('YS01', 'self_check'));
    const row = above.locator('tbody tr').filter({ hasText: '自报无问题，待核实' });
    await row.getByRole('button', { name: '判定' }).click();
    const form = above.getByRole('form', { name: '判定 · 演示镇' });
    await form.getByRole('button', { name: '记录' }).click();
    await form.getByText('请写明理由。').waitFor();
    await form.getByLabel('理由').fill('逐项看过，确实没有。');
    await form.getByRole('button', { name: '记录' }).click();
    await expect.poll(() => row.count(), { timeout: 60_000 }).toBe(0);
  });

  it('gives a proof and the checkpoint that fits it', async () => {
    const page = await visit(place('YS01', 'self_check'));
    const files: string[] = [];
    page.on('download', (file) => {
      void file.path().then((path) => files.push(readFileSync(path, 'utf8')));
    });
    // Until a checkpoint covers the seal, which is a minute at most, there is no proof yet.
    const download = page.getByRole('button', { name: '下载证明和检查点' });
    await expect
      .poll(
        async () => {
          await download.click();
          await page.waitForTimeout(3000);
          return files.length;
        },
        { timeout: 100_000 },
      )
      .toBeGreaterThanOrEqual(2);
    expect(files.some((text) => text.startsWith('taizhang-coverage-proof/1\n'))).toBe(true);
  });

  it('stands briefly on the page of a unit', async () => {
    const page = await visit('/units/YS01');
    await page.getByRole('link', { name: '浏览器检验专项' }).click();
    await page.waitForURL(/\/programmes\/browser_check\?unit=YS01$/);
  });
});
