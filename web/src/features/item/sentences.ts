// What a record says, in a sentence built from its type and payload; docs/events.md lists them.
import type { Flow, History, HistoryRecord, Quantity, Title, Unit } from '../../api/shapes';
import { longInstant, shortDay } from '../../lib/days';
import { yuan } from '../../lib/numbers';
import type { Facts, Language } from '../../lib/words';
import type { Key } from '../../locales';
import { fieldWord, optionWord } from '../../ui/form/fields';
import { quantityWords } from '../../ui/quantities';

export interface Speech {
  language: Language;
  t: (key: Key, facts?: Facts) => string;
  pick: (title: Title) => string;
}

export type Payload = Record<string, unknown>;

/** What the record says plainly; nothing where that is not for the reader. */
export const plainOf = (record: HistoryRecord): Payload => record.payload ?? {};

export interface Told {
  flow: Flow;
  units: History['units'];
  speech: Speech;
  today: string;
}

export interface Said {
  sentence: string;
  used: string[]; // members of the payload that the sentence tells
  link?: string;
  evidence?: string;
  old?: { text: string | null };
}

/** `old`: the value that a correction replaces, null where it is not known. */
export function say(record: HistoryRecord, told: Told, old: string | null): Said {
  const { t, pick, language } = told.speech;
  const p = plainOf(record);
  const day = (value: unknown) => shortDay(String(value), language, told.today);
  const unit = (value: unknown) => unitName(value, told.units);
  const state = (id: unknown) => {
    const found = told.flow.states.find((each) => each.state === id);
    return found ? pick(found.title) : String(id);
  };
  switch (record.type) {
    case 'item_opened': {
      const parts = [t('item.saidOpened', { unit: unit(p.place), source: sourceName(p, told) })];
      if (p.upstream_no) parts.push(t('item.saidUpstream', { no: String(p.upstream_no) }));
      if (p.occurred) parts.push(t('item.saidOccurred', { day: day(p.occurred) }));
      if (p.due) parts.push(t('item.saidDueWish', { day: day(p.due) }));
      if (p.import !== undefined) parts.push(t('item.saidImported'));
      for (const name of ['category', 'nature', 'severity'])
        if (p[name]) parts.push(valueText(name, String(p[name]), told));
      return { sentence: parts.join(t('item.clauseComma')), used: OPENED };
    }
    case 'transition_taken':
      return {
        sentence:
          p.from === p.to
            ? t('item.saidStays', { state: state(p.to) })
            : t('item.saidMoved', { from: state(p.from), to: state(p.to) }),
        used: ['transition', 'from', 'to'],
      };
    case 'assigned':
      return { sentence: saidAssigned(p, told), used: ASSIGNED };
    case 'measure_ended':
      return {
        sentence: t('item.saidMeasureEnded', { number: String(p.measure) }),
        used: ['measure'],
      };
    case 'measure_planned':
      return {
        sentence: t('item.saidMeasure', {
          number: String(p.measure),
          unit: unit(p.owner),
          day: day(p.due),
        }),
        used: ['measure', 'owner', 'due'],
      };
    case 'criterion_set':
      return {
        sentence: [t('item.saidCriterion'), quantitiesText(p.quantities, told.speech)]
          .filter(Boolean)
          .join(t('item.colon')),
        used: ['quantities'],
      };
    case 'progress_reported': {
      const words = p.measure
        ? t(p.done ? 'item.saidMeasureDone' : 'item.saidMeasureProgress', {
            number: String(p.measure),
          })
        : t(p.done ? 'item.saidAllDone' : 'item.saidProgress');
      const percent = p.progress_pct;
      return {
        sentence:
          percent === undefined
            ? words
            : words + t('item.clauseComma') + t('item.saidPercent', { percent: String(percent) }),
        used: ['measure', 'done', 'progress_pct'],
      };
    }
    case 'evidence_added': {
      if (record.payload === null) return { sentence: t('item.saidEvidenceKeptBack'), used: [] };
      const parts = [t('item.saidEvidence')];
      if (p.place !== undefined && p.place !== null)
        parts.push(t('item.saidTakenAt', { unit: unit(p.place) }));
      if (p.taken) parts.push(t('item.saidTakenOn', { day: day(p.taken) }));
      return {
        sentence: parts.join(t('item.clauseComma')),
        used: ['sha256', 'media_type', 'bytes', 'place', 'taken'],
        evidence: String(p.sha256),
      };
    }
    case 'verification_given':
      return { sentence: saidVerified(p, told), used: VERIFIED };
    case 'notice_posted':
      return {
        sentence: t('item.saidNotice', { first: day(p.first), last: day(p.last) }),
        used: ['first', 'last'],
      };
    case 'handed_over': {
      const parts = (p.parts as string[]).map((part) => t(`item.work_${part}` as Key));
      return {
        sentence: t('item.saidHandedOver', { parts: parts.join(t('item.clauseComma')) }),
        used: ['handover', 'from', 'to', 'parts'],
      };
    }
    case 'item_closed':
      return {
        sentence: saidClosed(p, told),
        used: ['outcome', 'fixed', 'closure', 'quantities', 'ground'],
      };
    case 'item_reopened':
      return {
        sentence: t('item.saidReopened', { number: String(p.closure) }),
        used: ['closure'],
      };
    case 'judgement_given':
      if (record.payload === null) return { sentence: t('item.saidAnswerKeptBack'), used: [] };
      return {
        sentence: saidJudged(p, told),
        used: ['solved', 'satisfied', 'closure', 'way', 'why', 'drawn'],
      };
    case 'affected_listed':
      return {
        sentence: t(p.closure === 0 ? 'item.saidAffectedAtLimit' : 'item.saidAffected', {
          number: String(p.closure),
          affected: String(p.affected),
          asked: String(p.asked),
        }),
        used: ['closure', 'affected', 'asked'],
      };
    case 'lot_drawn':
      return {
        sentence: t('item.saidLotDrawn', { position: String(p.position) }),
        used: ['closure', 'position'],
      };
    case 'items_linked':
      return {
        sentence:
          record.payload === null
            ? t('item.withheld')
            : t(LINKS[String(p.link)] ?? 'item.saidMergedFrom'),
        used: ['link', 'other'],
        ...(record.payload === null ? {} : { link: String(p.other) }),
      };
    case 'deadline_extended':
      return {
        sentence: [
          t('item.saidExtended', { day: day(p.due) }),
          ...(p.undone_reason ? [saidUndone(p, told)] : []),
        ].join(t('item.listSemicolon')),
        used: ['due', 'undone_reason'],
      };
    case 'corrected':
      return saidCorrected(record, told, old);
    case 'redacted':
      return {
        sentence: t(p.part === undefined ? 'item.saidRedactedFile' : 'item.saidRedacted', {
          record: String(p.record),
        }),
        used: ['record', 'part'],
      };
    case 'report_received':
      return {
        sentence: t(p.accusation ? 'item.saidAccusation' : 'item.saidReport'),
        used: ['manner', 'accusation', 'code_salt', 'code_hash'],
      };
    case 'identity_sealed':
      return {
        sentence: /^0+$/.test(String(p.key))
          ? t('item.saidNobodySealed')
          : t('item.saidSealed', { unit: unit(p.unit) }),
        used: ['unit', 'key', 'commitment'],
      };
    case 'clock_started':
    case 'clock_moved':
    case 'clock_paused':
    case 'clock_stopped':
      return saidClock(record, told);
    case 'reporter_read':
      return { sentence: t('item.saidReporterRead'), used: [] };
    case 'question_asked':
    case 'question_answered':
      return {
        sentence: t(record.type === 'question_asked' ? 'item.saidAsked' : 'item.saidAnswered', {
          number: String(p.question),
        }),
        used: ['question'],
      };
    case 'abstract_written':
      return { sentence: t('item.saidAbstractWritten'), used: [] };
    case 'abstract_reviewed':
      return { sentence: t('item.saidAbstractReviewed'), used: [] };
    case 'opening_asked':
    case 'opening_agreed':
    case 'envelope_handed_out':
      return { sentence: t(`item.said_${record.type}` as Key), used: ['opening'] };
    case 'loan_asked':
    case 'loan_booked':
    case 'loan_ended':
      return saidOfLoan(record, told);
    case 'actuals_reported':
    case 'funds_planned':
    case 'milestone_moved':
    case 'votes_counted':
      return saidOfResults(record, told);
    case 'part_assigned':
    case 'part_done':
    case 'part_assessed':
    case 'source_added':
    case 'recurrence_noted':
    case 'close_out_asked':
    case 'query_code_issued':
    case 'recused':
    case 'clock_acted':
      return saidOfSeveral(record, told);
    default:
      return { sentence: t('item.saidOther', { type: record.type }), used: [] };
  }
}

