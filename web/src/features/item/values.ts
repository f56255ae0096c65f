// Values of an item that take some finding: what was corrected, and fields without a place.
import type { HistoryRecord, Item } from '../../api/shapes';

type Value = string | null; // null: the text was destroyed

export interface Corrections {
  /** By the number of a correction's record: what it has replaced. */
  before: Map<number, Value>;
  /** "812 title": texts that no longer stand, by record and label. */
  struck: Set<string>;
  /** By field: its earlier values, oldest first. */
  earlier: Record<string, Value[]>;
}

const CODES =
  'place source batch feedback implementing category nature severity upstream_no fix_class'.split(
    ' ',
  );
const CORRECTED_TEXTS = (
  'title description upstream_no source_doc target key_measures remark lead_official ' +
  'responsible_person'
).split(' ');

/** What the corrections among `records`, oldest first, have replaced. */
export function correctionsIn(records: HistoryRecord[]): Corrections {
  const out: Corrections = { before: new Map(), struck: new Set(), earlier: {} };
  const now = new Map<string, { value: Value; text?: string }>();
  for (const { seq, type, payload, texts } of records) {
    const plain: Record<string, unknown> = payload ?? {};
    if (type === 'item_opened') {
      for (const name of CODES)
        if (plain[name] !== undefined) now.set(name, { value: String(plain[name]) });
      if (plain.accepting !== undefined)
        now.set('to_accept', { value: String(plain.accepting as number) });
      if (plain.programme !== undefined)
        now.set('special', { value: `${String(plain.programme)}/${String(plain.requirement)}` });
    }
    if (type === 'item_opened' || type === 'transition_taken') {
      for (const [name, text] of Object.entries(texts))
        if (CORRECTED_TEXTS.includes(name)) now.set(name, { value: text, text: `${seq} ${name}` });
    }
    if (type !== 'corrected') continue;
    const field = String(plain.field);
    const old = now.get(field);
    out.before.set(seq, old ? old.value : '');
    if (old) (out.earlier[field] ??= []).push(old.value);
    if (old?.text) out.struck.add(old.text);
    if ('value' in texts) now.set(field, { value: texts.value ?? null, text: `${seq} value` });
    else now.set(field, { value: String(plain.value ?? '') });
  }
  return out;
}

// What the page shows in a place of its own.
const SHOWN = new Set(
  (
    'item version kind flow_version state phase title description unit path source upstream_no ' +
    'source_doc category nature severity fix_class origin remark opened recorder lead ' +
    'batch feedback implementing to_accept target key_measures special ' +
    'household clocks lead_official responsible responsible_person supporting supervising ' +
    'accepting due original_due overdue duties_origin progress measures criterion criteria ' +
    'claimed measured checkers thresholds parts more_sources shares share_of ' +
    'copy_of copy_count same_as recurs light next_step report loan erasure_refusal ' +
    'notice_last evidence closures judgement lot returned reopened merged_into merged_from ' +
    'offers position instant'
  ).split(' '),
);

/** Fields with a value that no part of the page knows. */
export function otherFacts(item: Item): { name: string; value: string }[] {
  return others(item as unknown as Record<string, unknown>, SHOWN);
}

export function others(
  object: Record<string, unknown>,
  shown: ReadonlySet<string>,
): { name: string; value: string }[] {
  return Object.entries(object).flatMap(([name, value]) => {
    if (shown.has(name) || value === null || value === '' || typeof value === 'object') return [];
    return [{ name, value: String(value) }];
  });
}
