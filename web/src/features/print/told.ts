// What a form is made from, and small pieces of its words.
import type { Flow, History, HistoryRecord, Item, Title, Unit } from '../../api/shapes';
import { longDay } from '../../lib/days';
import type { Facts, Language } from '../../lib/words';
import type { Key } from '../../locales';
import { postWords } from '../../ui/post';
import { quantityWords } from '../../ui/quantities';

export interface Say {
  t: (key: Key, facts?: Facts) => string;
  pick: (title: Title) => string;
  language: Language;
}

export interface Told {
  item: Item;
  history: History;
  flow: Flow;
  /** The ledger's day. */
  today: string;
}

type Quantity = Item['measured'][number];

const NONE = '—';

export const orNone = (text: string | null | undefined): string => text || NONE;
/** A text of a record: null means that it was destroyed. */
export const recordText = (text: string | null, say: Say): string =>
  text ?? say.t('print.destroyed');
export const dayText = (day: string | null | undefined, say: Say): string =>
  day ? longDay(day.slice(0, 10), say.language) : NONE;
export const unitText = (unit: Unit | null | undefined): string => unit?.name ?? NONE;

export function unitsText(units: Unit[], say: Say): string {
  return units.map((unit) => unit.name).join(say.language === 'en' ? ', ' : '、') || NONE;
}

/** The units an item lies in, from below the root. */
export function placeText(path: Unit[]): string {
  return path
    .slice(Math.min(1, path.length - 1))
    .map((unit) => unit.name)
    .join(' › ');
}

/** Unit and role; a person's name stands in no record. */
export function byText(by: HistoryRecord['by'], say: Say): string {
  return by ? postWords(by, say.t) : say.t('term.system');
}

export function quantitiesText(quantities: Quantity[], say: Say): string {
  const between = say.language === 'en' ? '; ' : '；';
  return quantities.map((quantity) => quantityWords(quantity, say.t)).join(between) || NONE;
}

export function sourceText(told: Told, say: Say): string {
  return sourceWord(told.flow, told.item.source, say);
}

export function sourceWord(flow: Flow, source: string, say: Say): string {
  const found = flow.sources.find((each) => each.source === source);
  return found?.title ? say.pick(found.title) : source;
}

export function outcomeText(flow: Flow, outcome: string, say: Say): string {
  const found = flow.outcomes.find((each) => each.outcome === outcome);
  return found ? say.pick(found.title) : outcome;
}

/** The deadline, and the first one where it was moved. */
export function dueText(item: Item, say: Say): string {
  if (!item.due) return say.t('term.dueNone');
  const due = dayText(item.due, say);
  return item.original_due && item.original_due !== item.due
    ? say.t('print.dueMoved', { due, original: dayText(item.original_due, say) })
    : due;
}

/** The measures that stand: none that a newer plan has replaced. */
export const standingMeasures = (item: Item): Item['measures'] =>
  item.measures.filter((measure) => !measure.ended);

/** The parts of supporting units that stand: none that a newer assignment has replaced. */
export const standingParts = (item: Item): Item['parts'] =>
  item.parts.filter((part) => !part.ended);

export const isOpen = (item: Item): boolean => item.phase !== 'closed' && item.phase !== 'dropped';
