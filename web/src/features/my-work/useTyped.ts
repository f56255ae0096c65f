// What a verifier is typing about one item: survives a reload, and goes when it is sent.
import { useEffect, useState } from 'react';
import { draftKey, dropDraft, readDraft, saveDraft } from '../../lib/drafts';
import { useHere } from '../../ui/SessionContext';
import { NOTHING_TYPED, type Typed } from './verify';

export function useTyped(no: string) {
  const key = draftKey(useHere().session?.account ?? '', `verify.${no}`);
  const [typed, setTyped] = useState<Typed>(() => ({
    ...NOTHING_TYPED,
    ...readDraft<Typed>(localStorage, key, Date.now())?.value,
  }));
  function type(changes: Partial<Typed>) {
    setTyped((before) => ({ ...before, ...changes }));
  }
  useEffect(() => {
    if (JSON.stringify(typed) === JSON.stringify(NOTHING_TYPED)) dropDraft(localStorage, key);
    else saveDraft(localStorage, key, typed, Date.now());
  }, [typed, key]);
  return { typed, type, drop: () => dropDraft(localStorage, key) };
}
