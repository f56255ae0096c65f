// What the page asks for, and the words of acts.
import type { Key } from '../../locales';

export const FILTERS = ['account', 'act', 'about', 'from', 'result'] as const;

/** The filters of an address; others are passed over. */
export function filtersOf(search: URLSearchParams): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name of FILTERS) {
    const value = search.get(name);
    if (value) out[name] = value;
  }
  return out;
}

/** The word of an act, or null: a newer server may know more. */
export function actKey(act: string): Key | null {
  return ACTS.has(act) ? (`audit.act_${act}` as Key) : null;
}

/** How far a sign-in went, in words; of other acts null: they are about what they name. */
export function stepKey(row: { act: string; about: string | null }): Key | null {
  if (!row.act.startsWith('signed_in') || !row.about || !STEPS.has(row.about)) return null;
  return `audit.step_${row.about}` as Key;
}

const STEPS: ReadonlySet<string> = new Set(['code', 'done', 'enrol', 'password']);

export const ACTS: ReadonlySet<string> = new Set([
  'account_add',
  'account_bind',
  'account_code_off',
  'account_data_read',
  'account_disable',
  'account_enable',
  'account_erase',
  'account_list',
  'account_password',
  'account_support',
  'account_unbind',
  'account_unlock',
  'account_unlocked',
  'acting_ended',
  'acting_granted',
  'activity_recorded',
  'answer_ruled_on',
  'audit_dropped',
  'audit_renewed',
  'audit_searched',
  'backup',
  'ballot_read',
  'ballot_recorded',
  'ballots_listed',
  'budget_adopt',
  'calendar_read',
  'code_given',
  'contact_set',
  'duties_adopt',
  'evidence_kept',
  'evidence_read',
  'figures_publish',
  'flow_adopt',
  'fund_add',
  'fund_bind',
  'fund_open',
  'handover_confirmed',
  'handover_ended',
  'handover_proposed',
  'handover_read',
  'household_code_issued',
  'import_marked',
  'inbox_read',
  'item_copies_read',
  'item_corrected',
  'item_erase',
  'item_history_read',
  'item_moved',
  'item_opened',
  'item_proof_read',
  'item_read',
  'item_redacted',
  'item_results_read',
  'items_exported',
  'items_import',
  'items_imported',
  'items_listed',
  'journal_read',
  'keys_renew',
  'ledger_restored',
  'notice_put_away',
  'own_work_listed',
  'password_changed',
  'post_acting',
  'post_add',
  'post_end',
  'post_handover_confirm',
  'post_handover_end',
  'post_handover_list',
  'post_handover_propose',
  'post_list',
  'posts_read',
  'programme_adopt',
  'programme_adopted',
  'receiving_key_set',
  'refusals_passed_over',
  'reporter_read',
  'request_written_down',
  'requirement_answered',
  'retain',
  'retained',
  'roster_published',
  'scheme_frozen',
  'scheme_opened',
  'scheme_read',
  'schemes_listed',
  'searched',
  'second_factor_begun',
  'second_factor_confirmed',
  'second_factor_ended',
  'server_started',
  'server_stopped',
  'session_ended',
  'sessions_ended',
  'sessions_listed',
  'set_up',
  'signed_in',
  'signed_in_by_provider',
  'signed_out',
  'signing_opened',
  'stages_exported',
  'stream_opened',
  'support_ended',
  'time_rules_adopt',
  'token_add',
  'token_issued',
  'token_list',
  'token_revoke',
  'token_revoked',
  'tokens_listed',
  'unit_succeed',
  'units_apply',
  'units_import',
  'visit_recorded',
  'visits_read',
  'work_group_ended',
  'work_group_members_changed',
  'work_group_read',
  'work_group_sent',
  'work_groups_listed',
  'work_listed',
] as const);
