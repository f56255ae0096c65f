// The kinds of items with their states and sources, by their names in the reader's language.
import { useQueries, useQuery } from '@tanstack/react-query';
import { getFlow, getKinds } from '../../api/ledger';
import type { Flow, KindSummary } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';

// Flows change with a new version of the program or its files, not while one looks.
const still = { staleTime: 600_000, meta: { still: true } };

export interface Kinds {
  kinds: KindSummary[];
  flows: Flow[];
  kindTitle: (kind: string) => string;
  stateTitle: (kind: string, state: string) => string;
  sourceTitle: (kind: string, source: string) => string;
}

export function useKinds(): Kinds {
  const { pick } = useSpeech();
  const kinds = useQuery({ queryKey: ['kinds'], queryFn: getKinds, ...still }).data?.kinds ?? [];
  const answers = useQueries({
    queries: kinds.map(({ kind }) => ({
      queryKey: ['flow', kind],
      queryFn: () => getFlow(kind),
      ...still,
    })),
  });
  const flows = answers.flatMap((answer) => answer.data ?? []);
  const flowOf = (kind: string) => flows.find((flow) => flow.kind === kind);
  const titleOf = (found: { title?: { 'zh-CN': string; en: string } } | undefined, id: string) =>
    found?.title ? pick(found.title) : id;
  return {
    kinds,
    flows,
    kindTitle: (kind) =>
      titleOf(
        kinds.find((each) => each.kind === kind),
        kind,
      ),
    stateTitle: (kind, state) =>
      titleOf(
        flowOf(kind)?.states.find((each) => each.state === state),
        state,
      ),
    sourceTitle: (kind, source) =>
      titleOf(
        flowOf(kind)?.sources.find((each) => each.source === source),
        source,
      ),
  };
}
