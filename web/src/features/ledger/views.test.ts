// Saved views, and the places kept in a list.
import { beforeEach, describe, expect, it } from 'vitest';
import { keepPlace, readPlace } from '../../lib/placeMemory';
import {
  builtInViews,
  keepViews,
  readViews,
  sundayOf,
  VIEWS_MAX,
  withoutView,
  withView,
} from './views';

class FakeStorage implements Storage {
  private kept = new Map<string, string>();
  full = false;
  get length() {
    return this.kept.size;
  }
  clear = () => this.kept.clear();
  key = (index: number) => [...this.kept.keys()][index] ?? null;
  getItem = (key: string) => this.kept.get(key) ?? null;
  removeItem = (key: string) => void this.kept.delete(key);
  setItem = (key: string, value: string) => {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.kept.set(key, value);
  };
}
let storage: FakeStorage;
beforeEach(() => {
  storage = new FakeStorage();
});

describe('saved views', () => {
  const view = { name: '我的', search: 'overdue=yes&unit=2202' };
  it('are kept for one account of this browser', () => {
    expect(keepViews(storage, 'a', [view])).toBe(true);
    expect(readViews(storage, 'a')).toEqual([view]);
    expect(readViews(storage, 'b')).toEqual([]);
  });
  it('are not believed blindly', () => {
    storage.setItem('tz.views.a', '{');
    expect(readViews(storage, 'a')).toEqual([]);
    storage.setItem('tz.views.a', JSON.stringify([null, 7, { name: 'x' }, view]));
    expect(readViews(storage, 'a')).toEqual([view]);
  });
  it('have one name each, and a limit', () => {
    const again = withView([view], { name: ' 我的 ', search: '' });
    expect(again).toEqual([{ name: '我的', search: '' }]);
    expect(withView([], { name: '  ', search: '' })).toBeNull();
    const many = Array.from({ length: VIEWS_MAX }, (_, index) => ({
      name: String(index),
      search: '',
    }));
    expect(withView(many, view)).toBeNull();
    expect(withView(many, { name: '3', search: 'open=yes' })).toHaveLength(VIEWS_MAX);
    expect(withoutView(many, '3')).toHaveLength(VIEWS_MAX - 1);
  });
  it('say so when the browser has no room', () => {
    storage.full = true;
    expect(keepViews(storage, 'a', [view])).toBe(false);
  });
});

describe('the views everybody has', () => {
  it('reckon this week to its Sunday', () => {
    expect(sundayOf('2019-09-16')).toBe('2019-09-22'); // a Monday
    expect(sundayOf('2019-09-22')).toBe('2019-09-22');
    const week = builtInViews('2019-09-20').find((each) => each.word === 'ledger.viewWeek');
    expect(week?.filters).toEqual({ open: 'yes', due_from: '2019-09-20', due_to: '2019-09-22' });
  });
});

describe('a place in a list', () => {
  it('is kept by address', () => {
    keepPlace(storage, '/items?open=yes', { top: 1200, row: 33 });
    expect(readPlace(storage, '/items?open=yes')).toEqual({ top: 1200, row: 33 });
    expect(readPlace(storage, '/items')).toBeNull();
  });
  it('is none where what was kept is none', () => {
    storage.setItem('tz.place./items', '"here"');
    expect(readPlace(storage, '/items')).toBeNull();
    storage.full = true;
    expect(() => keepPlace(storage, '/x', { top: 1, row: 1 })).not.toThrow();
  });
});
