// Single keys that do something wherever one is on a page, but not while one types.
import { useEffect, useRef } from 'react';
import { singleKeys } from '../lib/singleKeys';

/** `keys` by the key's name; they rest while a field has the focus or they are turned off. */
export function usePageKeys(keys: Record<string, (event: KeyboardEvent) => void>): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = event.target as HTMLElement;
      if (target.closest('input, textarea, select, [contenteditable], dialog, [role=dialog]'))
        return;
      const work = current.current[event.key];
      if (!work || !singleKeys(localStorage)) return;
      event.preventDefault();
      work(event);
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
