// The line of steps, computed from a flow.
import { describe, expect, it } from 'vitest';
import { FLOW } from './fixture';
import { mainWay, wayOf } from './steps';

const line = (state: string) =>
  wayOf(FLOW, state)
    .steps.map((step) => `${step.state}:${step.at}${step.aside ? '!' : ''}`)
    .join(' ');

describe('the main way', () => {
  it('goes from listing to close-out in the order of the flow file', () => {
    expect(mainWay(FLOW)).toEqual(
      (
        'registered assigned planned in_progress closure_requested reviewed checked ' +
        'publicised closed'
      ).split(' '),
    );
  });
  it('marks what is done, where it is and what comes next', () => {
    expect(line('planned')).toMatch(
      /^registered:done assigned:done planned:now in_progress:next closure_requested:later/,
    );
    expect(wayOf(FLOW, 'planned').next?.transition).toBe('report');
    expect(wayOf(FLOW, 'reviewed').next?.transition).toBe('check');
  });
  it('has come to its end when closed', () => {
    expect(line('closed')).toMatch(/publicised:done closed:now$/);
    expect(wayOf(FLOW, 'closed').next).toBeNull();
  });
});

describe('off the main way', () => {
  it('an item stands before the step it can come back to', () => {
    expect(line('objected')).toMatch(/^registered:done objected:now! assigned:next planned:later/);
    expect(line('suspended')).toMatch(/planned:done suspended:now! in_progress:next/);
    // A reopened item is planned anew: assigning it to others is possible, but not the usual way.
    expect(wayOf(FLOW, 'reopened').next?.transition).toBe('plan');
    expect(wayOf(FLOW, 'objected').next?.transition).toBe('reassign');
  });
  it('a dropped item has nothing before it', () => {
    expect(line('merged')).toBe('registered:done merged:now!');
    expect(wayOf(FLOW, 'merged').next).toBeNull();
  });
  it('a state the flow does not know still has a name', () => {
    expect(wayOf(FLOW, 'elsewhere').steps[1]?.title.en).toBe('elsewhere');
  });
});
