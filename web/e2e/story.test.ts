// An item's whole life, each step by whoever takes it, as a person does it on the pages.
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, openBrowser } from './browser';
import { Demo } from './server';
import {
  begin,
  chooseUnit,
  daysAfter,
  ledgerDay,
  listItem,
  pdf,
  PLACE,
  refusal,
  send,
  totals,
} from './work';

let demo: Demo;
beforeAll(async () => {
  demo = await Demo.begin();
});
const { visit, as } = openBrowser(() => demo);
afterAll(() => demo.end());

const TITLE = '村口三盏路灯不亮';
let no = '';
let before: Record<string, number>;
let unitPage: Page; // open beside all that is done, by somebody who has not signed in

const item = () => `/items/${no}`;
const shows = (word: string, value: number) =>
  expect.poll(async () => (await totals(unitPage))[word], { timeout: 60_000 }).toBe(value);

// Each part goes on where the one before has ended.
describe.sequential('an item from its listing to its judgement', () => {
  it('is listed by the recorder, and counts as open', async () => {
    unitPage = await visit(`/units/${PLACE.code}`);
    await unitPage.getByRole('heading', { level: 1, name: PLACE.name }).waitFor();
    before = await totals(unitPage);
    const recorder = await as('ys-recorder', '/items/new');
    await recorder.getByRole('button', { name: '登记', exact: true }).click();
    // What is missing is said on top, and each sentence leads to its field.
    await recorder.locator('.error-summary').getByRole('link', { name: '请填写标题' }).click();
    expect(await recorder.evaluate(() => document.activeElement?.id)).toBe('f-title');
    no = await listItem(recorder, { title: TITLE });
    expect(no).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/);
    await refusal(recorder, '交办').getByText('可由管辖演示社区02的督导人办理。').waitFor();
    await shows('未销号', (before['未销号'] ?? 0) + 1);
  });

  it('is assigned by the supervisor, who finds it in his work', async () => {
    const supervisor = await as('ys-supervisor', '/work');
    await supervisor.getByRole('link', { name: TITLE }).click();
    await begin(supervisor, '交办');
    await chooseUnit(supervisor.getByLabel('牵头单位'), '住房和城乡', '演示县住房和城乡建设局');
    await supervisor.getByLabel('办理期限').fill(daysAfter(await ledgerDay(supervisor), 60));
    await send(supervisor);
    await supervisor.getByText('还剩 60 天').first().waitFor();
  });

  it('is planned, worked on and evidenced by the lead unit', async () => {
    const lead = await as('ys-zhujian', '/work');
    await lead.getByRole('link', { name: TITLE }).click();
    await plan(lead);
    await begin(lead, '报告进展');
    await lead.getByLabel('说明').fill('灯具已到货。');
    await send(lead);
    // A step that is not possible yet is greyed, and says what is missing.
    await refusal(lead, '申请销号').getByText('措施').waitFor();
    await begin(lead, '报告进展');
    await lead.getByLabel('说明').fill('灯具已全部更换。');
    await lead.getByLabel('该措施已经完成').check();
    await lead.locator('input[type=file]').setInputFiles(pdf('验收单', no));
    await lead.getByText('已上传').waitFor();
    await lead.getByLabel('它说明什么').fill('三盏路灯更换验收单');
    await send(lead);
    await lead.getByRole('heading', { name: '佐证 1 份' }).waitFor();
    // What the criterion wants is counted by those who fixed it too.
    await begin(lead, '申请销号');
    await lead.getByLabel('修复路灯 (盏)').fill('3');
    await send(lead);
  });

  it('comes back with a reason from a verifier', async () => {
    const verifier = await queue('ys-verifier-1');
    await verifier.getByRole('heading', { name: '怎样算完成' }).waitFor();
    await verifier.getByText('三盏路灯全部点亮。').waitFor();
    await verifier.getByRole('link', { name: '三盏路灯更换验收单' }).waitFor();
    expect(await accessibilityFaults(verifier)).toEqual([]);
    await verifier.getByRole('button', { name: '退回整改' }).click();
    await verifier.getByText('请写明为什么退回').waitFor();
    await verifier.getByLabel('退回原因').fill('东头一盏仍不亮。');
    await verifier.getByRole('button', { name: '退回整改' }).click();
    await verifier.getByText('已办：退回整改').waitFor();
  });

  it('is mended and asked for again, with evidence of the new work', async () => {
    const lead = await as('ys-zhujian', item());
    await lead.getByText('退回 1 次').waitFor();
    await lead.getByText('东头一盏仍不亮。').waitFor();
    await begin(lead, '报告进展');
    await lead.getByLabel('说明').fill('东头一盏已重新接线。');
    await lead.locator('input[type=file]').setInputFiles(pdf('复验单', `${no} 2`));
    await lead.getByText('已上传').waitFor();
    // The next step is begun before the page has caught up with the one before.
    await lead.route(`**/api/v1/items/${no}`, async (route) => {
      if (route.request().method() === 'GET') await setTimeout(1_000);
      await route.continue();
    });
    await send(lead);
    await begin(lead, '申请销号');
    await lead.getByLabel('修复路灯 (盏)').fill('3');
    await send(lead);
  });

  it('is reviewed, and checked on site by two who count', async () => {
    const first = await queue('ys-verifier-2');
    await first.getByRole('button', { name: '初审通过' }).click();
    await first.getByText('已办：初审').waitFor();
    const second = await queue('ys-verifier-1');
    await second.getByRole('button', { name: '现场核查通过' }).click();
    await second.getByText('请至少选 1 名一同到场的核查人。').waitFor();
    await second.getByLabel(/现场清点/).fill('3');
    await second.getByLabel(/演示省.*核查岗位 13 号/).check();
    await second.getByLabel('核查情况').fill('三盏路灯均亮。');
    await second.getByRole('button', { name: '现场核查通过' }).click();
    await second.getByText('已办：现场核查').waitFor();
  });

  it('is publicised, and cannot be closed while the notice runs', async () => {
    const supervisor = await as('ys-supervisor', item());
    await begin(supervisor, '公示');
    await send(supervisor);
    await supervisor.getByText('公示中').first().waitFor();
    await refusal(supervisor, '销号').getByText('公示期').waitFor();
    expect(await supervisor.getByRole('button', { name: '销号', exact: true }).count()).toBe(0);
  });

  it('is closed as fixed after the notice, and counted so', async () => {
    await demo.daysLater(8);
    const supervisor = await as('ys-supervisor', item());
    await begin(supervisor, '销号');
    await supervisor.getByLabel('办结结果').selectOption({ label: '已整改' });
    await send(supervisor);
    await supervisor.getByText('已销号').first().waitFor();
    await shows('已整改销号', (before['已整改销号'] ?? 0) + 1);
    await shows('未销号', before['未销号'] ?? 0);
  });

  it('is judged by its reporter’s recorder, and its history can be proven', async () => {
    const recorder = await as('ys-recorder', '/work');
    await recorder.getByRole('heading', { name: /已销号，待评价/ }).waitFor();
    await recorder.getByRole('link', { name: TITLE }).click();
    await begin(recorder, '群众评价');
    await recorder.getByLabel('是否解决').selectOption({ label: '是' });
    await recorder.getByLabel('是否满意').selectOption({ label: '是' });
    await recorder.getByLabel('评价途径').selectOption({ label: '电话' });
    await send(recorder);
    await recorder.getByText('是否解决——是，是否满意——是').first().waitFor();
    await recorder.locator('.proof-mark').last().click();
    await recorder.getByText('证明成立').waitFor({ timeout: 30_000 });
  });
});

async function plan(lead: Page): Promise<void> {
  await begin(lead, '制定方案');
  await lead.getByLabel('第 1 条：做什么').fill('更换灯具');
  await lead.getByLabel('完成日期').fill(daysAfter(await ledgerDay(lead), 20));
  await lead.getByLabel('销号标准').fill('三盏路灯全部点亮。');
  await lead.getByRole('button', { name: '添加一项数量' }).click();
  await lead.getByLabel('是什么').selectOption({ label: '修复路灯' });
  await lead.getByLabel('数量', { exact: true }).fill('3');
  await lead.getByLabel('单位', { exact: true }).last().selectOption({ label: '盏' });
  await send(lead);
}

// The verifiers' queue with this item chosen, as one finds it there.
async function queue(account: string): Promise<Page> {
  const page = await as(account, '/queue');
  await page.getByRole('region', { name: '待核查清单' }).getByRole('link', { name: TITLE }).click();
  await page.getByRole('heading', { level: 2, name: TITLE }).waitFor();
  return page;
}
