// What presses first, for which post, and which item comes next.
import { describe, expect, it } from 'vitest';
import type { Post } from '../../api/shapes';
import { grouped, groupOf, neighbour, ofPost, type WorkItem } from './groups';

const TODAY = '2019-09-20';
const unit = { code: '2202', name: '吉林市' };
function item(no: string, changes: Partial<WorkItem>): WorkItem {
  return {
    item: no,
    version: 1,
    kind: 'problem',
    state: 'registered',
    state_title: { 'zh-CN': '', en: '' },
    phase: 'listed',
    title: no,
    source: 'resident',
    unit,
    lead: null,
    opened: '2019-09-01',
    due: null,
    overdue: false,
    closed: null,
    fixed: false,
    reopened: 0,
    share: false,
    special: null,
    changed: '2019-09-01T09:00:00+08:00',
    light: null,
    offers: [],
    ...changes,
  };
}

describe('the groups of my work', () => {
  it('go by the days that are left', () => {
    const due = (day: string | null) => groupOf(item('a', { due: day }), TODAY);
    expect(due('2019-09-19')).toBe('overdue');
    expect(due('2019-09-20')).toBe('soon');
    expect(due('2019-09-27')).toBe('soon');
    expect(due('2019-09-28')).toBe('later');
    expect(due(null)).toBe('noDeadline');
  });
  it('keep closed items apart: their deadline says nothing any more', () => {
    expect(groupOf(item('a', { due: '2019-09-01', phase: 'closed' }), TODAY)).toBe('toJudge');
  });
  it('leave empty ones out and keep the order within', () => {
    const groups = grouped(
      [item('a', { due: '2019-09-10' }), item('b', { due: '2019-09-12' }), item('c', {})],
      TODAY,
    );
    expect(groups.map(({ group, items }) => [group, items.map((each) => each.item)])).toEqual([
      ['overdue', ['a', 'b']],
      ['noDeadline', ['c']],
    ]);
  });
});

describe('the work of one post', () => {
  const post: Post = { post: 3, unit, role: 'supervisor' };
  const offer = (role: 'supervisor' | 'recorder', code: string) => ({
    transition: 'assign',
    title: { 'zh-CN': '交办', en: 'Assign' },
    role,
    unit: { code, name: code },
  });
  it('is what that post may do, and only its steps', () => {
    const items = [
      item('a', { offers: [offer('supervisor', '2202'), offer('recorder', '2202')] }),
      item('b', { offers: [offer('supervisor', '22')] }),
    ];
    expect(ofPost(items, post)).toEqual([item('a', { offers: [offer('supervisor', '2202')] })]);
    expect(ofPost(items, undefined)).toBe(items);
  });
});

describe('the next item', () => {
  const items = ['a', 'b', 'c'].map((no) => ({ item: no }));
  it('follows in the list, or is the first where one is not in it', () => {
    expect(neighbour(items, 'a', 1)).toBe('b');
    expect(neighbour(items, 'c', 1)).toBeNull();
    expect(neighbour(items, 'a', -1)).toBeNull();
    expect(neighbour(items, 'gone', 1)).toBe('a');
    expect(neighbour([], 'gone', 1)).toBeNull();
  });
});