// The marks say nothing to a reader.
function saidOfLoan(record: HistoryRecord, told: Told): Said {
  const { t, language } = told.speech;
  const p = plainOf(record);
  const amount = yuan(Number(p.fen));
  if (record.type === 'loan_ended') return { sentence: t('item.saidLoanEnded'), used: ['fund'] };
  if (record.type === 'loan_asked')
    return {
      sentence: t('item.saidLoanAsked', { amount, fund: String(p.fund) }),
      used: ['fund', 'unit', 'fen', 'household', 'episode'],
    };
  const due = p.due
    ? [t('item.saidLoanDue', { day: shortDay(String(p.due), language, told.today) })]
    : [];
  return {
    sentence: [t(`item.saidLoan_${String(p.sort)}` as Key, { amount }), ...due].join(
      t('item.listSemicolon'),
    ),
    used: ['fund', 'sort', 'fen', 'due'],
  };
}

// What was counted of it, planned for it and voted on it.
function saidOfResults(record: HistoryRecord, told: Told): Said {
  const { t, language } = told.speech;
  const p = plainOf(record);
  const milestone = (value: unknown) => {
    const [number, day] = value as [number, string];
    return { number: String(number), day: shortDay(day, language, told.today) };
  };
  switch (record.type) {
    case 'funds_planned':
      return {
        sentence: t('item.saidFundsPlanned', { yuan: yuan(Number(p.planned_fen)) }),
        used: ['planned_fen'],
      };
    case 'milestone_moved':
      return {
        sentence: t('item.saidMilestoneMoved', milestone(p.milestone)),
        used: ['milestone'],
      };
    case 'votes_counted':
      return {
        sentence: t(p.chosen ? 'item.saidChosen' : 'item.saidNotChosen', {
          for: String(p.for),
          against: String(p.against),
          abstained: String(p.abstained),
        }),
        used: ['ballot', 'for', 'against', 'abstained', 'chosen'],
      };
    default: {
      const parts = [quantitiesText(p.actuals, told.speech)];
      for (const one of p.reached as unknown[])
        parts.push(t('item.saidMilestoneReached', milestone(one)));
      if (p.in_place_fen !== undefined)
        parts.push(t('item.saidFundsInPlace', { yuan: yuan(Number(p.in_place_fen)) }));
      if (p.paid_fen !== undefined)
        parts.push(t('item.saidFundsPaid', { yuan: yuan(Number(p.paid_fen)) }));
      return {
        sentence:
          t('item.saidActuals') +
          t('item.colon') +
          parts.filter(Boolean).join(t('item.listSemicolon')),
        used: ['actuals', 'reached', 'in_place_fen', 'paid_fen', 'files'],
      };
    }
  }
}

