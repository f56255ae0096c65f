// A work group: sent by a supervisor, seen by its member for as long as it lasts, and its visit.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, openBrowser, PHONE, WIDE } from './browser';
import { Demo } from './server';
import { chooseUnit, daysAfter, ledgerDay } from './work';

const NAME = '演示督导组';

let demo: Demo;
beforeAll(async () => {
  demo = await Demo.begin();
});
const { as } = openBrowser(() => demo);
afterAll(() => demo.end());

// Each part goes on where the one before has ended.
describe.sequential('a work group', () => {
  it('is sent by who is over the units, with members by post', async () => {
    const page = await as('ys-supervisor', '/work-groups', { size: WIDE });
    const today = await ledgerDay(page);
    await page.getByRole('button', { name: '派出工作组' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: '派出', exact: true }).click();
    await sheet.getByText('请至少选择一名成员').first().waitFor();
    await sheet.getByLabel('工作组名称').fill(NAME);
    await chooseUnit(sheet.getByLabel('成员单位'), 'YS', '演示省（虚构）');
    await sheet
      .getByLabel(/^演示省（虚构） 核查人/)
      .first()
      .check();
    await sheet.getByLabel('再选一个单位').fill('YS010101');
    await page.getByRole('option', { name: '演示镇' }).first().click();
    await sheet.getByLabel('截止日期').fill(daysAfter(today, 30));
    expect(await accessibilityFaults(page)).toEqual([]);
    await sheet.getByRole('button', { name: '派出', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
    await page.getByText('授权期内').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('tells of a visit, which the visited unit is burdened with', async () => {
    const page = await as('ys-verifier-1', '/work-groups', { size: PHONE });
    await page.getByRole('link', { name: NAME }).click();
    await page.getByRole('button', { name: '记录走访' }).click();
    const sheet = page.getByRole('dialog');
    await chooseUnit(sheet.getByLabel('走访单位'), 'YS010101', '演示镇');
    await sheet.getByLabel('方式').selectOption({ label: '现场走访' });
    await sheet.getByLabel('做了什么、看到什么').fill('看了三处，台账与现场一致。');
    await sheet.getByRole('button', { name: '记录走访' }).click();
    await page.getByText('看了三处，台账与现场一致。').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);

    const unit = await as('ys-recorder', '/units/YS010101');
    await unit.getByText('演示市 派出的工作组').waitFor();
  });

  it('is nothing to others, and nothing any more once it has ended', async () => {
    const other = await as('jilin-supervisor', '/work-groups');
    await other.getByText('没有您可以查看的工作组').waitFor();

    const page = await as('ys-supervisor', '/work-groups');
    await page.getByRole('link', { name: NAME }).click();
    await page.getByRole('button', { name: '提前结束' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('理由').fill('工作已完成。');
    await sheet.getByRole('button', { name: '提前结束' }).click();
    await page.getByText('已结束').first().waitFor();
    const member = await as('ys-verifier-1', '/work-groups');
    await member.getByText('没有您可以查看的工作组').waitFor();
  });
});
