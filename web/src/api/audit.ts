// Rows of the audit log.
import { ask } from './client';
import type { AuditPage } from './shapes';

export function getAudit(filters: Record<string, string>, before?: number): Promise<AuditPage> {
  const query = new URLSearchParams(filters);
  if (before !== undefined) query.set('before', String(before));
  const text = query.toString();
  return ask<AuditPage>(`/api/v1/audit${text ? `?${text}` : ''}`);
}