// Parts, further sources, what came up again, and what the clock does by itself.
function saidOfSeveral(record: HistoryRecord, told: Told): Said {
  const { t, pick, language } = told.speech;
  const p = plainOf(record);
  const number = String(p.part ?? p.closure);
  switch (record.type) {
    case 'part_assigned': {
      const day = shortDay(String(p.due), language, told.today);
      const facts = { number, unit: unitName(p.unit, told.units), day };
      return {
        sentence: t(p.called ? 'item.saidPartCalled' : 'item.saidPart', facts),
        used: ['part', 'unit', 'due', 'called'],
      };
    }
    case 'part_done':
      return { sentence: t('item.saidPartDone', { number }), used: ['part'] };
    case 'part_assessed': {
      const came = p.good ? 'item.saidCameWell' : 'item.saidCameBadly';
      const called = p.good ? 'item.saidCalledRight' : 'item.saidCalledWrongly';
      return {
        sentence: t(p.by === 'caller' ? came : called, { number }),
        used: ['part', 'by', 'good'],
      };
    }
    case 'source_added':
      return {
        sentence: t('item.saidSource', { source: sourceName(p, told) }),
        used: ['source', 'batch'],
      };
    case 'recurrence_noted':
      return { sentence: t('item.saidRecurrence', { number }), used: ['closure'] };
    case 'close_out_asked': {
      const quantities = quantitiesText(p.measured, told.speech);
      return { sentence: t('item.saidClaimed', { quantities }), used: ['measured'] };
    }
    case 'recused':
      return { sentence: t('item.saidRecused'), used: [] };
    case 'query_code_issued':
      return { sentence: t('item.saidQueryCode'), used: ['code_salt', 'code_hash'] };
    default: {
      const named = told.flow.clocks.find((each) => each.clock === p.clock);
      const due = new Date(Number(p.due) / 1000).toISOString();
      return {
        sentence: [
          t(`item.saidActed_${p.step}` as Key),
          saidLimit(p, named ? pick(named.title) : String(p.clock), t),
          t('item.saidActedDue', { at: longInstant(due, language) }),
        ].join(t('item.clauseComma')),
        used: ['clock', 'part', 'step', 'due'],
      };
    }
  }
}

