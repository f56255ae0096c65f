// What is being typed, kept in this browser until it is sent or thrown away.
import { useCallback, useEffect, useRef, useState } from 'react';
import { draftKey, dropDraft, readDraft, saveDraft } from '../../lib/drafts';
import type { Intent } from '../../lib/intent';
import { useHere } from '../SessionContext';
import { isTyped, type FormValues } from './reading';

const SAVE_AFTER_MS = 300;

export interface Kept {
  values: FormValues;
  seen: number; // the version of the item that was looked at; 0 for a new item
  intent: Intent | null;
}

/** The state of one form of one account; `start` is what it begins with where there is no draft. */
export function useDraft(form: string, start: Kept, now: () => number = Date.now) {
  const account = useHere().session?.account ?? '';
  const key = draftKey(account, form);
  const [found] = useState(() => readDraft<Kept>(localStorage, key, now()));
  const [kept, setKept] = useState<Kept>(found ? { ...start, ...found.value } : start);
  const [saved, setSaved] = useState(true);
  const begun = useRef(start);
  const gone = useRef(false);

  useEffect(() => {
    if (gone.current) return undefined;
    const write = () => {
      if (gone.current) return;
      if (isTyped(kept.values, begun.current.values) || kept.intent)
        setSaved(saveDraft(localStorage, key, kept, now()));
      else dropDraft(localStorage, key);
    };
    const timer = setTimeout(write, SAVE_AFTER_MS);
    // Reloading or closing the page at once must not lose the last letters.
    addEventListener('pagehide', write);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', write);
    };
  }, [kept, key, now]);

  const setValue = useCallback((name: string, change: (before: unknown) => unknown) => {
    setKept((before) => ({
      ...before,
      values: { ...before.values, [name]: change(before.values[name]) },
    }));
  }, []);
  const drop = useCallback(() => {
    gone.current = true;
    dropDraft(localStorage, key);
  }, [key]);
  const keepNow = useCallback(
    (next: Kept) => {
      setKept(next);
      setSaved(saveDraft(localStorage, key, next, now()));
    },
    [key, now],
  );
  return { kept, setKept, setValue, keepNow, drop, saved, restored: found !== null };
}
