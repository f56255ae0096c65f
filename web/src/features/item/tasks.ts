// What somebody is about to do with an item, as a form: a transition of its flow, a correction, or
// the destruction of a text or of all of them.
import type { Flow, FlowTransition, Item, Title } from '../../api/shapes';
import { addDays } from '../../lib/days';
import type { Key } from '../../locales';
import { fieldNamed, type Field, type Option } from '../../ui/form/fields';
import type { FormValues, PartValue, QuantityValue } from '../../ui/form/reading';

export interface Task {
  id: string; // in the address, and in the name of the draft
  change: string; // what the API is asked for
  act: string; // of the transition; else empty
  title: Key | Title;
  titleFact: string; // what is corrected or destroyed
  note: Title | Key | null;
  fields: Field[];
  sent: Record<string, unknown>; // sent along, not asked for
  start: FormValues; // what is known already
  dangerous: boolean;
}

/** What the list of an inspection says, and a correction gives as one text. */
export const OF_FINDING = ['feedback', 'implementing', 'to_accept'] as const;
export type OfFinding = (typeof OF_FINDING)[number];

export const CORRECTABLE = [
  'title',
  'description',
  'place',
  'source',
  'upstream_no',
  'source_doc',
  'batch',
  ...OF_FINDING,
  'category',
  'nature',
  'severity',
  'fix_class',
  'target',
  'key_measures',
  'special',
  'remark',
  'lead_official',
  'responsible_person',
] as const;
export type Correctable = (typeof CORRECTABLE)[number];

// Only these acts record evidence that comes with them.
const ACTS_WITH_EVIDENCE =
  'move report contribute review check look_back return ask_closing actuals'.split(' ');
// Which of the two texts that every act takes is asked for where the flow asks for neither.
const ACTS_WITH_REASON =
  'add_source assess assign change extend recuse reopen merge return revise'.split(' ');
const LATER = ['extend', 'change']; // than the deadline that stands
const CRITERION = ['criterion', 'quantities'];
// What to know before a step about a reporter.
const NOTES: Record<string, Key> = {
  abstract: 'item.noteAbstract',
  agree_opening: 'item.noteOpening',
  approve: 'item.noteApprove',
  ask_opening: 'item.noteOpening',
  hand_out: 'item.noteHandOut',
  question: 'item.noteQuestion',
};
// What a guard of the flow will ask for.
const GUARDED: Record<string, string> = {
  measures_planned: 'measures',
  criterion_set: 'criterion',
  quantities_measured: 'measured',
  evidence_attached: 'evidence',
};

// What a plan for a major hazard needs besides measures and a criterion.
const ASSURANCES = ['responsible_person', 'funds', 'emergency_plan'];
const isAssured = (transition: FlowTransition, item: Item) =>
  item.severity === 'major' && transition.guards.some(({ guard }) => guard === 'five_assured');

/** Who looks at the form, and when. */
export interface Reader {
  today: string;
  mine?: string[]; // codes of the units in which he is responsible
  specials?: Option[]; // the special items that there are
}

