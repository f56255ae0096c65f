// The special rectification items that a finding may roll up to, of all programmes.
import { useQueries, useQuery } from '@tanstack/react-query';
import { getProgramme, getProgrammes } from '../../api/programmes';
import type { Option } from './fields';

// Programmes change when a version is adopted, not while one looks.
const still = { staleTime: 600_000, meta: { still: true } };

export function useSpecials(enabled = true): Option[] {
  const programmes = useQuery({
    queryKey: ['specials'],
    queryFn: getProgrammes,
    enabled,
    ...still,
  });
  const pages = useQueries({
    queries: (programmes.data?.programmes ?? []).map(({ programme }) => ({
      queryKey: ['specials', programme],
      queryFn: () => getProgramme(programme),
      enabled,
      ...still,
    })),
  });
  return pages.flatMap(({ data }) =>
    (data?.requirements ?? [])
      .filter((one) => one.sort === 'rectification' && !one.dropped)
      .map((one) => ({ value: `${data?.programme}/${one.requirement}`, label: one.title })),
  );
}
