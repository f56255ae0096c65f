// Answers to the public questions whose addresses stand in data, such as the rows of a first page.
import { ask } from './client';
import type { ManyUnits, Unit, UnitPage } from './shapes';

/** What is answered at that address; who asks knows how to read it, and checks what it reads. */
export const getAnswer = (address: string) => ask<unknown>(address);

/** Where several units are told at once. */
export const unitsAddress = (codes: string[]) =>
  `/api/v1/units?codes=${codes.map(encodeURIComponent).join(',')}`;

/** These units with their totals and what stands below them, all at one position. */
export const getUnits = (codes: string[]) => ask<ManyUnits>(unitsAddress(codes));

/** The units from the root to this one. */
export const getPath = (code: string): Promise<Unit[]> =>
  ask<UnitPage>(`/api/v1/units/${encodeURIComponent(code)}`).then((unit) => unit.path);
