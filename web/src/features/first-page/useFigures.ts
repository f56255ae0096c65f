// Asks for what the figures need, each address once, and reads them when it comes.
import { useQueries } from '@tanstack/react-query';
import { Problem } from '../../api/client';
import { getAnswer } from '../../api/figures';
import { addressesOf, readFigure, type Answered, type Figure, type Read } from './figures';

const TREE_STALE_MS = 10 * 60_000;

// The organisation tree changes on a few days of the year: it is not asked again with every record.
const isTree = (address: string) => address.includes('/children?');

function useAnswers(addresses: string[]): (address: string) => Answered {
  const results = useQueries({
    queries: addresses.map((address) => ({
      queryKey: ['answer', address],
      queryFn: () => getAnswer(address),
      ...(isTree(address) ? { staleTime: TREE_STALE_MS, meta: { still: true } } : {}),
    })),
  });
  const known = new Map<string, Answered>(
    results.map((result, index) => {
      const address = addresses[index] ?? '';
      if (result.data !== undefined) return [address, { answer: result.data }];
      if (!result.error) return [address, 'waiting'];
      const missing = result.error instanceof Problem && result.error.status === 404;
      return [address, missing ? 'notHere' : 'failed'];
    }),
  );
  return (address) => known.get(address) ?? 'waiting';
}

export interface Figures {
  read: (figure: Figure) => Read;
  /** All that was answered so far. */
  answered: unknown[];
}

export function useFigures(figures: Figure[]): Figures {
  const first = useAnswers(addressesOf(figures, () => 'waiting'));
  const all = addressesOf(figures, first);
  const answers = useAnswers(all);
  const told = all.map(answers).filter((each) => typeof each === 'object');
  return {
    read: (figure) => readFigure(figure, answers),
    answered: told.map((each) => each.answer),
  };
}
