// Where in a form a refusal belongs, so that it is said beside what it is about.
import type { Problem } from '../../api/client';
import type { Field } from './fields';

// Refusals that name no field are about the first of these that the form asks for.
const ABOUT: Record<string, string[]> = {
  accusation_not_taken: ['accused'],
  call_in_below: ['parts'],
  call_in_not_township: ['parts'],
  checkers_too_few: ['checkers'],
  class_never_fixed: ['outcome'],
  community_not_listed: ['lead', 'shares'],
  criterion_missing: ['criterion'],
  criterion_not_met: ['outcome'],
  due_in_past: ['due', 'measures'],
  due_not_later: ['due'],
  evidence_missing: ['evidence'],
  evidence_unknown: ['evidence'],
  feedback_in_future: ['feedback'],
  fixed_unverified: ['outcome'],
  item_dropped: ['into'],
  item_merged_into_itself: ['into'],
  item_no_bad: ['into'],
  item_unknown: ['into'],
  fund_not_there: ['fund'],
  fund_short: ['amount'],
  fund_unknown: ['fund'],
  kind_unknown: ['kind'],
  loan_open_already: ['episode'],
  loan_over_asked: ['amount'],
  loan_over_cap: ['amount'],
  loan_over_repaid: ['amount'],
  loan_term_over: ['due'],
  loan_unchecked: ['amount'],
  matter_differs: ['into'],
  matter_ended: ['into'],
  measure_unknown: ['measure'],
  measures_missing: ['measures'],
  milestones_missing: ['measures'],
  nobody_to_check: ['lead', 'parts', 'shares', 'measures'],
  notice_days_too_few: ['notice_last'],
  notice_too_short: ['notice_last'],
  occurred_in_future: ['occurred'],
  others_merged_into: ['into'],
  outcome_unknown: ['outcome'],
  part_after_deadline: ['parts', 'due'],
  part_assessed: ['part'],
  part_missing: ['parts', 'supporting'],
  part_not_due: ['part'],
  part_of_lead: ['parts', 'supporting'],
  part_twice: ['parts'],
  part_unknown: ['part'],
  post_unknown: ['checkers'],
  notice_ends_early: ['notice_last'],
  quantities_not_measured: ['measured'],
  quantity_not_in_criterion: ['measured'],
  quantity_twice: ['quantities', 'measured'],
  recorder_accused: ['accused'],
  report_no_receiver: ['accused'],
  programme_unknown: ['special', 'value'],
  requirement_not_special: ['special', 'value'],
  requirement_unknown: ['special', 'value'],
  same_person: ['checkers'],
  share_outside: ['shares'],
  share_twice: ['shares'],
  source_unknown: ['source', 'value'],
  sources_many: ['source'],
  special_not_asked: ['special', 'value'],
  special_of_persons: ['special', 'value'],
  unit_unknown: ['value', 'unit'],
  upstream_no_twice: ['upstream_no'],
  verifier_below_fixer: ['accepting'],
  verifier_is_fixer: ['accepting'],
};

/** The path of the field that a refusal is about, or null where it is about none of `fields`. */
export function fieldOf(problem: Problem, fields: Field[]): string | null {
  const asked = (path: string) => fields.some((field) => field.name === path.split(/[[.]/)[0]);
  const named = problem.body.facts?.field;
  if (named && asked(named)) return named;
  // A correction sends its new words as "value", whatever field they are for.
  if (named && asked('value')) return 'value';
  return ABOUT[problem.code]?.find(asked) ?? null;
}
