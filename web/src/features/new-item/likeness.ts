// What to search for to find items that are perhaps the same.
import type { ItemRow } from '../../api/shapes';

export const SHOWN_MAX = 3;
const CHARS_MIN = 4;

/**
 * The whole title, then its pieces: Chinese has no spaces, so a long piece is also tried by halves.
 * At most three, none shorter than two letters; none at all for a title that says too little.
 */
export function queriesFor(title: string): string[] {
  const whole = title.trim();
  if ([...whole].length < CHARS_MIN) return [];
  const pieces = whole.split(/[\s,，。、；;：:（）()]+/).filter((each) => [...each].length >= 2);
  const letters = [...whole.replace(/\s+/g, '')];
  const half = Math.ceil(letters.length / 2);
  const halves = /[\u4e00-\u9fff]/.test(whole)
    ? [letters.slice(0, half).join(''), letters.slice(half).join('')]
    : [];
  const all = [whole, ...(pieces.length > 1 ? pieces : halves)];
  return [...new Set(all)].filter((each) => [...each].length >= 2).slice(0, 3);
}

/** The first three of all answers, each once, those of the same place before others. */
export function similarOf(answers: ItemRow[][], unit: string | undefined): ItemRow[] {
  const rows = new Map<string, ItemRow>();
  for (const answer of answers)
    for (const row of answer) if (!rows.has(row.item)) rows.set(row.item, row);
  const here = (row: ItemRow) => (row.unit.code === unit ? 0 : 1);
  return [...rows.values()].sort((a, b) => here(a) - here(b)).slice(0, SHOWN_MAX);
}
