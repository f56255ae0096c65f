// What one is told: the inbox, and putting a notice away.
import { ask } from './client';
import type { InboxPage } from './shapes';

export function getInbox(before?: number, limit = 20): Promise<InboxPage> {
  const from = before === undefined ? '' : `&before=${before}`;
  return ask(`/api/v1/inbox?limit=${limit}${from}`);
}

export async function putAway(notice: number): Promise<void> {
  await ask(`/api/v1/inbox/${notice}/done`, { method: 'POST' });
}
