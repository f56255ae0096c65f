// The moment of the past that a page is asked about, as it stands in the address.

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const POSITION = /^@\d{1,15}$/;

/** A day, which means its end, or a journal position; anything else is none. */
export function readAsOf(search: URLSearchParams): string | undefined {
  const text = search.get('as_of') ?? '';
  return DAY.test(text) || POSITION.test(text) ? text : undefined;
}

/** The day of it, if it is one. */
export function dayOfAsOf(asOf: string | undefined): string {
  return asOf && DAY.test(asOf) ? asOf : '';
}

/** An address that stays in the same past. */
export function withAsOf(path: string, asOf: string | undefined): string {
  if (!asOf) return path;
  return `${path}${path.includes('?') ? '&' : '?'}as_of=${encodeURIComponent(asOf)}`;
}
