// Whether the page is as narrow as a phone; the same width as in app/style.css.
import { useSyncExternalStore } from 'react';

const NARROW = '(max-width: 1023px)';

function subscribe(changed: () => void) {
  const query = matchMedia(NARROW);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
}
