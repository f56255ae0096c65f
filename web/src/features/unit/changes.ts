// What became of a unit, put in the order in which it is told.
import type { UnitPage } from '../../api/shapes';
import { addDays } from '../../lib/days';
import { unitAddress } from '../../lib/unitAddress';
import { sumOf, type Sum } from './model';

type Once = UnitPage['once'][number];

/** What it was from one day to another: the newest first, as it is now left out. */
export interface Span extends Once {
  from: string;
}

export function spansOf({ from, once }: Pick<UnitPage, 'from' | 'once'>): Span[] {
  return once
    .map((was, index) => {
      const before = once[index - 1];
      return { ...was, from: before ? addDays(before.to, 1) : from };
    })
    .reverse();
}

/** Whether there is anything to tell of it beside what it is. */
export function hasChanged(unit: UnitPage): boolean {
  const lists = [unit.once, unit.successors, unit.came_from, unit.had_code];
  return unit.to !== null || lists.some((list) => list.length > 0);
}

/** The code that was asked for, where it is one that the unit has no more. */
export function oldCode(asked: string, unit: UnitPage): string | null {
  const code = asked.split('@')[0] ?? '';
  return unit.as_of === undefined && code !== unit.code ? code : null;
}

/** The address that leads to the same unit at another moment: its code may have been another's. */
export function addressThen(unit: UnitPage): string {
  const now = unit.now ?? unit;
  const always = [unit, ...unit.once].every((was) => was.code === now.code);
  if (now.at !== undefined || (always && unit.had_code.length === 0)) return unitAddress(now);
  return `${now.code}@${now.position}`;
}

/** Of a unit shown as it was: its numbers by the tree of then, and those of now by that of now. */
export interface Told {
  by: 'then' | 'now';
  code: string;
  name: string;
  position: number;
  sum: Sum;
}

export function thenAndNow(unit: UnitPage): Told[] {
  const { now } = unit;
  if (!now) return [];
  const told = (by: Told['by'], of: UnitPage | NonNullable<UnitPage['now']>): Told => ({
    by,
    code: of.code,
    name: of.name,
    position: of.position,
    sum: sumOf(of.totals),
  });
  return [told('then', unit), told('now', now)];
}
