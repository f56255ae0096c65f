// The ledger itself, its kinds and its newest signed checkpoint.
import { ask, askText } from './client';
import type { Flow, KindSummary, Ledger } from './shapes';

export const getLedger = () => ask<Ledger>('/api/v1/ledger');
export const getKinds = () => ask<{ kinds: KindSummary[] }>('/api/v1/kinds');
export const getFlow = (kind: string, version?: number) =>
  ask<Flow>(`/api/v1/kinds/${kind}/flow${version === undefined ? '' : `?version=${version}`}`);
export const getCheckpoint = () => askText('/log/checkpoint');
