// The table of fields that forms ask for. A new field of the API is one line here and its words in
// the part "form"; one that has no line is asked for as a line of text, under its own name.
import type { Title } from '../../api/shapes';
import type { Key } from '../../locales';

export type Widget =
  | 'checkers'
  | 'choice'
  | 'day'
  | 'evidence'
  | 'item'
  | 'line'
  | 'measure'
  | 'measures'
  | 'milestones'
  | 'number'
  | 'part'
  | 'parts'
  | 'quantities'
  | 'text'
  | 'unit'
  | 'units'
  | 'verdict'
  | 'yes'
  | 'yuan';

export interface Option {
  value: string;
  label: Key | Title;
}

export interface Field {
  name: string;
  widget: Widget;
  label: Key | null; // null: shown under its own name
  hint?: Key;
  charsMax?: number;
  options?: Option[];
  required: boolean;
  earliest?: string; // of a day
  latest?: string;
}

type Line = Omit<Field, 'name' | 'required'>;

const TEXT_CHARS_MAX = 4000;
export const TITLE_CHARS_MAX = 200;
export const PERSONS_CHARS_MAX = 100;
export const LIST_COUNT_MAX = 50;

const text = (label: Key, hint?: Key): Line => ({
  widget: 'text',
  label,
  hint,
  charsMax: TEXT_CHARS_MAX,
});
const line = (label: Key, charsMax: number, hint?: Key): Line => ({
  widget: 'line',
  label,
  hint,
  charsMax,
});
const choice = (label: Key, options: Option[]): Line => ({ widget: 'choice', label, options });

/** The options whose words stand in the part "form" as "prefix_value". */
function worded(prefix: string, values: string): Option[] {
  return values.split(' ').map((value) => ({ value, label: `form.${prefix}_${value}` as Key }));
}
const ANSWERS = worded('answer', 'yes no no_answer');
const FOUND = worded('found', 'held rebound new_problem false');
const FIX_CLASSES = worded('fixClass', 'immediate by_date phased long_term');
const GOOD = worded('good', 'yes no');
const NATURES = worded('nature', 'individual common');
const SEVERITIES = worded('severity', 'general key major');
const GROUNDS = worded(
  'ground',
  'against_law beyond_means rights_of_others not_possible met_already',
);
// By query code only the reporter himself judges.
const WAYS = worded('way', 'paper phone');
const WHY = worded(
  'why',
  'not_done partly_done done_badly too_late treatment not_explained came_back other',
);
const UNDONE = worded(
  'undone',
  'plan_infeasible deadline_too_tight funds_missing approval_pending cross_jurisdiction ' +
    'third_party litigation force_majeure season policy_gap historical owner_slow disputed other',
);

