// Resettlement schemes: which there are, how far their households are, and changes.
import { ask, askBlob } from './client';
import type {
  Rosters,
  RosterWish,
  SchemeDone,
  SchemePage,
  SchemeRow,
  SchemeWish,
  SigningWish,
  Stamp,
} from './shapes';

const PATH = '/api/v1/schemes';

const at = (scheme: string) => `${PATH}/${encodeURIComponent(scheme)}`;
const asked = (unit: string | null) => (unit ? `?unit=${encodeURIComponent(unit)}` : '');

export const getSchemes = () => ask<{ schemes: SchemeRow[] } & Stamp>(PATH);

export const getSchemesTable = () => askBlob(`${PATH}.csv`);

/** The parts of a unit, or where there is none of the whole scheme. */
export const getScheme = (scheme: string, unit: string | null) =>
  ask<SchemePage>(`${at(scheme)}${asked(unit)}`);

export const getStages = (scheme: string, unit: string | null) =>
  askBlob(`${at(scheme)}/stages.csv${asked(unit)}`);

export const getRostersTable = (scheme: string, unit: string | null) =>
  askBlob(`${at(scheme)}/rosters.csv${asked(unit)}`);

/** Those for everybody that are shown today. */
export const getPublicRosters = () => ask<Rosters>('/api/v1/rosters');

export const getPublicRostersTable = () => askBlob('/api/v1/rosters.csv');

export const openScheme = (body: SchemeWish, idempotencyKey: string) =>
  ask<SchemeDone>(PATH, { method: 'POST', body, idempotencyKey });

export const freezeScheme = (scheme: string, idempotencyKey: string) =>
  ask<SchemeDone>(`${at(scheme)}/freeze`, { method: 'POST', body: {}, idempotencyKey });

export const openSigning = (scheme: string, body: SigningWish, idempotencyKey: string) =>
  ask<SchemeDone>(`${at(scheme)}/signing`, { method: 'POST', body, idempotencyKey });

export const makeRoster = (scheme: string, body: RosterWish, idempotencyKey: string) =>
  ask<SchemeDone>(`${at(scheme)}/rosters`, { method: 'POST', body, idempotencyKey });
