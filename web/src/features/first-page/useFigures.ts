// Asks for what the figures need, in one question about their units, and reads them when it comes.
import { useQueries, useQuery } from '@tanstack/react-query';
import { Problem } from '../../api/client';
import { getAnswer, getUnits } from '../../api/figures';
import { neededFor, readFigure, type Answered, type Figure, type Read } from './figures';

interface Asked {
  data: unknown;
  error: Error | null;
}

function answeredBy({ data, error }: Asked): Answered {
  if (data !== undefined) return { answer: data };
  if (!error) return 'waiting';
  return error instanceof Problem && error.status === 404 ? 'notHere' : 'failed';
}

export interface Figures {
  read: (figure: Figure) => Read;
  /** All that was answered so far. */
  answered: unknown[];
}

export function useFigures(figures: Figure[]): Figures {
  const { units, addresses } = neededFor(figures);
  const many = useQuery({ queryKey: ['units', units], queryFn: () => getUnits(units) });
  const others = useQueries({
    queries: addresses.map((address) => ({
      queryKey: ['answer', address],
      queryFn: () => getAnswer(address),
    })),
  });
  const known = new Map<string, Answered>(
    others.map((result, index) => [addresses[index] ?? '', answeredBy(result)]),
  );
  const answers = {
    units: answeredBy(many),
    at: (address: string): Answered => known.get(address) ?? 'waiting',
  };
  return {
    read: (figure) => readFigure(figure, answers),
    answered: [answers.units, ...known.values()].flatMap((each) =>
      typeof each === 'object' ? [each.answer] : [],
    ),
  };
}
