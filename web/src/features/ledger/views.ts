// Views of the list that have a name: those everybody has, and those a person keeps. Each is
// nothing but an address, so that it can be sent to somebody else.
import { addDays } from '../../lib/days';
import type { Key } from '../../locales';
import type { Filters } from './query';

export const VIEWS_MAX = 30;
export const NAME_CHARS_MAX = 40;
const PREFIX = 'tz.views.';

export interface SavedView {
  name: string;
  search: string; // sorted, without the question mark
}

/** The views everybody has. `today` is the ledger's day. */
export function builtInViews(today: string): { word: Key; filters: Filters }[] {
  return [
    { word: 'ledger.viewAll', filters: {} },
    { word: 'ledger.viewOpen', filters: { open: 'yes' } },
    { word: 'ledger.viewOverdue', filters: { overdue: 'yes' } },
    {
      word: 'ledger.viewWeek',
      filters: { open: 'yes', due_from: today, due_to: sundayOf(today) },
    },
    { word: 'ledger.viewFixed', filters: { phase: 'closed', fixed: 'yes' } },
  ];
}

/** The Sunday that ends the week of a day; weeks begin on Monday. */
export function sundayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, (7 - weekday) % 7);
}

/** The views an account keeps in this browser; what cannot be read is no view. */
export function readViews(storage: Storage, account: string): SavedView[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(PREFIX + account) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView).slice(0, VIEWS_MAX) : [];
  } catch {
    return [];
  }
}

function isView(value: unknown): value is SavedView {
  const view = value as SavedView | null;
  return typeof view?.name === 'string' && typeof view.search === 'string';
}

/** With the view under its name, which replaces one of the same name; null where there are too
 * many already. */
export function withView(views: SavedView[], view: SavedView): SavedView[] | null {
  const name = view.name.trim().slice(0, NAME_CHARS_MAX);
  const others = views.filter((each) => each.name !== name);
  if (name === '' || others.length >= VIEWS_MAX) return null;
  return [...others, { ...view, name }];
}

export function withoutView(views: SavedView[], name: string): SavedView[] {
  return views.filter((each) => each.name !== name);
}

/** False where the browser has no room or forbids it. */
export function keepViews(storage: Storage, account: string, views: SavedView[]): boolean {
  try {
    storage.setItem(PREFIX + account, JSON.stringify(views));
    return true;
  } catch {
    return false;
  }
}
