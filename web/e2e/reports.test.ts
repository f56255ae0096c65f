// Somebody complains of a county without an account; a unit above deals with it, two holders open
// who he is, he sees that, and gives his verdict. The county learns nothing.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, openBrowser, PHONE, WIDE } from './browser';
import { Demo, taizhang } from './server';
import { begin, chooseUnit, refusal, send } from './work';

const COUNTY = 'YS0101';
const RECEIVER = 'YS01';
const SAW = '演示县把低保金发给了不该领的人。';
const NAME = '王不留';
const ABSTRACT = '低保金发放情况';

let demo: Demo;
let folder: string;
let halves: string[];
let no = '';
let code = '';
beforeAll(async () => {
  demo = await Demo.begin();
  folder = mkdtempSync(join(tmpdir(), 'tz-halves-'));
  halves = ['a.json', 'b.json'].map((name) => join(folder, name));
  const [a = '', b = ''] = halves;
  const made = taizhang('--json', 'receiving-key', 'make', '--out-a', a, '--out-b', b);
  const { key } = JSON.parse(made) as { key: string };
  taizhang('receiving-key', 'set', demo.ledger, RECEIVER, key);
  taizhang('post', 'add', demo.ledger, 'ys-verifier-1', '--unit', RECEIVER, '--role', 'supervisor');
});
const { visit, as } = openBrowser(() => demo);
afterAll(async () => {
  await demo.end();
  rmSync(folder, { recursive: true, force: true });
});

const item = () => `/items/${no}`;

async function follow(language: 'zh-CN' | 'en' = 'zh-CN'): Promise<Page> {
  const page = await visit(`/follow?lang=${language}`, { language });
  await page.locator('input[name=item]').fill(no);
  await page.locator('input[name=code]').fill(code.toLowerCase());
  await page.locator('form button').click();
  await page.locator('.state').waitFor();
  return page;
}

