// Who is at this page, and what that person's posts let him do.
import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createContext, useContext } from 'react';
import { getLedger } from '../api/ledger';
import { getSession } from '../api/session';
import type { Ledger, Role, Session } from '../api/shapes';

export interface Here {
  session: Session | null;
  ledger: Ledger;
}
const SESSION = queryOptions({
  queryKey: ['session'],
  queryFn: getSession,
  staleTime: 60_000,
});
const LEDGER = queryOptions({ queryKey: ['ledger'], queryFn: getLedger });

/** Asks who is here and which ledger this is, where that is not known yet. */
export async function askWhoIsHere(queries: QueryClient): Promise<Here> {
  const [session, ledger] = await Promise.all([
    queries.ensureQueryData(SESSION),
    queries.ensureQueryData(LEDGER),
  ]);
  return { session, ledger };
}

const HereContext = createContext<Here | null>(null);

const WORKING: Role[] = ['recorder', 'responsible', 'verifier', 'supervisor'];

/** Who is signed in (null: nobody) and which ledger this is. Only below SessionProvider. */
export function useHere(): Here {
  const here = useContext(HereContext);
  if (!here) throw new Error('useHere needs a SessionProvider above');
  return here;
}

export function holds(session: Session | null, role: Role): boolean {
  return session?.posts.some((post) => post.role === role) ?? false;
}

/** Whether a post of that person works on items at all. */
export function works(session: Session | null): boolean {
  return session?.posts.some((post) => WORKING.includes(post.role)) ?? false;
}

/** Somebody else is here from now on (null: nobody): what the one before saw is forgotten. */
export function useChangeOfPerson(): (session: Session | null) => void {
  const queries = useQueryClient();
  return (session) => {
    queries.setQueryData(['session'], session);
    // Removing what a component still looks at would leave it looking at the old answer.
    void queries.resetQueries({
      predicate: ({ queryKey: [first] }) => first !== 'session' && first !== 'ledger',
    });
  };
}

export function SessionProvider({
  waiting,
  failed,
  children,
}: {
  waiting: ReactNode;
  failed: (error: Error, again: () => void) => ReactNode;
  children: ReactNode;
}) {
  const session = useQuery(SESSION);
  const ledger = useQuery(LEDGER);
  const error = session.error ?? ledger.error;
  if (session.data !== undefined && ledger.data)
    return (
      <HereContext.Provider value={{ session: session.data, ledger: ledger.data }}>
        {children}
      </HereContext.Provider>
    );
  if (error)
    return failed(error, () => {
      void session.refetch();
      void ledger.refetch();
    });
  return waiting;
}