/** The form of a transition: required fields first, each in the order of the flow. */
export function transitionTask(
  flow: Flow,
  transition: FlowTransition,
  item: Item,
  { today, mine = [] }: Reader,
): Task {
  const late = item.due !== null && item.due < today;
  const counted = flow.transitions.some((each) => each.act === 'actuals');
  const required = new Set([
    // What is fixed at once, or has a limit in its flow, has a day by itself; all else needs one.
    ...(transition.act === 'assign' && item.fix_class !== 'immediate' && flow.deadlines.length === 0
      ? ['due']
      : []),
    ...transition.required,
    ...guardedFields(transition, item),
    ...(isAssured(transition, item) ? ASSURANCES : []),
    ...(transition.act === 'revise' ? ['criterion'] : []),
    // A missed deadline is replaced only with the reason why; a first one has missed nothing.
    ...(late && item.lead && item.reopened === 0 ? ['undone_reason'] : []),
  ]);
  // What is counted is planned by its indicators; words may stand beside them.
  if (counted && required.delete('criterion')) required.add('quantities');
  const stands =
    item.criterion !== null &&
    flow.transitions.some((each) => each.act === 'revise' || each.act === 'change');
  const names = transition.inputs.filter((name) => {
    if (name === 'undone_reason') return late;
    if (name === 'funds' || name === 'emergency_plan') return required.has(name);
    // A new plan keeps the criterion; setting it anew is a step of its own.
    if (stands && transition.act === 'plan' && CRITERION.includes(name)) return false;
    // What has no quantities is not measured by those who fixed it either.
    if (name === 'measured' && transition.act === 'ask_closing') return required.has(name);
    if (!isWanted(name, transition)) return false;
    return isAsked(name, transition, required);
  });
  const fields = names.map((name) =>
    adapted(fieldNamed(name, { required: required.has(name) }), {
      flow,
      transition,
      item,
      today,
      mine,
    }),
  );
  return {
    id: transition.transition,
    change: transition.transition,
    act: transition.act,
    title: transition.title,
    titleFact: '',
    note: transition.note ?? NOTES[transition.act] ?? null,
    fields: [...fields.filter((each) => each.required), ...fields.filter((each) => !each.required)],
    sent: {},
    start: startOf(names, { flow, transition, item, today, mine }),
    dangerous: false,
  };
}

// A part says which unit supports, so that both are never asked for; one outcome needs no choice.
function isWanted(name: string, transition: FlowTransition): boolean {
  const parts = transition.guards.some(({ guard }) => guard === 'parts_given');
  if (name === 'supporting') return !parts;
  if (name === 'parts') return parts || transition.act !== 'assign';
  // Of what cannot be met alone.
  if (name === 'ground') return transition.required.includes('ground');
  return name !== 'outcome' || transition.outcomes?.length !== 1;
}

function isAsked(name: string, transition: FlowTransition, required: Set<string>): boolean {
  if (required.has(name)) return true;
  if (name === 'evidence') return ACTS_WITH_EVIDENCE.includes(transition.act);
  if (name !== 'reason' && name !== 'text') return true;
  if (required.has('reason') || required.has('text')) return false;
  return (name === 'reason') === ACTS_WITH_REASON.includes(transition.act);
}

function guardedFields(transition: FlowTransition, item: Item): string[] {
  return transition.guards.flatMap(({ guard, number }) => {
    const field = GUARDED[guard];
    if (guard === 'checkers_min') return number > 1 ? ['checkers'] : [];
    if (!field) return [];
    const standing = item.measures.filter((measure) => !measure.ended);
    if (guard === 'measures_planned' && standing.length >= number) return [];
    if (guard === 'criterion_set' && item.criterion) return [];
    if (guard === 'quantities_measured' && !item.criterion?.quantities.length) return [];
    // How much of this round there is already, the server knows.
    if (guard === 'evidence_attached' && item.evidence.length >= number) return [];
    return [field];
  });
}

interface Setting {
  transition: FlowTransition;
  item: Item;
  today: string;
  mine: string[];
}

function adapted(field: Field, at: Setting & { flow: Flow }): Field {
  switch (field.name) {
    case 'due': {
      const limit = at.transition.act === 'assign' && at.flow.deadlines.length > 0;
      const later = LATER.includes(at.transition.act) && at.item.due ? addDays(at.item.due, 1) : '';
      return {
        ...field,
        earliest: later > at.today ? later : at.today,
        ...(limit ? { hint: 'form.dueByLimitHint' as const } : {}),
      };
    }
    case 'notice_last':
      return { ...field, earliest: noticeLastMin(at.transition, at.item) ?? at.today };
    case 'outcome':
      return { ...field, options: titled(outcomesOf(at.transition, at.flow), 'outcome') };
    case 'source':
      return { ...field, options: titled(at.flow.sources, 'source') };
    case 'into':
      return at.transition.act === 'link'
        ? { ...field, label: 'form.intoSame', hint: 'form.intoSameHint' }
        : field;
    case 'parts':
      return at.transition.act === 'call_in'
        ? { ...field, label: 'form.partsCalled', hint: 'form.partsCalledHint' }
        : { ...field, latest: at.item.due ?? undefined };
    case 'part':
      return { ...field, options: assessable(at.item, at.mine, at.today).map(partOption) };
    default:
      return field;
  }
}

