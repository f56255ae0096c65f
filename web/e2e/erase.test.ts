// Destroying the personal data of an item from its page: who may is asked why, others are told who.
import { describe, expect, inject, it } from 'vitest';
import { openBrowser } from './browser';
import { Person } from './person';
import { begin } from './work';

const { as } = openBrowser();
const site = () => ({ base: inject('base'), passwords: inject('passwords') });

describe('an item with personal data', () => {
  it('loses every text at once, for a reason, by whoever listed it', async () => {
    const recorder = await Person.signIn(site(), 'ys-recorder');
    const no = await recorder.list('误录了住户姓名的事项');
    const page = await as('ys-recorder', `/items/${no}`);
    await begin(page, '销毁本事项的个人信息');
    const destroy = page.getByRole('button', { name: '销毁本事项的个人信息' });
    await destroy.click();
    // Without a reason nothing is sent.
    await page.getByRole('alert').first().waitFor();
    expect((await recorder.get<{ title: string | null }>(`/api/v1/items/${no}`)).title).not.toBe(
      null,
    );
    await page.getByLabel('理由').fill('当事人要求。');
    await destroy.click();
    await page.getByText('误录了住户姓名的事项').first().waitFor({ state: 'detached' });
    await page.getByText('当事人要求。').first().waitFor();
    expect((await recorder.get<{ title: string | null }>(`/api/v1/items/${no}`)).title).toBe(null);
  });

  it('tells others who may', async () => {
    const recorder = await Person.signIn(site(), 'ys-recorder');
    const supervisor = await Person.signIn(site(), 'ys-supervisor');
    const no = await recorder.list('他人不能销毁的事项');
    await supervisor.act(no, 'assign', { lead: 'YS0101', due: '2019-12-31' });
    const page = await as('ys-county', `/items/${no}`, { language: 'en' });
    await page
      .getByText('May be done by whoever listed it and by supervisors over its place')
      .waitFor();
    expect(
      await page.getByRole('button', { name: 'Destroy personal data of this item' }).count(),
    ).toBe(0);
  });
});
