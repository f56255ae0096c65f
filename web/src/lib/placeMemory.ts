// Where one was in a long list: kept by address in this tab, so that going back leads there.
const PREFIX = 'tz.place.';

export interface Place {
  top: number; // px scrolled
  row: number; // the row one stood on
}

/** The place kept for an address, or null. */
export function readPlace(storage: Storage, address: string): Place | null {
  try {
    const place = JSON.parse(storage.getItem(PREFIX + address) ?? 'null') as Place | null;
    return place && Number.isFinite(place.top) && Number.isInteger(place.row) ? place : null;
  } catch {
    return null;
  }
}

/** Without room nothing is kept; the list then begins at its top. */
export function keepPlace(storage: Storage, address: string, place: Place): void {
  try {
    storage.setItem(PREFIX + address, JSON.stringify(place));
  } catch {
    // A place is a comfort, not a promise.
  }
}
