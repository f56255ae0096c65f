// Work groups: which there are, one with its members and what came of it, its visits; and changes.
import { ask } from './client';
import type {
  GroupDone,
  GroupRow,
  MandateWish,
  Stamp,
  VisitsPage,
  VisitWish,
  WorkGroupPage,
} from './shapes';

const PATH = '/api/v1/work-groups';

export const getGroups = () => ask<{ work_groups: GroupRow[] } & Stamp>(PATH);

export const getGroup = (group: string) => ask<WorkGroupPage>(`${PATH}/${group}`);

/** The newest first; `before`: from where a page ended. */
export const getVisits = (group: string, before?: number) =>
  ask<VisitsPage>(`${PATH}/${group}/visits${before === undefined ? '' : `?before=${before}`}`);

export const sendGroup = (body: MandateWish, idempotencyKey: string) =>
  ask<GroupDone>(PATH, { method: 'POST', body, idempotencyKey });

export const changeMembers = (group: string, members: number[], idempotencyKey: string) =>
  ask<GroupDone>(`${PATH}/${group}/members`, {
    method: 'POST',
    body: { members },
    idempotencyKey,
  });

export const endGroup = (group: string, reason: string, idempotencyKey: string) =>
  ask<GroupDone>(`${PATH}/${group}/end`, { method: 'POST', body: { reason }, idempotencyKey });

export const recordVisit = (group: string, body: VisitWish, idempotencyKey: string) =>
  ask<GroupDone>(`${PATH}/${group}/visits`, { method: 'POST', body, idempotencyKey });
