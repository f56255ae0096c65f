// The table itself, and looking up in it.
#include "http/routes.h"

#include "http/handlers.h"

namespace tz::http {
namespace {

using enum ledger::Right;

constexpr Takes kNone = Takes::Nothing;
constexpr Takes kJson = Takes::Json;
constexpr Takes kFile = Takes::File;
constexpr Takes kForm = Takes::Form;

// One entry a line, sorted.
// clang-format off
constexpr Route kRoutes[] = {
    {"/", "GET", PageRead, kNone, at_once<get_page>},
    {"/account", "GET", PageRead, kNone, at_once<get_page>},
    {"/api", "GET", PageRead, kNone, at_once<get_api_page>},
    {"/api/style.css", "GET", PageRead, kNone, at_once<get_api_style>},
    {"/api/v1/account", "GET", AccountOwn, kNone, at_once<get_account>},
    {"/api/v1/account/contact", "GET", AccountOwn, kNone, reading<get_contact>},
    {"/api/v1/account/contact", "POST", AccountOwn, kJson, post_contact},
    {"/api/v1/account/data", "GET", AccountOwn, kNone, reading<get_account_data>},
    {"/api/v1/account/handovers", "POST", HandoverOwn, kJson, post_own_handover},
    {"/api/v1/account/handovers/{handover}", "DELETE", HandoverOwn, kNone, delete_own_handover},
    {"/api/v1/account/handovers/{handover}", "GET", HandoverOwn, kNone, reading<get_own_handover>},
    {"/api/v1/account/handovers/{handover}/confirm", "POST", HandoverOwn, kNone, confirm_handover},
    {"/api/v1/account/password", "POST", AccountOwn, kJson, post_account_password},
    {"/api/v1/account/posts", "GET", AccountOwn, kNone, at_once<get_own_posts>},
    {"/api/v1/account/posts/{post}/work", "GET", HandoverOwn, kNone, reading<get_own_post_work>},
    {"/api/v1/account/second-factor", "POST", AccountOwn, kJson, post_second_factor},
    {"/api/v1/account/second-factor/confirm", "POST", AccountOwn, kJson, confirm_second_factor},
    {"/api/v1/account/second-factor/disable", "POST", AccountOwn, kJson, disable_second_factor},
    {"/api/v1/accounts/{name}/unlock", "POST", AccountMend, kNone, post_account_unlock},
    {"/api/v1/acting", "POST", ActingGrant, kJson, post_acting},
    {"/api/v1/acting/{post}", "DELETE", PostEnd, kNone, delete_acting},
    {"/api/v1/audit", "GET", AuditRead, kNone, reading<get_audit>},
    {"/api/v1/ballots", "GET", BallotRead, kNone, reading<get_ballots>},
    {"/api/v1/ballots", "POST", BallotRecord, kJson, post_ballot},
    {"/api/v1/ballots.csv", "GET", BallotRead, kNone, reading<get_ballots_csv>},
    {"/api/v1/ballots/{ballot}", "GET", BallotRead, kNone, reading<get_ballot>},
    {"/api/v1/ballots/{ballot}/votes.csv", "GET", BallotRead, kNone, reading<get_ballot_csv>},
    {"/api/v1/calendar.ics", "GET", CalendarFollow, kNone, reading<get_calendar>},
    {"/api/v1/data-register", "GET", LedgerRead, kNone, at_once<get_data_register>},
    {"/api/v1/demo/stated", "GET", LedgerRead, kNone, get_stated},
    {"/api/v1/disputes", "POST", DisputeRecord, kJson, post_dispute},
    {"/api/v1/disputes/{dispute}", "GET", DisputeRead, kNone, at_once<get_dispute>},
    {"/api/v1/disputes/{dispute}/end", "POST", DisputeRecord, kJson, post_dispute_end},
    {"/api/v1/disputes/{dispute}/papers", "POST", DisputeConfirm, kJson, post_dispute_paper},
    {"/api/v1/evidence", "POST", EvidenceKeep, kFile, post_evidence},
    {"/api/v1/evidence/{sha256}", "GET", ItemRead, kNone, reading<get_evidence>},
    {"/api/v1/exports/items.csv", "GET", ItemList, kNone, get_items_csv},
    {"/api/v1/exports/items.xlsx", "GET", ItemList, kNone, get_items_xlsx},
    {"/api/v1/funds", "GET", FundFigures, kNone, at_once<get_funds>},
    {"/api/v1/funds.csv", "GET", FundFigures, kNone, at_once<get_funds_csv>},
    {"/api/v1/funds/{fund}", "GET", FundFigures, kNone, at_once<get_fund>},
    {"/api/v1/funds/{fund}/ageing.csv", "GET", FundRead, kNone, at_once<get_fund_ageing_csv>},
    {"/api/v1/funds/{fund}/loans", "GET", FundRead, kNone, reading<get_fund_loans>},
    {"/api/v1/funds/{fund}/loans.csv", "GET", FundRead, kNone, reading<get_fund_loans_csv>},
    {"/api/v1/funds/{fund}/spans.csv", "GET", FundFigures, kNone, at_once<get_fund_spans_csv>},
    {"/api/v1/funds/{fund}/statement", "GET", FundRead, kNone, at_once<get_fund_statement>},
    {"/api/v1/funds/{fund}/statement.csv", "GET", FundRead, kNone,
     at_once<get_fund_statement_csv>},
    {"/api/v1/handlings", "POST", HandlingRecord, kJson, post_handling},
    {"/api/v1/handovers", "POST", HandoverMend, kJson, post_handover},
    {"/api/v1/households/follow", "POST", HouseholdFollow, kJson, post_household_following},
    {"/api/v1/imports", "POST", ItemOpen, kFile, post_import},
    {"/api/v1/imports/marked", "POST", ItemOpen, kFile, post_import_marked},
    {"/api/v1/inbox", "GET", AccountOwn, kNone, reading<get_inbox>},
    {"/api/v1/inbox/{notice}/done", "POST", AccountOwn, kNone, post_notice_away},
    {"/api/v1/items", "GET", ItemList, kNone, get_items},
    {"/api/v1/items", "POST", ItemOpen, kJson, post_item},
    {"/api/v1/items/on-behalf", "POST", ItemOpen, kJson, post_on_behalf},
    {"/api/v1/items/{no}", "GET", ItemRead, kNone, reading<get_item>},
    {"/api/v1/items/{no}/code", "POST", HouseholdCode, kNone, post_household_code},
    {"/api/v1/items/{no}/copies", "GET", ItemRead, kNone, reading<get_item_copies>},
    {"/api/v1/items/{no}/copies.csv", "GET", ItemRead, kNone, reading<get_item_copies_csv>},
    {"/api/v1/items/{no}/correct", "POST", ItemCorrect, kJson, post_item_correction},
    {"/api/v1/items/{no}/history", "GET", ItemRead, kNone, reading<get_item_history>},
    {"/api/v1/items/{no}/milestones.csv", "GET", ItemRead, kNone,
     reading<get_item_milestones_csv>},
    {"/api/v1/items/{no}/money.csv", "GET", ItemRead, kNone, reading<get_item_money_csv>},
    {"/api/v1/items/{no}/records/{seq}/proof", "GET", ItemRead, kNone, reading<get_proof>},
    {"/api/v1/items/{no}/redact", "POST", ItemRedact, kJson, post_item_redaction},
    {"/api/v1/items/{no}/reporter", "POST", ReporterRead, kNone, post_reporter_reading},
    {"/api/v1/items/{no}/results", "GET", ItemRead, kNone, reading<get_item_results>},
    {"/api/v1/items/{no}/results.csv", "GET", ItemRead, kNone, reading<get_item_results_csv>},
    {"/api/v1/items/{no}/{transition}", "POST", StepTake, kJson, post_item_transition},
    {"/api/v1/journal", "GET", JournalRead, kNone, reading<get_journal>},
    {"/api/v1/kinds", "GET", KindRead, kNone, at_once<get_kinds>},
    {"/api/v1/kinds/{kind}/flow", "GET", KindRead, kNone, at_once<get_flow>},
    {"/api/v1/kinds/{kind}/limits", "GET", KindRead, kNone, at_once<get_kind_limits>},
    {"/api/v1/ledger", "GET", LedgerRead, kNone, at_once<get_ledger>},
    {"/api/v1/programmes", "GET", ProgrammeRead, kNone, at_once<get_programmes>},
    {"/api/v1/programmes", "POST", ProgrammeAdopt, kFile, post_programme},
    {"/api/v1/programmes/{id}", "GET", ProgrammeRead, kNone, reading<get_programme>},
    {"/api/v1/programmes/{id}/activities", "POST", ActivityRecord, kJson, post_activity},
    {"/api/v1/programmes/{id}/rectification", "GET", TotalsRead, kNone, get_rectification},
    {"/api/v1/programmes/{id}/requirements/{requirement}/answers/{answer}", "POST",
     CoverageAnswer, kJson, post_answer},
    {"/api/v1/programmes/{id}/requirements/{requirement}/rulings/{ruling}", "POST",
     CoverageJudge, kJson, post_ruling},
    {"/api/v1/public-figures", "GET", TotalsRead, kNone, at_once<get_public_figures>},
    {"/api/v1/requests", "POST", RequestOpen, kJson, post_request},
    {"/api/v1/rosters", "GET", RosterRead, kNone, at_once<get_rosters>},
    {"/api/v1/rosters.csv", "GET", RosterRead, kNone, at_once<get_rosters_csv>},
    {"/api/v1/rosters/{scheme}/{number}", "GET", RosterRead, kNone, at_once<get_roster>},
    {"/api/v1/schemes", "GET", SchemeRead, kNone, at_once<get_schemes>},
    {"/api/v1/schemes", "POST", SchemeOpen, kJson, post_scheme},
    {"/api/v1/schemes.csv", "GET", SchemeRead, kNone, at_once<get_schemes_csv>},
    {"/api/v1/schemes/{scheme}", "GET", SchemeRead, kNone, at_once<get_scheme>},
    {"/api/v1/schemes/{scheme}/freeze", "POST", SchemeOpen, kJson, post_scheme_freeze},
    {"/api/v1/schemes/{scheme}/rosters", "POST", RosterPublish, kJson, post_roster},
    {"/api/v1/schemes/{scheme}/rosters.csv", "GET", SchemeRead, kNone,
     at_once<get_scheme_rosters_csv>},
    {"/api/v1/schemes/{scheme}/signing", "POST", SchemeOpen, kJson, post_scheme_signing},
    {"/api/v1/schemes/{scheme}/stages.csv", "GET", SchemeRead, kNone, at_once<get_scheme_table>},
    {"/api/v1/search", "GET", SearchRead, kNone, get_search},
    {"/api/v1/services", "GET", ServiceRead, kNone, at_once<get_services>},
    {"/api/v1/services.csv", "GET", ServiceRead, kNone, at_once<get_services_csv>},
    {"/api/v1/session", "DELETE", AccountOwn, kNone, delete_session},
    {"/api/v1/session", "GET", AccountOwn, kNone, at_once<get_session>},
    {"/api/v1/session", "POST", SessionOpen, kJson, post_session},
    {"/api/v1/session/code", "POST", AccountOwn, kJson, post_session_code},
    {"/api/v1/session/identity-provider", "GET", SessionOpen, kNone, get_identity_provider},
    {"/api/v1/session/identity-provider/back", "GET", SessionOpen, kNone, get_provider_back},
    {"/api/v1/sessions", "DELETE", AccountOwn, kNone, delete_sessions},
    {"/api/v1/sessions", "GET", AccountOwn, kNone, at_once<get_sessions>},
    {"/api/v1/sessions/{session}", "DELETE", AccountOwn, kNone, delete_session_of},
    {"/api/v1/stream", "GET", StreamRead, kNone, at_once<get_stream>},
    {"/api/v1/templates/items.csv", "GET", KindRead, kNone, at_once<get_items_template>},
    {"/api/v1/templates/items.xlsx", "GET", KindRead, kNone, reading<get_items_sheet>},
    {"/api/v1/tokens", "GET", AccountOwn, kNone, at_once<get_tokens>},
    {"/api/v1/tokens", "POST", AccountOwn, kJson, post_token},
    {"/api/v1/tokens/{token}", "DELETE", AccountOwn, kNone, delete_token},
    {"/api/v1/units", "GET", UnitRead, kNone, reading<get_units>},
    {"/api/v1/units/{code}", "GET", UnitRead, kNone, get_unit},
    {"/api/v1/units/{code}/activities", "GET", ProgrammeRead, kNone, reading<get_activities>},
    {"/api/v1/units/{code}/burden", "GET", UnitRead, kNone, reading<get_unit_burden>},
    {"/api/v1/units/{code}/children", "GET", UnitRead, kNone, at_once<get_unit_children>},
    {"/api/v1/units/{code}/coverage", "GET", ProgrammeRead, kNone, reading<get_coverage>},
    {"/api/v1/units/{code}/coverage/proof", "GET", ProgrammeRead, kNone,
     reading<get_coverage_proof>},
    {"/api/v1/units/{code}/disputes", "GET", DisputeRead, kNone, reading<get_unit_disputes>},
    {"/api/v1/units/{code}/disputes.csv", "GET", DisputeRead, kNone,
     reading<get_unit_disputes_csv>},
    {"/api/v1/units/{code}/disputes/newest.csv", "GET", DisputeRead, kNone,
     reading<get_newest_disputes_csv>},
    {"/api/v1/units/{code}/posts", "GET", PostRead, kNone, at_once<get_unit_posts>},
    {"/api/v1/units/{code}/rates", "GET", TotalsRead, kNone, get_rates},
    {"/api/v1/units/{code}/rollup", "GET", TotalsRead, kNone, get_rollup},
    {"/api/v1/units/{code}/services", "GET", HandlingRead, kNone, reading<get_unit_services>},
    {"/api/v1/units/{code}/services.csv", "GET", HandlingRead, kNone,
     reading<get_unit_services_csv>},
    {"/api/v1/units/{code}/verdicts", "GET", TotalsRead, kNone, get_verdicts},
    {"/api/v1/units/{code}/verdicts.csv", "GET", TotalsRead, kNone, get_verdicts_table},
    {"/api/v1/work", "GET", WorkRead, kNone, reading<get_work>},
    {"/api/v1/work-groups", "GET", WorkGroupRead, kNone, at_once<get_work_groups>},
    {"/api/v1/work-groups", "POST", WorkGroupMandate, kJson, post_work_group},
    {"/api/v1/work-groups/{group}", "GET", WorkGroupRead, kNone, reading<get_work_group>},
    {"/api/v1/work-groups/{group}/end", "POST", WorkGroupMandate, kJson, post_group_end},
    {"/api/v1/work-groups/{group}/members", "POST", WorkGroupMandate, kJson, post_members},
    {"/api/v1/work-groups/{group}/visits", "GET", WorkGroupRead, kNone, reading<get_visits>},
    {"/api/v1/work-groups/{group}/visits", "POST", VisitRecord, kJson, post_visit},
    {"/assets/{path*}", "GET", PageRead, kNone, at_once<get_asset>},
    {"/audit", "GET", PageRead, kNone, at_once<get_page>},
    {"/ballots", "GET", PageRead, kNone, at_once<get_page>},
    {"/dispute", "GET", DisputeAnswer, kNone, at_once<get_dispute_page>},
    {"/dispute", "POST", DisputeAnswer, kForm, post_dispute_answer},
    {"/figures", "GET", TotalsRead, kNone, at_once<get_figures_page>},
    {"/follow", "GET", RequestFollow, kNone, at_once<get_follow>},
    {"/follow", "POST", RequestFollow, kForm, post_follow},
    {"/funds", "GET", PageRead, kNone, at_once<get_page>},
    {"/funds/{fund}", "GET", PageRead, kNone, at_once<get_page>},
    {"/healthz", "GET", HealthRead, kNone, at_once<get_health>},
    {"/help", "GET", PageRead, kNone, at_once<get_page>},
    {"/help/{role}", "GET", PageRead, kNone, at_once<get_page>},
    {"/household", "GET", HouseholdFollow, kNone, at_once<get_household_page>},
    {"/household", "POST", HouseholdFollow, kForm, post_household_page},
    {"/icon.svg", "GET", PageRead, kNone, at_once<get_icon>},
    {"/inbox", "GET", PageRead, kNone, at_once<get_page>},
    {"/items", "GET", PageRead, kNone, at_once<get_page>},
    {"/items/new", "GET", PageRead, kNone, at_once<get_page>},
    {"/items/{no}", "GET", PageRead, kNone, at_once<get_page>},
    {"/items/{no}/print/{form}", "GET", PageRead, kNone, at_once<get_page>},
    {"/licences.txt", "GET", PageRead, kNone, at_once<get_licences>},
    {"/log/checkpoint", "GET", LogRead, kNone, reading<get_checkpoint>},
    {"/log/tile/{path*}", "GET", LogRead, kNone, reading<get_tile>},
    {"/metrics", "GET", HealthRead, kNone, at_once<get_metrics>},
    {"/print/items", "GET", PageRead, kNone, at_once<get_page>},
    {"/privacy", "GET", PageRead, kNone, at_once<get_privacy_page>},
    {"/programmes", "GET", PageRead, kNone, at_once<get_page>},
    {"/programmes/{id}", "GET", PageRead, kNone, at_once<get_page>},
    {"/projects/{no}", "GET", PageRead, kNone, at_once<get_page>},
    {"/queue", "GET", PageRead, kNone, at_once<get_page>},
    {"/readyz", "GET", HealthRead, kNone, reading<get_ready>},
    {"/report", "GET", RequestOpen, kNone, at_once<get_report>},
    {"/report", "POST", RequestOpen, kForm, post_report},
    {"/report/style.css", "GET", PageRead, kNone, at_once<get_report_style>},
    {"/rosters", "GET", PageRead, kNone, at_once<get_page>},
    {"/schemes", "GET", PageRead, kNone, at_once<get_page>},
    {"/schemes/{scheme}", "GET", PageRead, kNone, at_once<get_page>},
    {"/services", "GET", PageRead, kNone, at_once<get_page>},
    {"/services/{code}", "GET", PageRead, kNone, at_once<get_page>},
    {"/setup", "GET", PageRead, kNone, at_once<get_setup>},
    {"/setup", "POST", SessionOpen, kForm, post_setup},
    {"/sign-in", "GET", PageRead, kNone, at_once<get_page>},
    {"/stated", "GET", PageRead, kNone, at_once<get_page>},
    {"/units", "GET", PageRead, kNone, at_once<get_page>},
    {"/units/{code}", "GET", PageRead, kNone, at_once<get_page>},
    {"/units/{code}/verdicts", "GET", PageRead, kNone, at_once<get_page>},
    {"/work", "GET", PageRead, kNone, at_once<get_page>},
    {"/work-groups", "GET", PageRead, kNone, at_once<get_page>},
    {"/work-groups/{group}", "GET", PageRead, kNone, at_once<get_page>},
};
// clang-format on

// The params if the path has that pattern.
std::optional<std::vector<std::string>> match(std::string_view pattern,
                                              const std::vector<std::string>& segments) {
  std::vector<std::string> params;
  std::size_t at = 0;
  pattern.remove_prefix(1);
  while (!pattern.empty()) {
    const std::size_t end = pattern.find('/');
    const std::string_view piece = pattern.substr(0, end);
    pattern.remove_prefix(end == std::string_view::npos ? pattern.size() : end + 1);
    if (at == segments.size()) return std::nullopt;
    if (piece.ends_with("*}")) {
      std::string rest = segments[at];
      while (++at < segments.size()) rest += "/" + segments[at];
      params.push_back(std::move(rest));
    } else if (piece.starts_with('{')) {
      params.push_back(segments[at++]);
    } else if (piece != segments[at++]) {
      return std::nullopt;
    }
  }
  if (at != segments.size()) return std::nullopt;
  return params;
}

}  // namespace

std::span<const Route> routes() { return kRoutes; }

Match find_route(std::string_view method, const std::vector<std::string>& segments,
                 const Stands& stands) {
  const std::string_view wanted = method == "HEAD" ? std::string_view("GET") : method;
  Match out;
  for (const Route& route : kRoutes) {
    if (route.method != wanted) continue;
    auto params = match(route.pattern, segments);
    if (!params || (stands && !stands(route))) continue;
    out.route = &route;
    out.params = *std::move(params);
    return out;
  }
  for (const Route& route : kRoutes) {
    if (!match(route.pattern, segments) || (stands && !stands(route))) continue;
    if (!out.allowed.empty()) out.allowed += ", ";
    out.allowed += route.method;
  }
  return out;
}

}  // namespace tz::http
