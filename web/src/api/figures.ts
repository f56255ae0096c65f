// Units several at once, and the way to one.
import { ask } from './client';
import type { ManyUnits, Unit, UnitPage } from './shapes';

/** These units with their totals and what stands below them, all at one position. */
export const getUnits = (codes: string[]) =>
  ask<ManyUnits>(`/api/v1/units?codes=${codes.map(encodeURIComponent).join(',')}`);

/** The units from the root to this one. */
export const getPath = (code: string): Promise<Unit[]> =>
  ask<UnitPage>(`/api/v1/units/${encodeURIComponent(code)}`).then((unit) => unit.path);
