// Working with the keyboard alone, and what that must be like: where one is can be seen, one always
// comes on, and in the order of the page.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const TABS_MAX = 250;

interface Standing {
  what: string;
  forward: boolean; // after the element before it, in the order of the page
  marked: boolean; // one can see that it has the focus
  inSight: boolean;
}

/** Presses Tab until that element has the focus. Whatever is passed on the way is looked at. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor();
  const there = () => target.first().evaluate((element) => element === document.activeElement);
  let turns = 0;
  for (let press = 0; press < TABS_MAX; press += 1) {
    await page.keyboard.press('Tab');
    const standing = await page.evaluate(standingHere);
    if (!standing) continue; // at the browser's own frame, between the last and the first
    if (!standing.forward) turns += 1;
    expect(turns, `the focus goes back to ${standing.what}`).toBeLessThan(2);
    expect(standing, 'where the focus is').toMatchObject({ marked: true, inSight: true });
    if (await there()) return;
  }
  throw new Error(`${target.toString()} cannot be reached by Tab`);
}

/** Goes to a field and types into it. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.type(text);
}

/** Goes to a list of choices and down to the one with those words. */
export async function choose(page: Page, field: Locator, words: string): Promise<void> {
  await tabTo(page, field);
  const chosen = () =>
    field.evaluate((select) => (select as HTMLSelectElement).selectedOptions[0]?.text ?? '');
  for (let step = 0; step < 40 && (await chosen()) !== words; step += 1)
    await page.keyboard.press('ArrowDown');
  expect(await chosen()).toBe(words);
}

/** Types a day into the browser's own field, whose parts stand in the browser's order. */
export async function typeDay(page: Page, field: Locator, day: string): Promise<void> {
  await tabTo(page, field);
  const [year = '', month = '', date = ''] = day.split('-');
  await page.keyboard.type(month + date + year);
  expect(await field.inputValue()).toBe(day);
}

/** Types a unit's code and takes what is offered first. */
export async function typeUnit(page: Page, field: Locator, typed: string, name: string) {
  await typeInto(page, field, typed);
  await page.getByRole('option', { name }).first().waitFor();
  await page.keyboard.press('Enter');
  expect(await field.inputValue()).toBe(name);
}

/** Goes to a link or button and presses it. */
export async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

// Runs in the page; null while nothing of it has the focus.
function standingHere(): Standing | null {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const window_ = window as unknown as { tzBefore?: Element };
  const before = window_.tzBefore;
  window_.tzBefore = here;
  const FOLLOWING = Node.DOCUMENT_POSITION_FOLLOWING;
  // A day's field is one element, through whose parts one goes.
  const forward =
    !before?.isConnected ||
    before === here ||
    (before.compareDocumentPosition(here) & FOLLOWING) !== 0;
  // The mark may be drawn by what stands around it, as with a file's button or a list of choices.
  const marked = [here, here.parentElement, here.closest('label')].some((element) => {
    if (!element) return false;
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    return outlined || style.boxShadow !== 'none';
  });
  const box = here.getBoundingClientRect();
  const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const what = `${here.tagName} ${here.id} ${(here.textContent ?? '').slice(0, 20)}`;
  return { what, forward, marked, inSight };
}
