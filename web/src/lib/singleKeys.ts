// Whether keys without Ctrl or Alt do something on a whole page. Who speaks to the computer or
// types by mistake can turn that off (WCAG 2.1.4).
const KEY = 'tz.singleKeys';

export function singleKeys(storage: Storage): boolean {
  return storage.getItem(KEY) !== 'off';
}

export function setSingleKeys(storage: Storage, on: boolean): void {
  try {
    if (on) storage.removeItem(KEY);
    else storage.setItem(KEY, 'off');
  } catch {
    // Without room it stays as it was.
  }
}
