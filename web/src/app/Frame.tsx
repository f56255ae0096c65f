// What stands around every page: the header with search and navigation, and the live connection.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Outlet, ScrollRestoration } from 'react-router-dom';
import { Live, type LiveState } from '../api/live';
import { ErrorNotice, Loading } from '../ui/Notice';
import { SessionProvider, useHere } from '../ui/SessionContext';
import { useSpeech } from '../ui/LanguageContext';
import { longDay } from '../lib/days';
import { Header } from './Header';

export function Frame({ bare = false }: { bare?: boolean }) {
  return (
    <SessionProvider
      waiting={
        <main className="page">
          <Loading />
        </main>
      }
      failed={(error, again) => (
        <main className="page">
          <ErrorNotice error={error} again={again} />
        </main>
      )}
    >
      {bare ? <Outlet /> : <Framed />}
    </SessionProvider>
  );
}

function Framed() {
  const { t, language } = useSpeech();
  const { session, ledger } = useHere();
  const live = useLive(session?.step === 'done');
  return (
    <>
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <Header live={live} />
      {ledger.simulated ? (
        <p className="demo-banner">
          {t('shell.demoBanner', { today: longDay(ledger.today, language) })}
        </p>
      ) : null}
      <main id="content" className="page" tabIndex={-1}>
        <Outlet />
      </main>
      <ScrollRestoration />
    </>
  );
}

function useLive(signedIn: boolean): LiveState | null {
  const queries = useQueryClient();
  // Null until it is known.
  const [state, setState] = useState<LiveState | null>(null);
  useEffect(() => {
    setState(null);
    const live = new Live(queries, signedIn, setState);
    return () => live.stop();
  }, [queries, signedIn]);
  return state;
}
