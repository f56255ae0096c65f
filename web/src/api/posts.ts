// One's posts, who acts in them, and handing their open work over.
import { ask } from './client';
import type { HandoverPage, OwnPosts, Post, Role, WorkList } from './shapes';

export function getOwnPosts(): Promise<OwnPosts> {
  return ask('/api/v1/account/posts');
}

export function getOpenWork(post: number): Promise<WorkList> {
  return ask(`/api/v1/account/posts/${post}/work`);
}

/** Posts held in a unit today by people, not those that somebody acts in. */
export async function getUnitPosts(unit: string, role: Role): Promise<Post[]> {
  const path = `/api/v1/units/${encodeURIComponent(unit)}/posts?role=${role}`;
  return (await ask<{ posts: Post[] }>(path)).posts.filter((post) => !post.acting);
}

export async function proposeHandover(from: number, to: number): Promise<number> {
  const body = { from, to };
  return (await ask<{ handover: number }>('/api/v1/account/handovers', { method: 'POST', body }))
    .handover;
}

export function getHandover(handover: number): Promise<HandoverPage> {
  return ask(`/api/v1/account/handovers/${handover}`);
}

export async function confirmHandover(handover: number): Promise<number> {
  const path = `/api/v1/account/handovers/${handover}/confirm`;
  return (await ask<{ items: number }>(path, { method: 'POST' })).items;
}

export async function endHandover(handover: number): Promise<void> {
  await ask(`/api/v1/account/handovers/${handover}`, { method: 'DELETE' });
}

export async function grantActing(place: number, by: number, to: string): Promise<number> {
  const body = { for: place, by, to };
  return (await ask<{ post: number }>('/api/v1/acting', { method: 'POST', body })).post;
}

export async function proposeForAnother(from: number, to: number): Promise<number> {
  const body = { from, to };
  return (await ask<{ handover: number }>('/api/v1/handovers', { method: 'POST', body })).handover;
}
