// Shows a page only to whom the table of pages lets in; everybody else is told why not.
import { useEffect, type ReactNode } from 'react';
import { useLocation } from 'react-router-dom';
import { Problem } from '../api/client';
import { ErrorNotice, Notice } from '../ui/Notice';
import { holds, useHere } from '../ui/SessionContext';
import { useSpeech } from '../ui/LanguageContext';

let begun = false;

export type Who = 'anybody' | 'account' | 'audit_admin' | 'recorder' | 'verifier';

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
  if (who === 'anybody') return children;
  if (!session || session.step !== 'done')
    return <ErrorNotice error={new Problem(401, 'sign_in_needed', '')} />;
  if (who !== 'account' && !holds(session, who))
    return (
      <Notice
        title={t('term.noPermission')}
        hint={t('term.needsPost', { role: t(`term.role_${who}`) })}
      />
    );
  return children;
}
