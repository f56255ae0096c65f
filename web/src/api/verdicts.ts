// Verdicts of a unit, by level and of the units below it.
import { ask, askBlob } from './client';
import type { UnitVerdicts } from './shapes';

const verdictsAddress = (code: string) => `/api/v1/units/${encodeURIComponent(code)}/verdicts`;

export const getVerdictsTable = (code: string) => askBlob(`${verdictsAddress(code)}.csv`);

/** A scan of every row; a page of the units below with it. */
export const getVerdicts = (code: string, cursor?: string) =>
  ask<UnitVerdicts>(
    verdictsAddress(code) + (cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''),
  );
