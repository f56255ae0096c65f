// What the page of a project reckons: percentages and money as text, the points of a picture.
import type { Indicator } from '../../api/shapes';
import { dayNumber, dayOf } from '../../lib/days';
import { yuan } from '../../lib/numbers';

/** "38.88%" of hundredths of a percent; "—" where there is none. */
export function percentText(hundredths: number | null | undefined): string {
  if (hundredths === null || hundredths === undefined) return '—';
  return `${(hundredths / 100).toFixed(2)}%`;
}

/** "1,234.50" yuan of so many fen; "—" where nothing was said. */
export function yuanText(fen: number | null | undefined): string {
  return fen === null || fen === undefined ? '—' : yuan(fen);
}

export interface Point {
  day: string;
  value: number;
}

/** What was true on each day, in their order; of one day the number that was told last. */
export function actualPoints(indicator: Indicator): Point[] {
  const byDay = new Map<string, number>();
  for (const { quantity } of indicator.actuals)
    if (quantity.as_of) byDay.set(quantity.as_of, quantity.value);
  return [...byDay]
    .map(([day, value]) => ({ day, value }))
    .sort((a, b) => a.day.localeCompare(b.day));
}

/** From which day on which target held. */
export function targetPoints(indicator: Indicator): Point[] {
  return indicator.targets.map(({ at, quantity }) => ({ day: dayOf(at), value: quantity.value }));
}

export interface Picture {
  actuals: { x: number; y: number; point: Point }[];
  target: string; // corners of the stepped line
  today: number | null;
  first: string;
  last: string;
  most: number;
}

export const WIDTH = 640;
export const HEIGHT = 160;

/** Where the lines run, in a picture of WIDTH by HEIGHT; null where there is nothing to draw. */
export function pictureOf(
  indicator: Indicator,
  days: { from: string | null; due: string | null; today: string },
): Picture | null {
  const actuals = actualPoints(indicator);
  const targets = targetPoints(indicator);
  const start = targets[0];
  if (!start) return null;
  const all = [...actuals, ...targets].map((point) => point.day);
  const first = [days.from ?? start.day, ...all].sort()[0] ?? start.day;
  const last = [days.due ?? days.today, ...all].sort().at(-1) ?? start.day;
  const length = Math.max(dayNumber(last) - dayNumber(first), 1);
  const baseline = indicator.target.baseline ?? 0;
  const most = Math.max(baseline, 1, ...[...actuals, ...targets].map((point) => point.value));
  const x = (day: string) => Math.round(((dayNumber(day) - dayNumber(first)) * WIDTH) / length);
  const y = (value: number) => Math.round(HEIGHT - (value * HEIGHT) / most);
  const corners = targets.flatMap((point, index) => {
    const until = targets[index + 1]?.day ?? last;
    return [`${x(point.day)},${y(point.value)}`, `${x(until)},${y(point.value)}`];
  });
  const inside = first <= days.today && days.today <= last;
  return {
    actuals: actuals.map((point) => ({ x: x(point.day), y: y(point.value), point })),
    target: corners.join(' '),
    today: inside ? x(days.today) : null,
    first,
    last,
    most,
  };
}
