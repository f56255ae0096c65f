// What the pages of services and disputes know of their lists, and what a form still lacks.
import type { FurtherVisit, HandlingGiven, ServiceEntry } from '../../api/shapes';
import type { Key } from '../../locales';

export const REASONS = [
  'material_missing',
  'system_down',
  'outside_hours',
  'told_wrongly',
  'applicants_choice',
  'other',
] as const;
export const WHYS = ['not_told', 'not_brought', 'not_valid', 'not_yet_issued'] as const;
export const SORTS = [
  'neighbours',
  'family',
  'land',
  'housing',
  'debt',
  'wages',
  'injury',
  'consumer',
  'traffic',
  'other',
] as const;
export const OUTCOMES = ['agreed', 'withdrawn', 'referred', 'failed'] as const;
export const BODIES = ['mediation', 'department', 'police', 'arbitration', 'court'] as const;
export const VISITS_MAX = 20;
export const PARTIES_MAX = 20;

/** As many reasons as there are visits beyond the first; those that are there stay. */
export function furtherOf(visits: number, before: FurtherVisit[]): FurtherVisit[] {
  const wanted = Math.max(visits - 1, 0);
  return Array.from({ length: wanted }, (_, index) => before[index] ?? { reason: 'system_down' });
}

/** With another reason, and nothing that belongs to the one before. */
export function withReason(reason: FurtherVisit['reason']): FurtherVisit {
  return { reason };
}

/** What is still to be said before it can be sent; null: nothing. */
export function lacks(given: HandlingGiven, service: ServiceEntry | undefined): Key | null {
  if (!service) return 'handling.lacksService';
  if (!given.unit) return 'handling.lacksUnit';
  if (!given.day) return 'handling.lacksDay';
  for (const visit of given.further ?? []) {
    const missing = visit.reason === 'material_missing';
    if (missing && (!visit.material || !visit.why)) return 'handling.lacksMaterial';
    if (visit.reason === 'other' && !visit.text?.trim()) return 'handling.lacksWords';
  }
  return null;
}
