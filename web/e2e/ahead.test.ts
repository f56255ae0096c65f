// What a page looks at first is asked for before the page is drawn: once, and by who is let in.
import { expect, inject, it } from 'vitest';
import { openBrowser, withCookie } from './browser';
import { Person } from './person';

const { visit } = openBrowser();
const Y = 'ys-supervisor';

/** The questions to the server that opening a page brings with it, without what stands after ?. */
async function questions(path: string, cookie?: string): Promise<string[]> {
  const page = await visit('/help');
  if (cookie) await withCookie(page.context(), cookie, page.url());
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/v1/')) asked.push(pathname.slice('/api/v1'.length));
  });
  await page.goto(inject('base') + path);
  await page.locator('h1, .notice').first().waitFor();
  await expect.poll(() => page.locator('.loading').count()).toBe(0);
  await page.context().close();
  return asked;
}

it.each([
  ['/funds/ys_relief', '/funds/ys_relief'],
  ['/schemes/ys_round_3', '/schemes/ys_round_3'],
  ['/units/2202', '/units/2202'],
  ['/ballots', '/ballots'],
  ['/services/YS010101', '/units/YS010101/services'],
  ['/services/YS010101?part=disputes', '/units/YS010101/disputes'],
])('%s is asked for once, before what the page shows later', async (path, question) => {
  const { cookie } = await Person.signIn(
    { base: inject('base'), passwords: inject('passwords') },
    path.startsWith('/schemes') ? 'xa-demo-lead' : Y,
  );
  const asked = await questions(path, cookie);
  expect(asked.filter((each) => each === question)).toHaveLength(1);
  // The header asks for the inbox as soon as it is drawn.
  expect(asked.indexOf(question)).toBeLessThan(asked.indexOf('/inbox'));
});

it('is not asked for who is not let in', async () => {
  const asked = await questions('/ballots');
  expect(asked).toContain('/session');
  expect(asked).not.toContain('/ballots');
});
