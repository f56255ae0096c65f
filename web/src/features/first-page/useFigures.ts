// Asks for what the figures need, in one question about their units, and reads them when it comes.
import { useQuery } from '@tanstack/react-query';
import { Problem } from '../../api/client';
import { getUnits } from '../../api/figures';
import { readFigure, type Answered, type Figure, type Read } from './figures';

interface Asked {
  data: unknown;
  error: Error | null;
}

function answeredBy({ data, error }: Asked): Answered {
  if (data !== undefined) return { answer: data };
  if (!error) return 'waiting';
  return error instanceof Problem && error.status === 404 ? 'notHere' : 'failed';
}

export function useFigures(figures: Figure[]): (figure: Figure) => Read {
  const units = [...new Set(figures.map((figure) => figure.unit))].sort();
  const answered = answeredBy(
    useQuery({ queryKey: ['units', units], queryFn: () => getUnits(units) }),
  );
  return (figure) => readFigure(figure, answered);
}
