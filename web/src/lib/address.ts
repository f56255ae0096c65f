// Filters stand in the address, so that it can be shared, gone back to and reloaded.

/** Changes some fields of a query; an empty or undefined value takes its field out. Sorted. */
export function withQuery(
  search: URLSearchParams,
  changes: Record<string, string | number | boolean | undefined | null>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === null || value === '' || value === false) next.delete(name);
    else next.set(name, value === true ? 'yes' : String(value));
  }
  next.sort();
  return next;
}

/** "?a=1&b=2", or nothing. */
export function asSearch(search: URLSearchParams): string {
  const text = search.toString();
  return text ? `?${text}` : '';
}
