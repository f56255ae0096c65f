// What a verifier may say of an item, what that needs, and what is missing in what was typed.
import type {
  Action,
  Flow,
  FlowTransition,
  History,
  Item,
  Offer,
  Quantity,
} from '../../api/shapes';
import type { Facts } from '../../lib/words';
import type { Key } from '../../locales';

export interface Typed {
  text: string;
  reason: string;
  checkers: number[]; // posts
  measured: Record<string, string>; // by the id of the quantity
}
export const NOTHING_TYPED: Typed = { text: '', reason: '', checkers: [], measured: {} };

export interface Fault {
  field: string; // text, reason, checkers, or measured-… with the id of the quantity
  word: Key;
  facts?: Facts;
}

export interface Verdicts {
  accept: Offer | null;
  giveBack: Offer | null;
}

/** The step of a verifier that moves the item on, and the one that gives it back. */
export function verdictsOf(item: Item, flow: Flow): Verdicts {
  const offers = item.offers.filter((offer) => {
    const transition = flow.transitions.find((each) => each.transition === offer.transition);
    return transition?.who.some((who) => who.role === 'verifier') ?? false;
  });
  const giveBack = offers.find((offer) => offer.act === 'return') ?? null;
  const others = offers.filter((offer) => offer.act !== 'return');
  return { accept: others.find((offer) => !offer.refusal) ?? others[0] ?? null, giveBack };
}

export interface Needs {
  text: 'needed' | 'offered';
  checkers: number; // others beside oneself
  measured: Quantity[];
}

/** What accepting takes by its flow. */
export function needsOf(transition: FlowTransition, item: Item): Needs {
  const checkers = transition.guards.find((each) => each.guard === 'checkers_min')?.number ?? 1;
  const measures = transition.inputs.includes('measured');
  return {
    text: transition.required.includes('text') ? 'needed' : 'offered',
    checkers: transition.inputs.includes('checkers') ? checkers - 1 : 0,
    measured: measures ? (item.criterion?.quantities ?? []) : [],
  };
}

const TEXT_CHARS_MAX = 4000;

/** What to send to accept, and every fault in the order of the form. */
export function readAccept(needs: Needs, typed: Typed): { body: Action; faults: Fault[] } {
  const faults: Fault[] = [];
  const measured = needs.measured.map(({ id, unit }) => {
    const value = typed.measured[id]?.trim() ?? '';
    if (!/^\d{1,15}$/.test(value))
      faults.push({ field: `measured-${id}`, word: 'work.faultNumber' });
    return { id, unit, value: Number(value), qualifier: 'exact' as const };
  });
  if (typed.checkers.length < needs.checkers)
    faults.push({
      field: 'checkers',
      word: 'work.faultCheckers',
      facts: { count: needs.checkers },
    });
  const text = typed.text.trim();
  if (needs.text === 'needed' && text === '')
    faults.push({ field: 'text', word: 'work.faultText' });
  if (text.length > TEXT_CHARS_MAX) faults.push({ field: 'text', word: 'work.faultLong' });
  return {
    body: {
      ...(measured.length > 0 ? { measured } : {}),
      ...(needs.checkers > 0 ? { checkers: typed.checkers } : {}),
      ...(text ? { text } : {}),
    },
    faults,
  };
}

/** What to send to give the item back. */
export function readGiveBack(typed: Typed): { body: Action; faults: Fault[] } {
  const reason = typed.reason.trim();
  const faults: Fault[] = [];
  if (reason === '') faults.push({ field: 'reason', word: 'work.faultReason' });
  if (reason.length > TEXT_CHARS_MAX) faults.push({ field: 'reason', word: 'work.faultLong' });
  return { body: { reason }, faults };
}

export interface Said {
  seq: number;
  at: string;
  by: History['records'][number]['by'];
  transition: string;
  text: string | null; // null: destroyed
}

/** What was said with each step since the plan stood, newest first. */
export function saidOf(history: History): Said[] {
  const planned = history.records.findIndex((record) => record.type === 'criterion_set');
  return history.records
    .slice(Math.max(0, planned))
    .filter((record) => record.type === 'transition_taken')
    .flatMap((record) => {
      const text = record.texts['text'] ?? record.texts['reason'];
      if (text === undefined) return [];
      const transition = String(record.payload?.transition ?? '');
      return [{ seq: record.seq, at: record.at, by: record.by, transition, text }];
    })
    .reverse();
}