const LINES: Record<string, Line> = {
  accepting: { widget: 'unit', label: 'form.accepting', hint: 'form.acceptingHint' },
  actuals: { widget: 'quantities', label: 'form.actuals', hint: 'form.actualsHint' },
  accused: { widget: 'units', label: 'form.accused', hint: 'form.accusedHint' },
  affected: { widget: 'number', label: 'form.affected', hint: 'form.affectedHint' },
  amount: { widget: 'yuan', label: 'form.amount', hint: 'form.amountHint' },
  asked: { widget: 'number', label: 'form.asked', hint: 'form.askedHint' },
  batch: line('form.batch', 40, 'form.batchHint'),
  category: choice('form.category', []),
  checkers: { widget: 'checkers', label: 'form.checkers', hint: 'form.checkersHint' },
  criterion: text('form.criterion', 'form.criterionHint'),
  description: text('form.description', 'form.descriptionHint'),
  digest: line('form.digest', 64, 'form.digestHint'),
  done: { widget: 'yes', label: 'form.done' },
  drawn: { widget: 'number', label: 'form.drawn', hint: 'form.drawnHint' },
  due: { widget: 'day', label: 'form.due' },
  emergency_plan: text('form.emergencyPlan'),
  episode: line('form.episode', 60, 'form.episodeHint'),
  evidence: { widget: 'evidence', label: 'form.evidence', hint: 'form.evidenceHint' },
  extension: line('form.extension', 6, 'form.extensionHint'),
  feedback: { widget: 'day', label: 'form.feedback', hint: 'form.feedbackHint' },
  fix_class: choice('form.fixClass', FIX_CLASSES),
  found: choice('form.found', FOUND),
  fund: line('form.fund', 30, 'form.fundHint'),
  funds: text('form.funds'),
  good: { widget: 'verdict', label: 'form.good', options: GOOD },
  ground: choice('form.ground', GROUNDS),
  household: line('form.household', 60, 'form.householdHint'),
  implementing: { widget: 'units', label: 'form.implementing', hint: 'form.implementingHint' },
  in_place_fen: { widget: 'yuan', label: 'form.fundsInPlace', hint: 'form.fundsHint' },
  into: { widget: 'item', label: 'form.into', hint: 'form.intoHint' },
  key_measures: text('form.keyMeasures'),
  lead: { widget: 'unit', label: 'form.lead', hint: 'form.leadHint' },
  lead_official: line('form.leadOfficial', PERSONS_CHARS_MAX),
  measure: { widget: 'measure', label: 'form.measure' },
  measured: { widget: 'quantities', label: 'form.measured', hint: 'form.measuredHint' },
  measures: { widget: 'measures', label: 'form.measures', hint: 'form.measuresHint' },
  milestones: { widget: 'milestones', label: 'form.milestones', hint: 'form.milestonesHint' },
  model: { widget: 'item', label: 'form.model', hint: 'form.modelHint' },
  nature: choice('form.nature', NATURES),
  notice_last: { widget: 'day', label: 'form.noticeLast' },
  occurred: { widget: 'day', label: 'form.occurred', hint: 'form.occurredHint' },
  outcome: choice('form.outcome', []),
  paid_fen: { widget: 'yuan', label: 'form.fundsPaid', hint: 'form.fundsHint' },
  part: { widget: 'part', label: 'form.part', options: [] },
  parts: { widget: 'parts', label: 'form.parts', hint: 'form.partsHint' },
  planned_fen: { widget: 'yuan', label: 'form.fundsPlanned', hint: 'form.fundsPlannedHint' },
  progress_pct: { widget: 'number', label: 'form.progressPct', hint: 'form.progressPctHint' },
  quantities: { widget: 'quantities', label: 'form.quantities', hint: 'form.quantitiesHint' },
  reason: text('form.reason'),
  remark: text('form.remark'),
  responsible: { widget: 'units', label: 'form.responsible' },
  responsible_person: line('form.responsiblePerson', PERSONS_CHARS_MAX),
  satisfied: choice('form.satisfied', ANSWERS),
  scheme: line('form.scheme', 40, 'form.schemeHint'),
  severity: choice('form.severity', SEVERITIES),
  shares: { widget: 'parts', label: 'form.shares', hint: 'form.sharesHint' },
  solved: choice('form.solved', ANSWERS),
  source: choice('form.source', []),
  source_doc: line('form.sourceDoc', 200),
  special: choice('form.special', []),
  split_from: line('form.splitFrom', 20, 'form.splitFromHint'),
  supervising: { widget: 'unit', label: 'form.supervising' },
  supporting: { widget: 'units', label: 'form.supporting', hint: 'form.supportingHint' },
  taker: line('form.taker', PERSONS_CHARS_MAX),
  target: text('form.target', 'form.targetHint'),
  text: text('form.text'),
  title: line('form.title', TITLE_CHARS_MAX, 'form.titleHint'),
  to_accept: { widget: 'unit', label: 'form.toAccept', hint: 'form.acceptingHint' },
  undone_reason: choice('form.undoneReason', UNDONE),
  unit: { widget: 'unit', label: 'form.unit', hint: 'form.unitHint' },
  upstream_no: line('form.upstreamNo', 64, 'form.upstreamNoHint'),
  way: choice('form.way', WAYS),
  why: choice('form.why', WHY),
};

/** The field of that name, perhaps with something of it said otherwise. */
export function fieldNamed(name: string, changes: Partial<Field> = {}): Field {
  const known = LINES[name] ?? { widget: 'line' as const, label: null, charsMax: TEXT_CHARS_MAX };
  return { name, required: false, ...known, ...changes };
}

/** The word for a field, or null where there is none and its own name must do. */
export function fieldWord(name: string): Key | null {
  return LINES[name]?.label ?? null;
}

/** The word for one of a field's own options, or null. */
export function optionWord(name: string, value: string): Key | null {
  const label = LINES[name]?.options?.find((option) => option.value === value)?.label;
  return typeof label === 'string' ? label : null;
}

/** The element of a field or of a row in it: "measures[0].due" is f-measures-0-due. */
export function fieldId(path: string): string {
  return `f-${path.replace(/[^A-Za-z0-9_]+/g, '-').replace(/-$/, '')}`;
}