// Each part goes on where the one before has ended.
describe.sequential('a report', () => {
  it('is sent without an account, and its number and code are told once', async () => {
    const page = await visit('/report', { size: PHONE });
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('涉及的地方或单位').fill(COUNTY);
    await page.getByLabel('这个单位或其工作人员').check();
    await page.getByLabel('要反映的事').fill(SAW);
    await page.getByLabel('只让受理单位知道').check();
    await page.getByLabel('姓名').fill(NAME);
    await page.getByLabel('联系方式').fill('13912345678');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '已收到' }).waitFor();
    no = await page.locator('#item').innerText();
    code = await page.locator('#code').innerText();
    expect(page.url()).not.toContain(code);
    expect(await page.context().cookies()).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '现在就查看' }).click();
    await page.getByText('您的身份信息仍然密封').waitFor();
  });

  it('is unknown to the county it complains of', async () => {
    const county = await as('ys-county', item());
    await county.getByText('没有').first().waitFor();
    expect(await county.content()).not.toContain(SAW);
    await county.goto(`${demo.base}/items`);
    await county.getByRole('heading', { level: 1 }).waitFor();
    expect(await county.content()).not.toContain(no);
  });

  it('is read by the receiving unit, and leaves it as an abstract that two have seen', async () => {
    const supervisor = await as('ys-supervisor', item(), { size: WIDE });
    await supervisor.getByText(SAW).first().waitFor();
    expect(await accessibilityFaults(supervisor)).toEqual([]);
    await begin(supervisor, '受理');
    await send(supervisor);
    await refusal(supervisor, '派单').getByText('摘要').waitFor();
    await begin(supervisor, '起草摘要');
    await supervisor.getByLabel('标题').fill(ABSTRACT);
    await supervisor.getByLabel('说明').fill('有人反映低保金发放对象不符合条件。');
    await send(supervisor);
    const deputy = await as('ys-verifier-1', item());
    await begin(deputy, '审定摘要');
    await deputy.locator('.action-form').getByText(ABSTRACT).waitFor();
    await send(deputy);
    await deputy.getByRole('heading', { level: 1, name: ABSTRACT }).waitFor();
  });

  it('is handed to another unit, which sees the abstract alone', async () => {
    const supervisor = await as('ys-supervisor', item());
    await begin(supervisor, '派单');
    await chooseUnit(supervisor.getByLabel('牵头单位'), COUNTY, '演示县');
    await supervisor.getByRole('button', { name: '提交', exact: true }).click();
    await supervisor.getByText('是被反映单位或其下级').first().waitFor();
    const lead = supervisor.getByLabel('牵头单位');
    await lead.fill('2202-CGJ');
    await supervisor.getByRole('option').first().click();
    await send(supervisor);
    const worker = await as('jilin-chengguan', item());
    await worker.getByRole('heading', { level: 1, name: ABSTRACT }).waitFor();
    await worker.getByText('原文只有受理单位可以看到').first().waitFor();
    expect(await worker.content()).not.toContain(SAW);
    await begin(worker, '先行联系反映人');
    await worker.getByLabel('说明').fill('已在来件页面告知。');
    await send(worker);
    await begin(worker, '答复');
    await worker.getByLabel('说明').fill('已核实，停发两户。');
    await send(worker);
  });

  it('has its seal opened by two, and the reporter sees who and why', async () => {
    const supervisor = await as('ys-supervisor', item());
    await begin(supervisor, '申请启封');
    await supervisor.getByLabel('理由').fill('须当面核对名单');
    await send(supervisor);
    const deputy = await as('ys-verifier-1', item());
    await begin(deputy, '同意启封');
    await send(deputy);
    await begin(deputy, '取出密封件');
    const saved = deputy.waitForEvent('download');
    await send(deputy);
    const envelope = join(folder, 'envelope.json');
    await (await saved).saveAs(envelope);
    expect(readFileSync(envelope, 'utf8')).not.toContain(NAME);
    const [a = '', b = ''] = halves;
    expect(taizhang('unseal', envelope, '--half', a, '--half', b)).toContain(NAME);

    const reporter = await follow();
    for (const told of ['申请启封', '须当面核对名单', '同意启封', '取走了密封件'])
      await reporter.getByText(told).first().waitFor();
    expect(await accessibilityFaults(reporter)).toEqual([]);
  });

  it('is closed with an answer, and opened again by a verdict that is not content', async () => {
    const supervisor = await as('ys-supervisor', item());
    await begin(supervisor, '办结并答复反映人');
    await supervisor.getByLabel('办结结果').selectOption({ label: '已办理' });
    await supervisor.getByLabel('说明').fill('已停发两户，追回六千元。');
    await send(supervisor);
    const reporter = await follow('en');
    await reporter.getByText('已停发两户，追回六千元。').waitFor();
    const solved = reporter.getByRole('group', { name: 'Is it solved?' });
    await solved.getByLabel('No').check();
    await reporter.getByRole('group', { name: 'Are you satisfied?' }).getByLabel('No').check();
    await reporter.getByRole('button', { name: 'Send the verdict' }).click();
    await reporter.getByText('You have given your verdict.').waitFor();
    await reporter.locator('.state').getByText('Reopened').waitFor();
  });

  it('tells a name that was given openly on demand, and shows the reporter to whom', async () => {
    const sent = await visit('/report', { size: PHONE });
    await sent.getByLabel('涉及的地方或单位').fill(COUNTY);
    await sent.getByLabel('要反映的事').fill('演示路的路灯不亮。');
    await sent.getByLabel('实名').check();
    await sent.getByLabel('姓名').fill(NAME);
    await sent.getByRole('button', { name: '提交', exact: true }).click();
    await sent.getByRole('heading', { level: 1, name: '已收到' }).waitFor();
    no = await sent.locator('#item').innerText();
    code = await sent.locator('#code').innerText();

    // Nobody in the county dispatches requests: the city above it has received this one.
    const city = await as('ys-supervisor', item());
    await city.getByText('查看会留下记录').waitFor();
    expect(await city.content()).not.toContain(NAME);
    await city.getByRole('button', { name: '查看反映人' }).click();
    await city.getByText(`反映人：${NAME}`).waitFor();
    expect(await accessibilityFaults(city)).toEqual([]);
    const page = await follow();
    await page.getByText('查看了您的姓名').waitFor();
  });
});
