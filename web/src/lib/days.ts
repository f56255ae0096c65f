// Days and instants as the API gives them (2019-09-08, RFC 3339), and as people read them.
import type { Language } from './words';

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** Days since 1970-01-01 of a day such as 2019-09-08. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
}

export function addDays(day: string, days: number): string {
  return new Date((dayNumber(day) + days) * 86_400_000).toISOString().slice(0, 10);
}

/** How many days from the first to the second; negative if the second comes before. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** 2019年9月8日, or 8 September 2019. */
export function longDay(day: string, language: Language): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  if (language === 'zh-CN') return `${year}年${month}月${date}日`;
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

/** 9月8日, or 8 Sep, where the year is that of `today`; else with the year. */
export function shortDay(day: string, language: Language, today?: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const withYear = today === undefined || today.slice(0, 4) !== day.slice(0, 4);
  if (language === 'zh-CN') return `${withYear ? `${year}年` : ''}${month}月${date}日`;
  return `${date} ${MONTHS[month - 1]?.slice(0, 3)}${withYear ? ` ${year}` : ''}`;
}

/** The day of an instant such as 2019-09-08T16:00:00+08:00 in the zone it is written in. */
export function dayOf(instant: string): string {
  return instant.slice(0, 10);
}

/** 16:00 of an instant, in the zone it is written in. */
export function clockOf(instant: string): string {
  return instant.slice(11, 16);
}

/** 2019年9月8日 16:00, in the zone it is written in. */
export function longInstant(instant: string, language: Language): string {
  return `${longDay(dayOf(instant), language)} ${clockOf(instant)}`;
}
