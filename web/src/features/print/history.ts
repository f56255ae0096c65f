// What the forms of an item need of its history: one step a command, and the round that runs.
import type { Flow, FlowTransition, History, HistoryRecord } from '../../api/shapes';

export interface Step {
  seq: number; // of its last record
  at: string;
  by: HistoryRecord['by'];
  records: HistoryRecord[];
  /** The transition's id; none for listing, correcting and redacting. */
  transition: string | null;
  /** Reasons and words that came with it; null where a text was destroyed. */
  texts: (string | null)[];
}

const WORDS = ['reason', 'text'];

const field = (record: HistoryRecord | undefined, name: string): unknown => record?.payload?.[name];

/** The history, oldest first; the records of one command are one step. */
export function stepsOf(history: History): Step[] {
  const steps: Step[] = [];
  for (const record of history.records) {
    const last = steps[steps.length - 1];
    if (last && last.records[0]?.command === record.command) last.records.push(record);
    else
      steps.push({
        seq: record.seq,
        at: record.at,
        by: record.by,
        records: [record],
        transition: null,
        texts: [],
      });
  }
  for (const step of steps) finish(step);
  return steps;
}

function finish(step: Step): void {
  step.seq = step.records[step.records.length - 1]?.seq ?? step.seq;
  for (const record of step.records) {
    const transition = field(record, 'transition');
    if (record.type === 'transition_taken' && typeof transition === 'string')
      step.transition = transition;
    for (const label of WORDS) {
      const text = record.texts[label];
      if (text !== undefined) step.texts.push(text);
    }
  }
}

export function recordOf(step: Step | undefined, type: string): HistoryRecord | undefined {
  return step?.records.find((record) => record.type === type);
}

/** The steps since the item was last returned to work or reopened. */
export function runningRound(steps: Step[]): Step[] {
  const isBack = (step: Step) =>
    recordOf(step, 'item_reopened') !== undefined ||
    field(recordOf(step, 'verification_given'), 'stage') === 'return';
  const last = steps.map(isBack).lastIndexOf(true);
  return steps.slice(last + 1);
}

export interface Round {
  asked: Step | undefined;
  reviewed: Step | undefined;
  checked: Step | undefined;
  noticed: Step | undefined;
  closed: Step | undefined;
}

/** What stands of the round: the last of each, found by what it recorded and not by its name. */
export function roundOf(steps: Step[], flow: Flow): Round {
  const round = runningRound(steps);
  const last = (holds: (step: Step) => boolean) => round.filter(holds).pop();
  const verified = (stage: string) => (step: Step) =>
    field(recordOf(step, 'verification_given'), 'stage') === stage;
  return {
    asked: last((step) => asksForClosing(step, flow)),
    reviewed: last(verified('preliminary')),
    checked: last(verified('on_site')),
    noticed: last((step) => recordOf(step, 'notice_posted') !== undefined),
    closed: last((step) => recordOf(step, 'item_closed') !== undefined),
  };
}

// Moving into a state of the phase "checking" without verifying: that is asking for close-out.
function asksForClosing(step: Step, flow: Flow): boolean {
  const transition = transitionOf(flow, step.transition);
  const to = flow.states.find((state) => state.state === transition?.to);
  return to?.phase === 'checking' && transition?.act === 'move';
}

export function transitionOf(flow: Flow, id: string | null): FlowTransition | undefined {
  return flow.transitions.find((transition) => transition.transition === id);
}

export interface Notice {
  first: string;
  last: string;
  by: HistoryRecord['by'];
}

/** The public notice of the running round, or none. */
export function noticeOf(round: Round): Notice | null {
  const record = recordOf(round.noticed, 'notice_posted');
  const first = field(record, 'first');
  const last = field(record, 'last');
  if (!record || typeof first !== 'string' || typeof last !== 'string') return null;
  return { first, last, by: record.by };
}

/** How many check beside the one who recorded the check. */
export function checkersOf(round: Round): number {
  const others = field(recordOf(round.checked, 'verification_given'), 'checkers');
  return round.checked ? 1 + (Array.isArray(others) ? others.length : 0) : 0;
}

export function outcomeOf(round: Round): string | null {
  const outcome = field(recordOf(round.closed, 'item_closed'), 'outcome');
  return typeof outcome === 'string' ? outcome : null;
}
