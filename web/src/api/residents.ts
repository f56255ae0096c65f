// What residents come for: the catalogue of services, what was given of it, and disputes.
import { ask, askBlob } from './client';
import type {
  DisputeBrought,
  DisputeEnd,
  DisputeReceipt,
  HandlingGiven,
  ServiceCatalogue,
  Stamp,
  UnitDisputes,
  UnitServices,
} from './shapes';

/** The first and the last day that count; without them all until today. */
export interface Period {
  from?: string | undefined;
  to?: string | undefined;
}

function query(period: Period, more: Record<string, string | null | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...period, ...more }))
    if (value) search.set(name, value);
  const text = search.toString();
  return text ? `?${text}` : '';
}
const ofUnit = (unit: string) => `/api/v1/units/${encodeURIComponent(unit)}`;

export const getServices = () => ask<ServiceCatalogue & Stamp>('/api/v1/services');

export const getUnitServices = (unit: string, period: Period, cursor?: string | null) =>
  ask<UnitServices>(`${ofUnit(unit)}/services${query(period, { cursor })}`);

export const getUnitDisputes = (unit: string, period: Period, cursor?: string | null) =>
  ask<UnitDisputes>(`${ofUnit(unit)}/disputes${query(period, { cursor })}`);

export type TableName = 'services' | 'disputes';
export const getUnitTable = (unit: string, name: TableName, period: Period) =>
  askBlob(`${ofUnit(unit)}/${name}.csv${query(period)}`);
export const getNewestDisputesTable = (unit: string, period: Period) =>
  askBlob(`${ofUnit(unit)}/disputes/newest.csv${query(period)}`);

export const getCatalogueTable = () => askBlob('/api/v1/services.csv');

export const sendHandling = (body: HandlingGiven, idempotencyKey: string) =>
  ask<unknown>('/api/v1/handlings', { method: 'POST', body, idempotencyKey });

/** Its codes are told in the answer, and never again. */
export const sendDispute = (body: DisputeBrought) =>
  ask<DisputeReceipt>('/api/v1/disputes', { method: 'POST', body });

export const endDispute = (dispute: string, body: DisputeEnd, idempotencyKey: string) =>
  ask<unknown>(`/api/v1/disputes/${dispute}/end`, { method: 'POST', body, idempotencyKey });

export const enterPaper = (
  dispute: string,
  body: { party: number; answer: 'yes' | 'no' },
  idempotencyKey: string,
) => ask<unknown>(`/api/v1/disputes/${dispute}/papers`, { method: 'POST', body, idempotencyKey });