function outcomesOf(transition: FlowTransition, flow: Flow) {
  const some = transition.outcomes;
  return some ? flow.outcomes.filter(({ outcome }) => some.includes(outcome)) : flow.outcomes;
}

/**
 * The called parts that one of the units `mine` may still assess: done or due, and not yet assessed
 * by its side. Without units, those that either side may.
 */
export function assessable(item: Item, mine: string[], today: string): Item['parts'] {
  const leads = [item.lead, ...item.responsible].some((unit) => unit && mine.includes(unit.code));
  return item.parts.filter((part) => {
    if (!part.called || part.ended || !(part.done || part.due < today)) return false;
    const asCaller = part.came_well === null && (leads || mine.length === 0);
    const asCalled =
      part.called_right === null && (mine.includes(part.unit.code) || mine.length === 0);
    return asCaller || asCalled;
  });
}

const partOption = (part: Item['parts'][number]): Option => {
  const what = part.text === null ? '' : ` · ${part.text.slice(0, 40)}`;
  const said = `${part.part} · ${part.unit.name}${what}`;
  return { value: String(part.part), label: { 'zh-CN': said, en: said } };
};

function titled<Name extends string>(
  list: ({ title?: Title } & Record<Name, string>)[],
  name: Name,
): Option[] {
  return list.map((each) => ({
    value: each[name],
    label: each.title ?? { 'zh-CN': each[name], en: each[name] },
  }));
}

// What is known is not asked for again: whoever assigns anew sees who has it now.
function startOf(
  names: string[],
  { flow, transition, item, today, mine }: Setting & { flow: Flow },
): FormValues {
  const start: FormValues = {};
  const set = (name: string, value: unknown) => {
    if (names.includes(name)) start[name] = value;
  };
  if (transition.act === 'assign' && item.lead) {
    set('lead', item.lead);
    set('responsible', item.responsible);
    set('supporting', item.supporting);
    set('parts', standingParts(item, today));
    set('supervising', item.supervising);
    set('accepting', item.accepting);
    set('lead_official', item.lead_official ?? '');
    set('responsible_person', item.responsible_person ?? '');
    set('due', flow.deadlines.length === 0 && item.due && item.due >= today ? item.due : '');
  }
  // What its source's list says of it is offered, and binds once it is assigned and planned.
  if (transition.act === 'assign' && !item.lead) {
    const [first, ...rest] = item.implementing;
    set('lead', first ?? null);
    set('responsible', rest);
    set('accepting', item.to_accept);
    set('due', flow.deadlines.length === 0 && item.due && item.due >= today ? item.due : '');
  }
  if (transition.act === 'plan') set('criterion', item.target ?? '');
  const [only, ...more] = assessable(item, mine, today);
  if (only && more.length === 0) set('part', String(only.part));
  const left = item.measures.filter((measure) => !measure.done && !measure.ended);
  if (left.length === 1) set('measure', String(left[0]?.measure));
  set('measured', measuredRows(item));
  set('actuals', actualRows(item, today));
  if (transition.act === 'change') set('quantities', targetRows(item));
  set('notice_last', noticeLastMin(transition, item) ?? '');
  return start;
}

/** Working days are the server's to count. */
function noticeLastMin(transition: FlowTransition, item: Item): string | null {
  const offer = item.offers.find((each) => each.transition === transition.transition);
  return offer?.notice_last_min ?? null;
}

// A newer assignment ends the parts of the one before: whoever gives it sees what was not done.
function standingParts(item: Item, today: string): PartValue[] {
  return item.parts
    .filter((part) => !part.done && !part.ended && !part.called)
    .map(({ unit, text, due }) => ({ unit, text: text ?? '', due: due < today ? '' : due }));
}

function measuredRows(item: Item): QuantityValue[] {
  return (item.criterion?.quantities ?? []).map(({ id, unit }) => ({
    id,
    unit,
    value: '',
    qualifier: 'exact',
    baseline: '',
  }));
}