function saidLimit(p: Payload, title: string, t: Told['speech']['t']): string {
  if (p.part !== undefined) return t('item.saidActedPart', { number: String(p.part) });
  return p.clock === undefined ? t('item.saidActedDeadline') : t('item.saidActedOf', { title });
}

const OPENED = (
  'no kind flow_version place source upstream_no category nature severity fix_class due occurred ' +
  'import batch feedback implementing accepting programme requirement scheme'
).split(' ');
const VERIFIED = ['stage', 'passed', 'checkers', 'measured', 'found'];
const LINKS: Record<string, Key> = {
  merged_into: 'item.saidMergedInto',
  merged_from: 'item.saidMergedFrom',
  share_of: 'item.saidShareOf',
  has_share: 'item.saidHasShare',
  same_matter: 'item.saidSameMatter',
  recurs: 'item.saidRecurs',
  copy_of: 'item.saidCopyOf',
  has_copy: 'item.saidHasCopy',
  split_from: 'item.saidSplitFrom',
  has_split: 'item.saidHasSplit',
};
const ASSIGNED = [
  'lead',
  'responsible',
  'supporting',
  'supervising',
  'accepting',
  'due',
  'undone_reason',
];

function saidAssigned(p: Payload, told: Told): string {
  const { units, speech, today } = told;
  const { t, language } = speech;
  const names = (list: unknown) =>
    (Array.isArray(list) ? list : [list])
      .filter((each) => each !== undefined && each !== null)
      .map((each) => unitName(each, units))
      .join(t('item.listComma'));
  const parts = [t('item.saidLead', { unit: names(p.lead) })];
  for (const [name, word] of [
    ['responsible', 'item.saidResponsible'],
    ['supporting', 'item.saidSupporting'],
    ['supervising', 'item.saidSupervising'],
    ['accepting', 'item.saidAccepting'],
  ] as const) {
    const said = names(p[name]);
    if (said) parts.push(t(word, { units: said }));
  }
  parts.push(t('item.saidDue', { day: shortDay(String(p.due), language, today) }));
  if (p.undone_reason) parts.push(saidUndone(p, told));
  return parts.join(t('item.listSemicolon'));
}

function saidUndone(p: Payload, told: Told): string {
  return told.speech.t('item.saidUndone', {
    reason: valueText('undone_reason', String(p.undone_reason), told),
  });
}

function saidVerified(p: Payload, { speech }: Told): string {
  const { t } = speech;
  if (p.stage === 'look_back')
    return t('item.saidLookBack', { found: t(`form.found_${p.found}` as Key) });
  const stage = p.passed ? `item.saidPassed_${p.stage}` : 'item.saidReturned';
  const parts = [t(stage as Key)];
  const others = Array.isArray(p.checkers) ? (p.checkers as number[]) : [];
  if (others.length > 0)
    parts.push(t('item.saidCheckers', { posts: others.join(t('item.listComma')) }));
  const measured = quantitiesText(p.measured, speech);
  if (measured) parts.push(t('item.saidMeasured', { quantities: measured }));
  return parts.join(t('item.listSemicolon'));
}

