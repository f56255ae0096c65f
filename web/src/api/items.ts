// Items: lists, one with its history and proofs, and changes to it.
import type { RecordProof } from '../lib/recordProof';
import { ask, askBlob, sendFile } from './client';
import type {
  Action,
  History,
  HouseholdCode,
  Item,
  ItemPage,
  OpenItem,
  Receipt,
  ReportOnBehalf,
  ReportTaken,
  Role,
  Stamp,
  StoredFile,
  WorkPage,
} from './shapes';

export const getItems = (search: URLSearchParams, signal?: AbortSignal) =>
  ask<ItemPage>(`/api/v1/items?${search.toString()}`, signal ? { signal } : {});

export const getItem = (no: string) => ask<Item>(`/api/v1/items/${no}`);
export const getHistory = (no: string) => ask<History>(`/api/v1/items/${no}/history`);
export const getProof = (no: string, seq: number) =>
  ask<RecordProof & Stamp>(`/api/v1/items/${no}/records/${seq}/proof`);

/** What waits for the caller: of all his posts, of those of one role, or for verification. */
export const getWork = (queue?: 'verification', role?: Role) =>
  ask<WorkPage>(
    `/api/v1/work?limit=200${queue ? `&queue=${queue}` : ''}${role ? `&role=${role}` : ''}`,
  );

export const openItem = (body: OpenItem, idempotencyKey: string, post?: number) =>
  ask<Receipt>(`/api/v1/items${asPost(post)}`, { method: 'POST', body, idempotencyKey });

/**
 * Writes down what somebody tells an official; the query code is told in the answer, never again.
 * It takes no idempotency key: what is kept under one would tell something of him.
 */
export const writeDownRequest = (body: ReportOnBehalf) =>
  ask<ReportTaken>('/api/v1/items/on-behalf', { method: 'POST', body });

/** Takes a transition, or `correct` or `redact`; `version` is the one the person has seen. */
export const changeItem = (
  no: string,
  change: string,
  body: Action | Record<string, unknown>,
  version: number,
  idempotencyKey: string,
  post?: number,
) =>
  ask<Receipt>(`/api/v1/items/${no}/${change}${asPost(post)}`, {
    method: 'POST',
    body,
    version,
    idempotencyKey,
  });

/** Who sent it under his name. That it was told is recorded first, and shown to him. */
export const giveQueryCode = (no: string) =>
  ask<HouseholdCode>(`/api/v1/items/${no}/code`, { method: 'POST' });

export const readReporter = (no: string) =>
  ask<Receipt>(`/api/v1/items/${no}/reporter`, { method: 'POST' });

/** Keeps a file, to be named by its hash; what it is, the server finds from its bytes. */
export const storeFile = (file: Blob, onProgress: (percent: number) => void, signal: AbortSignal) =>
  sendFile<StoredFile>('/api/v1/evidence', file, onProgress, signal);
/** The bytes of a file that the item carries. */
export const getFile = (sha256: string, no: string) => askBlob(evidenceAddress(sha256, no));

export const evidenceAddress = (sha256: string, no: string) =>
  `/api/v1/evidence/${sha256}?item=${no}`;

const asPost = (post?: number) => (post === undefined ? '' : `?post=${post}`);
