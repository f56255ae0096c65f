// What somebody is typing survives a reload: kept in this browser, for this account, until it is
// sent or thrown away.
const PREFIX = 'tz.draft.';
const KEPT_DAYS = 14;

export interface Draft<T> {
  saved: number; // milliseconds since 1970
  value: T;
}

export function draftKey(account: string, form: string): string {
  return `${PREFIX}${account}.${form}`;
}

/** The draft under that key, or null; what cannot be read or is too old is thrown away. */
export function readDraft<T>(storage: Storage, key: string, now: number): Draft<T> | null {
  const text = storage.getItem(key);
  if (text === null) return null;
  try {
    const draft = JSON.parse(text) as Draft<T>;
    if (typeof draft.saved === 'number' && now - draft.saved < KEPT_DAYS * 86_400_000) return draft;
  } catch {
    // Falls through: what is no draft is removed.
  }
  storage.removeItem(key);
  return null;
}

/** False where the browser has no room or forbids it. */
export function saveDraft<T>(storage: Storage, key: string, value: T, now: number): boolean {
  try {
    storage.setItem(key, JSON.stringify({ saved: now, value } satisfies Draft<T>));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(storage: Storage, key: string): void {
  storage.removeItem(key);
}

/** Signing out leaves nothing of an account behind on a shared computer. */
export function dropDrafts(storage: Storage, account: string): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  for (const key of keys) if (key?.startsWith(`${PREFIX}${account}.`)) storage.removeItem(key);
}