function saidClosed(p: Payload, { flow, speech }: Told): string {
  const { t, pick } = speech;
  const outcome = flow.outcomes.find((each) => each.outcome === p.outcome);
  const parts = [
    t('item.saidClosed', {
      number: String(p.closure),
      outcome: outcome ? pick(outcome.title) : String(p.outcome),
    }),
  ];
  const quantities = quantitiesText(p.quantities, speech);
  if (quantities) parts.push(t('item.saidCounted', { quantities }));
  if (p.ground) parts.push(t('item.saidGround', { ground: t(`form.ground_${p.ground}` as Key) }));
  return parts.join(t('item.listSemicolon'));
}

// What the reporter says, or one of many who were drawn; in which way, and why.
function saidJudged(p: Payload, { speech }: Told): string {
  const { t } = speech;
  const sentence: Key = p.drawn
    ? 'item.saidDrawn'
    : p.closure === 0
      ? 'item.saidJudgedAtLimit'
      : 'item.saidJudged';
  const parts = [
    t(sentence, {
      number: String(p.closure),
      drawn: String(p.drawn),
      solved: t(`form.answer_${p.solved}` as Key),
      satisfied: t(`form.answer_${p.satisfied}` as Key),
    }),
  ];
  if (p.way) parts.push(t('item.saidWay', { way: t(`form.way_${p.way}` as Key) }));
  if (p.why) parts.push(t('item.saidWhy', { why: t(`form.why_${p.why}` as Key) }));
  return parts.join(t('item.listSemicolon'));
}

// What became of a time limit of the flow.
function saidClock(record: HistoryRecord, told: Told): Said {
  const { t, pick, language } = told.speech;
  const p = plainOf(record);
  const named = told.flow.clocks.find((each) => each.clock === p.clock);
  const facts = {
    title: named ? pick(named.title) : String(p.clock),
    day: p.due_day ? shortDay(String(p.due_day), language, told.today) : '',
  };
  const used = 'clock at length rule rolls calendar due due_day provisional why by'.split(' ');
  if (record.type === 'clock_paused') return { sentence: t('item.saidClockPaused', facts), used };
  if (record.type === 'clock_stopped') {
    const stopped = p.overtaken ? 'item.saidClockOvertaken' : 'item.saidClockStopped';
    return { sentence: t(stopped, facts), used: [...used, 'overtaken'] };
  }
  if (record.type === 'clock_started') return { sentence: t('item.saidClockStarted', facts), used };
  return {
    sentence: t(
      p.why === 'extended'
        ? 'item.saidClockExtended'
        : p.why === 'recomputed'
          ? 'item.saidClockRecomputed'
          : p.why === 'corrected'
            ? 'item.saidClockCorrected'
            : 'item.saidClockResumed',
      facts,
    ),
    used,
  };
}

function saidCorrected(record: HistoryRecord, told: Told, old: string | null): Said {
  const { t } = told.speech;
  const p = plainOf(record);
  const name = String(p.field);
  const word = fieldWord(name === 'place' ? 'unit' : name);
  const field = word ? t(word) : name;
  const show = (value: string) => valueText(name, value, told);
  return {
    sentence:
      'value' in record.texts
        ? t('item.saidCorrectedText', { field })
        : t('item.saidCorrected', { field, value: show(String(p.value ?? '')) }),
    used: ['field', 'value'],
    old: { text: old === null ? null : show(old) },
  };
}

/** A coded value of a field as people read it. */
export function valueText(field: string, value: string, told: Told): string {
  const { t, pick } = told.speech;
  if (field === 'place') return unitName(value, told.units);
  if (field === 'implementing' || field === 'to_accept')
    return value
      .split(',')
      .map((each) => unitName(each, told.units))
      .join(t('item.listComma'));
  if (field === 'source') return sourceName({ source: value }, told);
  if (field === 'category') {
    const title = told.flow.categories.find((each) => each.category === value)?.title;
    return title ? pick(title) : value;
  }
  const word = optionWord(field, value);
  return word ? t(word) : value;
}

function unitName(id: unknown, units: History['units']): string {
  const unit: Unit | undefined = units[String(id)];
  return unit?.name ?? String(id);
}

function sourceName(p: Payload, { flow, speech }: Told): string {
  const title = flow.sources.find((each) => each.source === p.source)?.title;
  return title ? speech.pick(title) : String(p.source);
}

function quantitiesText(list: unknown, speech: Speech): string {
  if (!Array.isArray(list)) return '';
  return (list as Quantity[])
    .map((each) => quantityWords(each, speech.t))
    .join(speech.t('item.listComma'));
}
