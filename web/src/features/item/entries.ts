// The story of an item: its records as entries, one for each act, each record as a sentence.
import type { HistoryRecord } from '../../api/shapes';
import type { Key } from '../../locales';
import { plainOf, say, type Told } from './sentences';
import { correctionsIn, type Corrections } from './values';

/** A sealed text of a record, as it is shown. */
export interface TextLine {
  label: string;
  part: number;
  text: string | null; // null: destroyed or withheld
  withheld: Key | null; // for whom alone it is, where it is not for the reader
  struck: boolean; // corrected since
}
export interface Line {
  record: HistoryRecord;
  sentence: string;
  texts: TextLine[];
  old: { text: string | null } | null; // what a correction has replaced
  link: string | null; // the other item
  evidence: string | null; // hash of the file
  more: { name: string; value: string }[]; // what this program has no sentence for
}
/** Everything one command has recorded. */
export interface Entry {
  command: string;
  at: string;
  by: HistoryRecord['by'];
  origin: HistoryRecord['origin'];
  title: string;
  byReporter: boolean; // he has no account
  lines: Line[];
}

/** Oldest first. */
export function entriesOf(records: HistoryRecord[], told: Told): Entry[] {
  const corrections = correctionsIn(records);
  const entries: Entry[] = [];
  for (const record of records) {
    const line = lineOf(record, told, corrections);
    const last = entries[entries.length - 1];
    if (last && last.command === record.command) {
      last.lines.push(line);
      last.byReporter = last.byReporter || FROM_REPORTERS.includes(record.type);
      if (record.type === 'transition_taken') last.title = titleOf(record, told);
    } else {
      const { command, at, by, origin } = record;
      entries.push({
        command,
        at,
        by,
        origin,
        title: titleOf(record, told),
        byReporter: FROM_REPORTERS.includes(record.type),
        lines: [line],
      });
    }
  }
  return entries;
}

/** What was changed by `records` since a version, as sentences for somebody who was typing. */
export function changesSince(records: HistoryRecord[], seen: number, told: Told): Entry[] {
  return entriesOf(records, told).filter((entry) =>
    entry.lines.some((line) => line.record.seq > seen),
  );
}

function titleOf(record: HistoryRecord, { flow, speech }: Told): string {
  if (record.type === 'transition_taken') {
    const id = String(plainOf(record).transition);
    const transition = flow.transitions.find((each) => each.transition === id);
    return transition ? speech.pick(transition.title) : id;
  }
  return speech.t(eventKey(record.type));
}

const EVENTS = [
  'actuals_reported',
  'funds_planned',
  'milestone_moved',
  'votes_counted',
  'abstract_reviewed',
  'abstract_written',
  'affected_listed',
  'clock_acted',
  'clock_moved',
  'clock_paused',
  'clock_started',
  'clock_stopped',
  'close_out_asked',
  'assigned',
  'corrected',
  'criterion_set',
  'deadline_extended',
  'envelope_handed_out',
  'evidence_added',
  'handed_over',
  'identity_sealed',
  'item_closed',
  'item_opened',
  'item_reopened',
  'items_linked',
  'judgement_given',
  'loan_asked',
  'loan_booked',
  'loan_ended',
  'lot_drawn',
  'measure_ended',
  'measure_planned',
  'notice_posted',
  'opening_agreed',
  'opening_asked',
  'part_assessed',
  'part_assigned',
  'part_done',
  'progress_reported',
  'query_code_issued',
  'question_answered',
  'question_asked',
  'recurrence_noted',
  'recused',
  'redacted',
  'report_received',
  'reporter_read',
  'source_added',
  'transition_taken',
  'verification_given',
];

const FROM_REPORTERS = ['report_received', 'question_answered', 'judgement_given'];

export function eventKey(type: string): Key {
  return (EVENTS.includes(type) ? `item.event_${type}` : 'item.event_other') as Key;
}

function audienceOf(label: string, { flow }: Told): Key {
  if (label === 'reporter') return 'item.reporterOnDemand';
  return flow.reports ? 'item.withheld' : 'item.withheldAnswer';
}

function lineOf(record: HistoryRecord, told: Told, corrections: Corrections): Line {
  const said = say(record, told, corrections.before.get(record.seq) ?? null);
  const known = new Set([...said.used, 'origin', 'texts']);
  const more = Object.entries(plainOf(record))
    .filter(([name]) => !known.has(name))
    .map(([name, value]) => ({
      name,
      value: typeof value === 'object' ? JSON.stringify(value) : String(value),
    }));
  const texts = record.parts
    .map((label, part) => ({
      label,
      part,
      text: record.texts[label] ?? null,
      withheld: record.withheld.includes(label) ? audienceOf(label, told) : null,
      struck: corrections.struck.has(`${record.seq} ${label}`),
    }))
    // Each report has the same texts, so that their number tells nothing; some say nothing.
    .filter((text) => text.text !== '');
  return {
    record,
    sentence: said.sentence,
    texts,
    more,
    old: said.old ?? null,
    link: said.link ?? null,
    evidence: said.evidence ?? null,
  };
}