const actualRows = (item: Item, today: string): QuantityValue[] =>
  measuredRows(item).map((row) => ({ ...row, as_of: today }));

// Whoever changes one target sees them all: those that are sent stand from then on.
function targetRows(item: Item): QuantityValue[] {
  return (item.criterion?.quantities ?? []).map((each) => ({
    id: each.id,
    unit: each.unit,
    value: String(each.value),
    qualifier: each.qualifier ?? 'exact',
    baseline: each.baseline === undefined ? '' : String(each.baseline),
    ...(each.bound ? { bound: each.bound } : {}),
  }));
}

export function correctTask(
  field: Correctable,
  item: Item,
  flow: Flow,
  specials: Option[] = [],
): Task {
  const named = field === 'place' ? 'unit' : field;
  const like = fieldNamed(named);
  const start = named === 'special' ? item.special?.special : item[named];
  const required = isKept(field, item, flow);
  return {
    id: `correct-${field}`,
    change: 'correct',
    act: '',
    title: 'item.correctTitle',
    titleFact: named,
    note: 'item.correctNote',
    fields: [
      {
        ...like,
        name: 'value',
        required,
        ...(field === 'special' ? { options: specials } : {}),
        ...(field === 'source' ? { options: titled(flow.sources, 'source') } : {}),
        ...(field === 'category' ? { options: titled(flow.categories, 'category') } : {}),
      },
      fieldNamed('reason', { required: true }),
    ],
    sent: required ? { field } : { field, value: '' },
    start: { value: start ?? '' },
    dangerous: false,
  };
}

// An item may roll up to no special item; and what its flow does not ask of findings may be taken
// away.
function isKept(field: Correctable, item: Item, flow: Flow): boolean {
  const ofFinding: readonly string[] = OF_FINDING;
  if (!ofFinding.includes(field)) return field !== 'special';
  const asked = field === 'to_accept' ? 'accepting' : field;
  return flow.findings.sources.includes(item.source) && flow.findings.required.includes(asked);
}

/** What is sent: a correction gives one text, so of several units their codes between commas. */
export function sentBody(task: Task, body: Record<string, unknown>): Record<string, unknown> {
  const { value } = body;
  const joined = task.change === 'correct' && Array.isArray(value);
  return { ...task.sent, ...body, ...(joined ? { value: value.join(',') } : {}) };
}

/** `part`: which text of the record; null for the file that it adds. */
export function redactTask(record: number, part: number | null): Task {
  return {
    id: `redact-${record}-${part ?? 'file'}`,
    change: 'redact',
    act: '',
    title: part === null ? 'item.redactFileTitle' : 'item.redactTitle',
    titleFact: String(record),
    note: part === null ? 'item.redactFileNote' : 'item.redactNote',
    fields: [fieldNamed('reason', { required: true })],
    sent: part === null ? { record, file: true } : { record, part },
    start: {},
    dangerous: true,
  };
}

/** Every text and file of the item. */
export const ERASE_TASK: Task = {
  id: 'erase',
  change: 'redact',
  act: '',
  title: 'item.erase',
  titleFact: '',
  note: 'item.eraseNote',
  fields: [fieldNamed('reason', { required: true })],
  sent: { all: true },
  start: {},
  dangerous: true,
};

/** The task that an address names, or null where it names none of this item. */
export function taskNamed(id: string, item: Item, flow: Flow, reader: Reader): Task | null {
  const redact = /^redact-(\d{1,15})-(\d{1,2}|file)$/.exec(id);
  if (redact) return redactTask(Number(redact[1]), redact[2] === 'file' ? null : Number(redact[2]));
  if (id === ERASE_TASK.id) return ERASE_TASK;
  const field = CORRECTABLE.find((each) => id === `correct-${each}`);
  if (field) return correctTask(field, item, flow, reader.specials);
  const transition = flow.transitions.find((each) => each.transition === id);
  return transition ? transitionTask(flow, transition, item, reader) : null;
}
