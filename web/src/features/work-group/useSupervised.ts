// What stands around a form about work groups: the units of one's own posts are offered first.
import { useMemo } from 'react';
import type { Around } from '../../ui/form/inputs';
import { useHere } from '../../ui/SessionContext';

export function useSupervised(): Around {
  const { session, ledger } = useHere();
  return useMemo(() => {
    const units = new Map((session?.posts ?? []).map(({ unit }) => [unit.code, unit]));
    return {
      units: [...units.values()],
      measures: [],
      today: ledger.today,
      myPosts: [],
      myUnit: null,
    };
  }, [session, ledger.today]);
}
