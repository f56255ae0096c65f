// Shows a page only to whom the table of pages lets in; everybody else is told why not.
import { useEffect, type ReactNode } from 'react';
import { useLocation } from 'react-router-dom';
import { Problem } from '../api/client';
import type { Session } from '../api/shapes';
import { ErrorNotice, Notice } from '../ui/Notice';
import { holds, useHere } from '../ui/SessionContext';
import { useSpeech } from '../ui/LanguageContext';

let begun = false;

export type Who = 'anybody' | 'account' | 'audit_admin' | 'recorder' | 'verifier';

/** Whether the table of pages lets that person in. */
export function letsIn(who: Who, session: Session | null): boolean {
  if (who === 'anybody') return true;
  return session?.step === 'done' && (who === 'account' || holds(session, who));
}

export function Guarded({ who, children }: { who: Who; children: ReactNode }) {
  const { session } = useHere();
  const { t } = useSpeech();
  const { pathname } = useLocation();
  // A screen reader and the keyboard begin each page at its beginning; the first is begun by the
  // browser, with the way past the menu.
  useEffect(() => {
    if (begun) document.getElementById('content')?.focus({ preventScroll: true });
    begun = true;
  }, [pathname]);
  if (letsIn(who, session)) return children;
  if (who === 'anybody' || who === 'account' || session?.step !== 'done')
    return <ErrorNotice error={new Problem(401, 'sign_in_needed', '')} />;
  return (
    <Notice
      title={t('term.noPermission')}
      hint={t('term.needsPost', { role: t(`term.role_${who}`) })}
    />
  );
}
