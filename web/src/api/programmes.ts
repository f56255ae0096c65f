// Programmes, how units stand to what they ask, what is answered, and proofs of it.
import { ask } from './client';
import type {
  CoverageProof,
  Programme,
  ProgrammePage,
  Rectification,
  RequirementAnswer,
  Stamp,
  UnitCoverage,
} from './shapes';

const ROWS = '50';
const coverageOf = (unit: string, query: Record<string, string>) =>
  ask<UnitCoverage>(
    `/api/v1/units/${encodeURIComponent(unit)}/coverage?` + new URLSearchParams(query).toString(),
  );

export const getProgrammes = () => ask<{ programmes: Programme[] } & Stamp>('/api/v1/programmes');

export const getProgramme = (id: string) =>
  ask<ProgrammePage>(`/api/v1/programmes/${encodeURIComponent(id)}`);

/** What rolls up to each special rectification item, of that unit and all below it. */
export const getRectification = (id: string, unit: string) =>
  ask<Rectification>(
    `/api/v1/programmes/${encodeURIComponent(id)}/rectification?` +
      new URLSearchParams({ unit }).toString(),
  );

/** Every requirement, with the counts of that unit and all below it. */
export const getCoverage = (unit: string, programme: string) => coverageOf(unit, { programme });

/** Who is not covered, in the order of the tree; one page of them. */
export const getUncovered = (
  unit: string,
  programme: string,
  requirement: string,
  cursor: string | null,
) => coverageOf(unit, { programme, requirement, limit: ROWS, ...(cursor ? { cursor } : {}) });

/** The units directly below, in the order of the tree; one page of them. */
export const getCoverageBelow = (
  unit: string,
  programme: string,
  requirement: string,
  cursor: string | null,
) =>
  coverageOf(unit, {
    programme,
    requirement,
    by: 'child',
    limit: ROWS,
    ...(cursor ? { cursor } : {}),
  });

export const getCoverageProof = (
  unit: string,
  programme: string,
  requirement: string,
  span: CoverageProof['span'],
) =>
  ask<CoverageProof>(
    `/api/v1/units/${encodeURIComponent(unit)}/coverage/proof?` +
      new URLSearchParams({ programme, requirement, span }).toString(),
  );

/** What a unit answers for itself is an answer; what is said above it is a ruling. */
export type Saying = 'met' | 'none_claimed' | 'none_checked' | 'exempt' | 'open';

export async function say(
  programme: string,
  requirement: string,
  saying: Saying,
  body: RequirementAnswer,
  idempotencyKey: string,
): Promise<void> {
  const place = saying === 'met' || saying === 'none_claimed' ? 'answers' : 'rulings';
  await ask(
    `/api/v1/programmes/${encodeURIComponent(programme)}/requirements/` +
      `${encodeURIComponent(requirement)}/${place}/${saying}`,
    { method: 'POST', body, idempotencyKey },
  );
}
