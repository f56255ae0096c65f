// What results are called: quantities and their units are codes, and these have words.
import { count } from '../lib/numbers';
import type { Facts } from '../lib/words';
import type { Key } from '../locales';

type Say = (key: Key, facts?: Facts) => string;

/** The results and units that forms offer; each has its word in the part "form". */
export const RESULTS = (
  'parking_spaces lamps_added lamps_repaired bins_added equipment_repaired households_served ' +
  'persons_served roads_repaired pipes_repaired greenery_restored waste_cleared ' +
  'structures_removed hazards_removed money_recovered relief_fund'
).split(' ');
export const UNITS =
  'space lamp bin piece household person place metre kilometre square_metre mu tonne yuan'.split(
    ' ',
  );

/** The word for a result's code; without one the code, readable. */
export function resultWord(code: string, t: Say): string {
  return RESULTS.includes(code) ? t(`form.result_${code}` as Key) : code.replace(/_/g, ' ');
}

export function unitWord(code: string, t: Say): string {
  return UNITS.includes(code) ? t(`form.unit_${code}` as Key) : code.replace(/_/g, ' ');
}

/** A value with its qualifier: 260 以上, about 40. */
export function valueWord(
  quantity: { value: number; qualifier?: string | undefined },
  t: Say,
): string {
  const value = count(quantity.value);
  if (quantity.qualifier === 'over') return t('term.over', { value });
  return quantity.qualifier === 'about' ? t('term.approx', { value }) : value;
}

/** "停车位 36 个" */
export function quantityWords(
  quantity: { id: string; unit: string; value: number; qualifier?: string | undefined },
  t: Say,
): string {
  const value = valueWord(quantity, t);
  return `${resultWord(quantity.id, t)} ${value} ${unitWord(quantity.unit, t)}`;
}
