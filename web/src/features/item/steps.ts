// The line of steps of an item: the main way through its flow, where it is, and what comes next.
import type { Flow, FlowTransition, Title } from '../../api/shapes';

export type StepState = 'done' | 'now' | 'next' | 'later';

export interface Step {
  state: string;
  title: Title;
  at: StepState;
  aside: boolean; // not on the main way: disputed, suspended, reopened, dropped
}

export interface Way {
  steps: Step[];
  /** The transition to the next step of the main way; null where it has come to its end. */
  next: FlowTransition | null;
}

const ASIDE = ['disputed', 'suspended', 'dropped'];

/**
 * The states from listing to close-out, each reached by the first transition of the flow file that
 * leads on to an end: the order of the file is the order its author thinks of the work in.
 */
export function mainWay(flow: Flow): string[] {
  const phase = new Map(flow.states.map((state) => [state.state, state.phase]));
  const first = flow.states[0]?.state;
  if (first === undefined) return [];
  const visited = new Set<string>();
  const walk = (state: string): string[] | null => {
    visited.add(state);
    if (phase.get(state) === 'closed') return [state];
    for (const transition of flow.transitions) {
      const to = transition.to;
      if (!to || !transition.from.includes(state) || visited.has(to)) continue;
      if (ASIDE.includes(phase.get(to) ?? '')) continue;
      const rest = walk(to);
      if (rest) return [state, ...rest];
    }
    return null;
  };
  return walk(first) ?? [first];
}

/** Where an item in the state `current` is on its way, and what leads on. */
export function wayOf(flow: Flow, current: string): Way {
  const main = mainWay(flow);
  const here = main.indexOf(current);
  if (here >= 0) {
    const target = main[here + 1];
    const next = target === undefined ? null : transitionTo(flow, current, [target]);
    return { steps: main.map((state, index) => stepOf(flow, state, place(index, here))), next };
  }
  // Off the main way: it stands before the step that it can come back to.
  const usual = main.map((state, index) =>
    transitionTo(flow, state, main.slice(index + 1, index + 2)),
  );
  const next =
    usual.find((each) => each?.from.includes(current)) ?? transitionTo(flow, current, main);
  const back = next?.to ? main.indexOf(next.to) : -1;
  const aside = { ...stepOf(flow, current, 'now'), aside: true };
  if (back < 0) {
    const start = main[0];
    return { steps: start ? [stepOf(flow, start, 'done'), aside] : [aside], next: null };
  }
  const steps = main.map((state, index) =>
    stepOf(flow, state, index < back ? 'done' : index === back ? 'next' : 'later'),
  );
  return { steps: [...steps.slice(0, back), aside, ...steps.slice(back)], next };
}

function place(index: number, here: number): StepState {
  if (index < here) return 'done';
  if (index === here) return 'now';
  return index === here + 1 ? 'next' : 'later';
}

function stepOf(flow: Flow, state: string, at: StepState): Step {
  const title = flow.states.find((each) => each.state === state)?.title;
  return { state, title: title ?? { 'zh-CN': state, en: state }, at, aside: false };
}

function transitionTo(flow: Flow, from: string, targets: string[]): FlowTransition | null {
  return (
    flow.transitions.find(
      (each) => each.to && each.from.includes(from) && targets.includes(each.to),
    ) ?? null
  );
}
