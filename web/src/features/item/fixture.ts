// The flow of problems and an item, as the API gives them, for tests.
import type { Flow, FlowTransition, HistoryRecord, Item, Title } from '../../api/shapes';

const same = (word: string): Title => ({ 'zh-CN': word, en: word });

// prettier-ignore
const STATES: [string, Flow['states'][number]['phase']][] = [
  ['registered', 'listed'], ['assigned', 'assigned'], ['objected', 'disputed'],
  ['planned', 'planned'], ['in_progress', 'working'], ['closure_requested', 'checking'],
  ['reviewed', 'checking'], ['checked', 'checking'], ['publicised', 'notice'],
  ['closed', 'closed'], ['suspended', 'suspended'], ['reopened', 'working'],
  ['merged', 'dropped'],
];

const DUTIES = 'lead responsible supporting supervising accepting due';
const REASSIGNED = 'assigned objected planned in_progress reopened';
const PLANNED = 'measures_planned:1 criterion_set:0';
const CHECKED = 'independent:0 checkers_min:2 quantities_measured:0';
// id | from | to | act | inputs of its own | required | guards with their numbers
const TRANSITIONS = `
assign | registered | assigned | assign | ${DUTIES} | lead due |
object | assigned | objected | move | | reason |
reassign | ${REASSIGNED} | assigned | assign | ${DUTIES} | lead due reason |
extend | assigned planned in_progress | | extend | due | due reason |
plan | assigned reopened | planned | plan | measures criterion quantities | | ${PLANNED}
report | planned in_progress reopened | in_progress | report | measure done | text |
suspend | planned in_progress | suspended | move | | reason |
resume | suspended | in_progress | move | | reason |
request_closure | in_progress | closure_requested | move | | | measures_done:0 evidence_attached:1
review | closure_requested | reviewed | review | | | independent:0
check | reviewed | checked | check | checkers measured | text | ${CHECKED}
publicise | checked | publicised | publicise | notice_last | notice_last | notice_working_days_min:5
close | publicised | closed | close | outcome | outcome | notice_over:0
return | closure_requested reviewed | in_progress | return | | reason | independent:0
reopen | closed | reopened | reopen | | reason |
merge | registered assigned | merged | merge | into | into reason |
`;

const words = (text: string) => text.split(' ').filter(Boolean);

function transition(line: string): FlowTransition {
  const [id = '', from = '', to = '', act = '', inputs = '', required = '', guards = ''] = line
    .split('|')
    .map((each) => each.trim());
  return {
    transition: id,
    title: same(id),
    from: words(from),
    to: to === '' ? null : to,
    act,
    who: [{ role: 'responsible', relation: 'fixer' }],
    guards: words(guards).map((each) => {
      const [guard = '', number] = each.split(':');
      return { guard, number: Number(number) };
    }),
    required: words(required),
    inputs: [...words(inputs), 'evidence', 'reason', 'text'],
  };
}

export const FLOW: Flow = {
  kind: 'problem',
  version: 1,
  title: same('problem'),
  totals: 'public',
  steps: [],
  deadlines: [],
  reports: false,
  response: null,
  opened_by: [],
  opening_required: ['title', 'source'],
  categories: [],
  sources: [{ source: 'resident', title: same('residents') }],
  findings: { sources: [], required: [] },
  brought: [],
  clocks: [
    {
      clock: 'handle',
      title: { 'zh-CN': '办理', en: 'Handling' },
      limit: '60d',
      from_opening: false,
      from_feedback: false,
      sources: [],
      starts: ['assign'],
      stops: [],
      stands_still: [],
      steps: [],
      owner: [{ role: 'responsible', relation: 'fixer' }],
    },
  ],
  states: STATES.map(([state, phase]) => ({ state, phase, title: same(state) })),
  transitions: TRANSITIONS.trim().split('\n').map(transition),
  outcomes: [{ outcome: 'fixed', title: same('Fixed'), fixed: true }],
  position: 0,
  instant: '2019-09-01T00:00:00+08:00',
};

export const ITEM: Item = {
  item: '7K3M-Q9XD-4',
  version: 10,
  kind: 'problem',
  flow_version: 1,
  state: { id: 'assigned', title: same('assigned') },
  phase: 'assigned',
  title: 'No parking',
  description: null,
  unit: { code: 'P', name: 'Place' },
  path: [{ code: 'P', name: 'Place' }],
  source: 'resident',
  upstream_no: null,
  source_doc: null,
  batch: null,
  feedback: null,
  implementing: [],
  to_accept: null,
  target: null,
  key_measures: null,
  special: null,
  category: null,
  nature: null,
  severity: null,
  remark: null,
  lead_official: null,
  responsible_person: null,
  duties_origin: null,
  progress: null,
  clocks: [],
  light: null,
  next_step: null,
  checkers: null,
  thresholds: [],
  criteria: [],
  fix_class: 'by_date',
  origin: 'real',
  opened: '2019-07-01T09:00:00+08:00',
  recorder: { unit: { code: 'R', name: 'Recorder' }, role: 'recorder' },
  lead: { code: 'L', name: 'Lead' },
  responsible: [],
  supporting: [],
  supervising: null,
  accepting: null,
  due: '2019-09-10',
  original_due: '2019-09-10',
  overdue: false,
  measures: [],
  criterion: null,
  claimed: [],
  measured: [],
  notice_last: null,
  household: null,
  evidence: [],
  closures: [],
  judgement: null,
  lot: null,
  returned: 0,
  reopened: 0,
  merged_into: null,
  merged_from: [],
  parts: [],
  more_sources: [],
  shares: [],
  share_of: null,
  copy_of: null,
  copy_count: 0,
  same_as: null,
  recurs: null,
  report: null,
  loan: null,
  offers: [],
  erasure_refusal: null,
  position: 20,
  instant: '2019-09-01T00:00:00+08:00',
};

export function record(
  seq: number,
  type: string,
  payload: Record<string, unknown>,
  texts: Record<string, string | null> = {},
  command = `c${seq}`,
): HistoryRecord {
  return {
    seq,
    origin: 'real',
    at: '2019-09-01T10:00:00+08:00',
    type,
    by: { unit: { code: 'L', name: 'Lead' }, role: 'responsible' },
    command,
    payload: payload as HistoryRecord['payload'],
    texts,
    parts: Object.keys(texts),
    withheld: [],
    leaf: '00',
  };
}
