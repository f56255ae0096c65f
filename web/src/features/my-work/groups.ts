// What waits for somebody, in the order in which it presses.
import type { Post, WorkOffer, WorkPage } from '../../api/shapes';
import { daysBetween } from '../../lib/days';

export type WorkItem = WorkPage['items'][number];

export const GROUPS = ['overdue', 'soon', 'later', 'noDeadline', 'toJudge'] as const;
export type Group = (typeof GROUPS)[number];

export const SOON_DAYS = 7;

/** Where an item belongs. Of a closed item the deadline says nothing any more. */
export function groupOf(item: WorkItem, today: string): Group {
  if (item.phase === 'closed') return 'toJudge';
  if (!item.due) return 'noDeadline';
  const left = daysBetween(today, item.due);
  if (left < 0) return 'overdue';
  return left <= SOON_DAYS ? 'soon' : 'later';
}

/** The groups that hold something, each in the order the answer gave. */
export function grouped(items: WorkItem[], today: string): { group: Group; items: WorkItem[] }[] {
  return GROUPS.map((group) => ({
    group,
    items: items.filter((item) => groupOf(item, today) === group),
  })).filter((each) => each.items.length > 0);
}

export function isOf(offer: WorkOffer, post: Post): boolean {
  return offer.role === post.role && offer.unit.code === post.unit.code;
}

/** What waits for one post, with only its steps; all of it without a post. */
export function ofPost(items: WorkItem[], post: Post | undefined): WorkItem[] {
  if (!post) return items;
  return items.flatMap((item) => {
    const offers = item.offers.filter((offer) => isOf(offer, post));
    return offers.length > 0 ? [{ ...item, offers }] : [];
  });
}

/** The item after `no`, else the one before it; null where it was the only one. */
export function neighbour(items: { item: string }[], no: string, step: 1 | -1): string | null {
  const at = items.findIndex((each) => each.item === no);
  if (at < 0) return items[0]?.item ?? null;
  return items[at + step]?.item ?? null;
}
