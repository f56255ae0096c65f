// One problem for two units: the lead answers for the whole, the supporting unit does its part, and
// close-out is not asked for before that part is done.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, openBrowser, WIDE } from './browser';
import { Person } from './person';
import { Demo } from './server';
import { begin, chooseUnit, daysAfter, ledgerDay, pdf, refusal, send } from './work';

const TITLE = '路面塌陷，水管漏水';
const PART = '修复漏水的水管';

let demo: Demo;
let no = '';
beforeAll(async () => {
  demo = await Demo.begin();
  no = await (await Person.signIn(demo, 'ys-recorder')).list(TITLE);
});
const { as } = openBrowser(() => demo);
afterAll(() => demo.end());

const item = () => `/items/${no}`;

// Each part goes on where the one before has ended.
describe.sequential('a problem for several units', () => {
  it('is assigned with a part for a supporting unit, by a date of its own', async () => {
    const page = await as('ys-supervisor', item(), { size: WIDE });
    const today = await ledgerDay(page);
    await begin(page, '交办');
    await chooseUnit(page.getByLabel('牵头单位'), '住房和城乡', '演示县住房和城乡建设局');
    await page.getByLabel('办理期限').fill(daysAfter(today, 30));
    const parts = page.getByRole('group', { name: /^配合任务/ });
    await parts.getByLabel('第 1 项：配合做什么').fill(PART);
    await chooseUnit(parts.getByLabel('配合单位', { exact: true }), 'YS0101', '演示县');
    await parts.getByLabel('完成日期').fill(daysAfter(today, 20));
    expect(await accessibilityFaults(page)).toEqual([]);
    await send(page);
    const card = page.locator('section.card').filter({
      has: page.getByRole('heading', { name: '配合任务' }),
    });
    await card.getByText(PART).waitFor();
    await card.getByText('1 条中完成 0 条').waitFor();
  });

  it('is not taken for done by the lead while a part is open', async () => {
    const day = daysAfter(await ledgerDay(await as('ys-zhujian', item())), 20);
    const worker = await Person.signIn(demo, 'ys-zhujian');
    const measures = [{ text: '回填路面', due: day }];
    await worker.act(no, 'plan', { measures, criterion: '路面平整，不再漏水。' });
    const lead = await as('ys-zhujian', item());
    await begin(lead, '报告进展');
    await lead.getByLabel('说明').fill('路面已回填。');
    await lead.getByLabel('该措施已经完成').check();
    await lead.locator('input[type=file]').setInputFiles(pdf('验收单', no));
    await lead.getByText('已上传').waitFor();
    await send(lead);
    await refusal(lead, '申请销号').getByText('配合任务尚未完成').waitFor();
    expect(await lead.getByRole('button', { name: '申请销号', exact: true }).count()).toBe(0);
  });

  it('has its part done by the supporting unit, which may do nothing else', async () => {
    const page = await as('ys-county', item());
    await begin(page, '完成配合任务');
    await page.getByLabel('说明').fill('水管已换新，试压合格。');
    await send(page);
    const card = page.locator('section.card').filter({
      has: page.getByRole('heading', { name: '配合任务' }),
    });
    await card.getByText('1 条中完成 1 条').waitFor();
    await page.getByText('水管已换新，试压合格。').first().waitFor();
    expect(await page.getByRole('button', { name: '申请销号', exact: true }).count()).toBe(0);
  });

  it('goes to be checked once all have done their parts, and is printed with them', async () => {
    const lead = await as('ys-zhujian', item());
    await begin(lead, '申请销号');
    await send(lead);
    await lead.getByText('申请销号').first().waitFor();
    await lead.goto(`${demo.base}${item()}/print/closeout`);
    const sheet = lead.locator('.paper-desk');
    await sheet.getByText('配合任务').first().waitFor();
    await sheet.getByText(PART).first().waitFor();
  });
});
