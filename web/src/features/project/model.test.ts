// Percentages and money as they are read, and where the points of a picture lie.
import { expect, test } from 'vitest';
import type { Indicator } from '../../api/shapes';
import { actualPoints, HEIGHT, pictureOf, percentText, WIDTH, yuanText } from './model';

type Actual = Indicator['actuals'][number];
const noted = { record: 1, by: null, origin: 'real' as const };
const spaces = (value: number, as_of?: string) => ({
  id: 'parking_spaces',
  unit: 'space',
  value,
  ...(as_of ? { as_of } : {}),
});
const actual = (value: number, day: string): Actual => ({
  ...noted,
  at: `${day}T09:00:00+08:00`,
  quantity: spaces(value, day),
  source_doc: null,
  files: [],
});
const indicator: Indicator = {
  id: 'parking_spaces',
  unit: 'space',
  target: spaces(40),
  actual: spaces(20, '2019-09-20'),
  rate: 5000,
  targets: [
    { ...noted, at: '2019-09-10T09:00:00+08:00', quantity: spaces(36) },
    { ...noted, at: '2019-09-15T09:00:00+08:00', quantity: spaces(40) },
  ],
  actuals: [actual(20, '2019-09-20'), actual(8, '2019-09-12'), actual(10, '2019-09-12')],
};

test('percentages are shown to the hundredth, and none as a dash', () => {
  expect(percentText(3888)).toBe('38.88%');
  expect(percentText(20000)).toBe('200.00%');
  expect(percentText(null)).toBe('—');
});

test('money is counted in fen and read in yuan', () => {
  expect(yuanText(123450)).toBe('1,234.50');
  expect(yuanText(5)).toBe('0.05');
  expect(yuanText(null)).toBe('—');
});

test('of one day the number that was told last counts', () => {
  expect(actualPoints(indicator)).toEqual([
    { day: '2019-09-12', value: 10 },
    { day: '2019-09-20', value: 20 },
  ]);
});

test('the picture runs from the plan to the deadline', () => {
  const picture = pictureOf(indicator, {
    from: '2019-09-10',
    due: '2019-09-30',
    today: '2019-09-20',
  });
  expect(picture?.first).toBe('2019-09-10');
  expect(picture?.last).toBe('2019-09-30');
  expect(picture?.most).toBe(40);
  expect(picture?.today).toBe(WIDTH / 2);
  expect(picture?.actuals.at(-1)).toMatchObject({ x: WIDTH / 2, y: HEIGHT / 2 });
  expect(picture?.target).toBe('0,16 160,16 160,0 640,0');
});

test('without a target there is no picture', () => {
  const bare = { ...indicator, targets: [] };
  expect(pictureOf(bare, { from: null, due: null, today: '2019-09-20' })).toBeNull();
});
