// What few said is not shown, what some said is not compared.
import { expect, test } from 'vitest';
import type { KindVerdicts, ToldRate, UnitVerdicts } from '../../api/shapes';
import { kindsShown, takenOut, tellingOf } from './model';

const share = (numerator: number, denominator: number) => ({
  numerator,
  denominator,
  percent: '0.00',
  low: '0.00',
  high: '100.00',
});

function told(change: Partial<ToldRate>): ToldRate {
  const nothing = { before: null, after: null, few: true, hidden: false, kept_back: 0, band: null };
  return { ...nothing, ...change };
}

test('what few said is not shown, what some said is not compared', () => {
  expect(tellingOf(told({}))).toBe('nothing');
  expect(tellingOf(told({ hidden: true }))).toBe('hidden');
  expect(tellingOf(told({ after: share(3, 7) }))).toBe('counts');
  expect(tellingOf(told({ after: share(30, 40), few: false }))).toBe('share');
});

test('what was taken out of a rate is told only where both are', () => {
  expect(takenOut(told({ before: share(6, 12), after: share(6, 7) }))).toBe(5);
  expect(takenOut(told({ after: share(6, 7) }))).toBe(0);
});

test('a kind of which nobody was asked and nothing closed has no table', () => {
  const row = (kind: string, closed: number, asked: number) =>
    ({ kind, closed, asked }) as KindVerdicts;
  const page = { rows: [row('problem', 3, 0), row('hazard', 0, 0)] } as UnitVerdicts;
  expect(kindsShown(page).map((each) => each.kind)).toEqual(['problem']);
});
