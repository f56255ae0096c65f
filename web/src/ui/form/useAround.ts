// What stands around a form that a recorder fills in before there is an item.
import { useMemo } from 'react';
import type { Around } from './inputs';
import { useHere } from '../SessionContext';

export function useAround(): Around {
  const { session, ledger } = useHere();
  return useMemo(() => {
    const recorders = (session?.posts ?? []).filter((post) => post.role === 'recorder');
    return {
      units: recorders.map((post) => post.unit),
      measures: [],
      today: ledger.today,
      myPosts: [],
      myUnit: recorders[0]?.unit ?? null,
    };
  }, [session, ledger.today]);
}
