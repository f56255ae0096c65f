// What a verifier's step takes, and what is missing in it.
import { describe, expect, it } from 'vitest';
import type { Flow, FlowTransition, History, Item } from '../../api/shapes';
import {
  needsOf,
  NOTHING_TYPED,
  readAccept,
  readGiveBack,
  saidOf,
  verdictsOf,
  type Needs,
} from './verify';

const title = { 'zh-CN': '', en: '' };
function transition(id: string, act: string, changes: Partial<FlowTransition>): FlowTransition {
  return {
    transition: id,
    title,
    from: [],
    to: null,
    act,
    who: [{ role: 'verifier', relation: 'scope' }],
    guards: [],
    required: [],
    inputs: ['evidence', 'reason', 'text'],
    ...changes,
  };
}
const check = transition('check', 'check', {
  required: ['text'],
  inputs: ['checkers', 'measured', 'evidence', 'reason', 'text'],
  guards: [
    { guard: 'independent', number: 0 },
    { guard: 'checkers_min', number: 2 },
  ],
});
const giveBack = transition('return', 'return', { required: ['reason'] });
const publicise = transition('publicise', 'publicise', {
  who: [{ role: 'supervisor', relation: 'scope' }],
});
const flow = { transitions: [check, giveBack, publicise] } as Flow;
const lamps = { id: 'lamps_repaired', unit: 'lamp', value: 12, qualifier: 'exact' as const };
function item(refusal: { code: string; detail: string } | null): Item {
  const offers = flow.transitions.map((each) => ({
    transition: each.transition,
    title,
    act: each.act,
    required: each.required,
    refusal,
  }));
  return { offers, criterion: { text: '', quantities: [lamps] } } as unknown as Item;
}

describe('a verdict', () => {
  it('is a step of verifiers: on, or back', () => {
    const { accept, giveBack: back } = verdictsOf(item(null), flow);
    expect(accept?.transition).toBe('check');
    expect(back?.transition).toBe('return');
  });
  it('is offered with its refusal, so that the rule can be read', () => {
    const refused = item({ code: 'verifier_is_fixer', detail: 'x' });
    expect(verdictsOf(refused, flow).accept?.refusal?.code).toBe('verifier_is_fixer');
  });
});

describe('accepting', () => {
  const needs: Needs = needsOf(check, item(null));
  it('takes what the flow asks for', () => {
    expect(needs).toEqual({ text: 'needed', checkers: 1, measured: [lamps] });
    const review = transition('review', 'review', {});
    expect(needsOf(review, item(null))).toEqual({ text: 'offered', checkers: 0, measured: [] });
  });
  it('names everything that is missing at once', () => {
    expect(readAccept(needs, NOTHING_TYPED).faults.map((fault) => fault.field)).toEqual([
      'measured-lamps_repaired',
      'checkers',
      'text',
    ]);
  });
  it('sends what was typed', () => {
    const { body, faults } = readAccept(needs, {
      ...NOTHING_TYPED,
      text: ' 相符 ',
      checkers: [13],
      measured: { lamps_repaired: '12' },
    });
    expect(faults).toEqual([]);
    expect(body).toEqual({
      text: '相符',
      checkers: [13],
      measured: [{ id: 'lamps_repaired', unit: 'lamp', value: 12, qualifier: 'exact' }],
    });
  });
  it('takes whole numbers only', () => {
    for (const value of ['', '-1', '1.5', '十二', '1e3', '1'.repeat(16)])
      expect(
        readAccept(needs, { ...NOTHING_TYPED, measured: { lamps_repaired: value } }).faults[0],
        value,
      ).toEqual({ field: 'measured-lamps_repaired', word: 'work.faultNumber' });
  });
});

describe('giving back', () => {
  it('needs a reason', () => {
    expect(readGiveBack({ ...NOTHING_TYPED, reason: '  ' }).faults[0]?.word).toBe(
      'work.faultReason',
    );
    expect(readGiveBack({ ...NOTHING_TYPED, reason: ' 只有七盏 ' })).toEqual({
      body: { reason: '只有七盏' },
      faults: [],
    });
  });
});

describe('what was said', () => {
  const record = (seq: number, type: string, id: string, texts: Record<string, string | null>) => ({
    seq,
    type,
    at: '',
    by: null,
    payload: { transition: id },
    texts,
  });
  it('are the words of each step since the plan, newest first; destroyed ones stay as such', () => {
    const history = {
      records: [
        record(1, 'transition_taken', 'assign', { reason: 'before' }),
        record(2, 'criterion_set', '', { criterion: '' }),
        record(3, 'transition_taken', 'plan', {}),
        record(4, 'transition_taken', 'report', { text: 'done' }),
        record(5, 'transition_taken', 'return', { reason: null }),
      ],
    } as unknown as History;
    expect(saidOf(history).map(({ seq, text }) => [seq, text])).toEqual([
      [5, null],
      [4, 'done'],
    ]);
  });
});
