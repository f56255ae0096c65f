// What a search answer offers to go to.
import type { Phase, SearchAnswer } from '../../api/shapes';

export interface Choice {
  to: string;
  name: string;
  where: string;
  phase?: Phase;
}

/** Items first where a whole number was typed, else units first. */
export function choicesOf(answer: SearchAnswer | undefined, no: string | null): Choice[] {
  const units = (answer?.units ?? []).map((unit) => ({
    to: `/units/${unit.code}`,
    name: unit.name,
    where: unit.path
      .slice(1, -1)
      .map((each) => each.name)
      .join(' › '),
  }));
  const items = (answer?.items ?? []).map((item) => ({
    to: `/items/${item.item}`,
    name: item.title ?? item.item,
    where: `${item.item} · ${item.unit.name}`,
    phase: item.phase,
  }));
  return no ? [...items, ...units] : [...units, ...items];
}
