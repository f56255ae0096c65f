// Every handler of the routes' table; each stands in the file of its noun.
#pragma once

#include "http/call.h"

namespace tz::http {

// routes_account.cpp
void confirm_second_factor(const CallRef& call, const Reply& reply);
void disable_second_factor(const CallRef& call, const Reply& reply);
Result<Response> get_account(const Call& call);
void post_account_password(const CallRef& call, const Reply& reply);
void post_account_unlock(const CallRef& call, const Reply& reply);
void post_second_factor(const CallRef& call, const Reply& reply);
// routes_api_page.cpp
Result<Response> get_api_page(const Call& call);
Result<Response> get_api_style(const Call& call);
// routes_account_data.cpp
Result<Response> get_account_data(const Call& call);
// routes_audit.cpp
Result<Response> get_audit(const Call& call);
// routes_coverage.cpp
Result<Response> get_coverage(const Call& call);
Result<Response> get_coverage_proof(const Call& call);
void post_answer(const CallRef& call, const Reply& reply);
void post_ruling(const CallRef& call, const Reply& reply);
// routes_data_register.cpp
Result<Response> get_data_register(const Call& call);
Result<Response> get_privacy_page(const Call& call);
// routes_ballots.cpp
Result<Response> get_ballot(const Call& call);
Result<Response> get_ballot_csv(const Call& call);
Result<Response> get_ballots(const Call& call);
Result<Response> get_ballots_csv(const Call& call);
void post_ballot(const CallRef& call, const Reply& reply);
// routes_burden.cpp
Result<Response> get_unit_burden(const Call& call);
// routes_calendar.cpp
Result<Response> get_calendar(const Call& call);
// routes_evidence.cpp
Result<Response> get_evidence(const Call& call);
void post_evidence(const CallRef& call, const Reply& reply);
// routes_exchange.cpp
void get_items_csv(const CallRef& call, const Reply& reply);
Result<Response> get_items_sheet(const Call& call);
void get_items_xlsx(const CallRef& call, const Reply& reply);
void post_import(const CallRef& call, const Reply& reply);
void post_import_marked(const CallRef& call, const Reply& reply);
// routes_health.cpp
Result<Response> get_health(const Call& call);
Result<Response> get_metrics(const Call& call);
Result<Response> get_ready(const Call& call);
// routes_item_list.cpp
void get_items(const CallRef& call, const Reply& reply);
Result<Response> get_items_template(const Call& call);
// routes_identity_provider.cpp
void get_identity_provider(const CallRef& call, const Reply& reply);
void get_provider_back(const CallRef& call, const Reply& reply);
// routes_inbox.cpp
Result<Response> get_contact(const Call& call);
Result<Response> get_inbox(const Call& call);
void post_contact(const CallRef& call, const Reply& reply);
void post_notice_away(const CallRef& call, const Reply& reply);
// routes_items.cpp
Result<Response> get_item(const Call& call);
Result<Response> get_item_history(const Call& call);
// routes_item_changes.cpp
void post_item(const CallRef& call, const Reply& reply);
void post_item_correction(const CallRef& call, const Reply& reply);
void post_reporter_reading(const CallRef& call, const Reply& reply);
void post_item_redaction(const CallRef& call, const Reply& reply);
void post_item_transition(const CallRef& call, const Reply& reply);
// routes_journal.cpp
Result<Response> get_journal(const Call& call);
Result<Response> get_stream(const Call& call);
// routes_kinds.cpp
Result<Response> get_flow(const Call& call);
Result<Response> get_kind_limits(const Call& call);
Result<Response> get_kinds(const Call& call);
// routes_ledger.cpp
Result<Response> get_ledger(const Call& call);
// routes_log.cpp
Result<Response> get_checkpoint(const Call& call);
Result<Response> get_tile(const Call& call);
// routes_pages.cpp
Result<Response> get_asset(const Call& call);
Result<Response> get_icon(const Call& call);
Result<Response> get_licences(const Call& call);
Result<Response> get_page(const Call& call);
// routes_disputes.cpp
Result<Response> get_dispute(const Call& call);
Result<Response> get_newest_disputes_csv(const Call& call);
Result<Response> get_unit_disputes(const Call& call);
Result<Response> get_unit_disputes_csv(const Call& call);
void post_dispute(const CallRef& call, const Reply& reply);
void post_dispute_end(const CallRef& call, const Reply& reply);
void post_dispute_paper(const CallRef& call, const Reply& reply);
// routes_dispute_page.cpp
Result<Response> get_dispute_page(const Call& call);
void post_dispute_answer(const CallRef& call, const Reply& reply);
// routes_handlings.cpp
Result<Response> get_services(const Call& call);
Result<Response> get_services_csv(const Call& call);
Result<Response> get_unit_services(const Call& call);
Result<Response> get_unit_services_csv(const Call& call);
void post_handling(const CallRef& call, const Reply& reply);
// routes_posts.cpp
void confirm_handover(const CallRef& call, const Reply& reply);
void delete_acting(const CallRef& call, const Reply& reply);
void delete_own_handover(const CallRef& call, const Reply& reply);
Result<Response> get_own_handover(const Call& call);
Result<Response> get_own_post_work(const Call& call);
Result<Response> get_own_posts(const Call& call);
void post_acting(const CallRef& call, const Reply& reply);
void post_handover(const CallRef& call, const Reply& reply);
void post_own_handover(const CallRef& call, const Reply& reply);
// routes_proof.cpp
Result<Response> get_proof(const Call& call);
// routes_public_figures.cpp
Result<Response> get_figures_page(const Call& call);
Result<Response> get_fund(const Call& call);
Result<Response> get_fund_ageing_csv(const Call& call);
Result<Response> get_fund_loans(const Call& call);
Result<Response> get_fund_loans_csv(const Call& call);
Result<Response> get_fund_spans_csv(const Call& call);
Result<Response> get_fund_statement(const Call& call);
Result<Response> get_fund_statement_csv(const Call& call);
Result<Response> get_funds(const Call& call);
Result<Response> get_funds_csv(const Call& call);
Result<Response> get_public_figures(const Call& call);
// routes_activities.cpp
Result<Response> get_activities(const Call& call);
void post_activity(const CallRef& call, const Reply& reply);

// routes_programmes.cpp
Result<Response> get_programme(const Call& call);
Result<Response> get_programmes(const Call& call);
void post_programme(const CallRef& call, const Reply& reply);
// routes_rates.cpp
void get_rates(const CallRef& call, const Reply& reply);
void get_verdicts(const CallRef& call, const Reply& reply);
void get_verdicts_table(const CallRef& call, const Reply& reply);
// routes_rectification.cpp
void get_rectification(const CallRef& call, const Reply& reply);
// routes_reports.cpp
Result<Response> get_follow(const Call& call);
Result<Response> get_report(const Call& call);
Result<Response> get_report_style(const Call& call);
void post_follow(const CallRef& call, const Reply& reply);
void post_on_behalf(const CallRef& call, const Reply& reply);
void post_report(const CallRef& call, const Reply& reply);
void post_request(const CallRef& call, const Reply& reply);
// routes_rollup.cpp
void get_rollup(const CallRef& call, const Reply& reply);
// routes_rosters.cpp
Result<Response> get_household_page(const Call& call);
Result<Response> get_roster(const Call& call);
Result<Response> get_rosters(const Call& call);
Result<Response> get_rosters_csv(const Call& call);
void post_household_following(const CallRef& call, const Reply& reply);
void post_household_page(const CallRef& call, const Reply& reply);
// routes_schemes.cpp
Result<Response> get_scheme(const Call& call);
Result<Response> get_scheme_rosters_csv(const Call& call);
Result<Response> get_scheme_table(const Call& call);
Result<Response> get_schemes(const Call& call);
Result<Response> get_schemes_csv(const Call& call);
void post_household_code(const CallRef& call, const Reply& reply);
void post_roster(const CallRef& call, const Reply& reply);
void post_scheme(const CallRef& call, const Reply& reply);
void post_scheme_freeze(const CallRef& call, const Reply& reply);
void post_scheme_signing(const CallRef& call, const Reply& reply);
// routes_search.cpp
void get_search(const CallRef& call, const Reply& reply);
// routes_session.cpp
void delete_session(const CallRef& call, const Reply& reply);
void delete_session_of(const CallRef& call, const Reply& reply);
void delete_sessions(const CallRef& call, const Reply& reply);
Result<Response> get_session(const Call& call);
Result<Response> get_sessions(const Call& call);
void post_session(const CallRef& call, const Reply& reply);
void post_session_code(const CallRef& call, const Reply& reply);
// routes_results.cpp
Result<Response> get_item_copies(const Call& call);
Result<Response> get_item_copies_csv(const Call& call);
Result<Response> get_item_milestones_csv(const Call& call);
Result<Response> get_item_money_csv(const Call& call);
Result<Response> get_item_results(const Call& call);
Result<Response> get_item_results_csv(const Call& call);
// routes_setup.cpp
Result<Response> get_setup(const Call& call);
void post_setup(const CallRef& call, const Reply& reply);
// routes_stated.cpp
void get_stated(const CallRef& call, const Reply& reply);
// routes_tokens.cpp
void delete_token(const CallRef& call, const Reply& reply);
Result<Response> get_tokens(const Call& call);
void post_token(const CallRef& call, const Reply& reply);
// routes_units.cpp
Result<Response> get_units(const Call& call);
void get_unit(const CallRef& call, const Reply& reply);
Result<Response> get_unit_children(const Call& call);
Result<Response> get_unit_posts(const Call& call);
// routes_work.cpp
Result<Response> get_work(const Call& call);
// routes_work_groups.cpp
Result<Response> get_visits(const Call& call);
Result<Response> get_work_group(const Call& call);
Result<Response> get_work_groups(const Call& call);
void post_group_end(const CallRef& call, const Reply& reply);
void post_members(const CallRef& call, const Reply& reply);
void post_visit(const CallRef& call, const Reply& reply);
void post_work_group(const CallRef& call, const Reply& reply);

}  // namespace tz::http
