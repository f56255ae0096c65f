// The table of what is recorded, and writing it.
#include "http/audit_trail.h"

#include "http/target.h"

namespace tz::http {
namespace {

constexpr std::uint64_t kStrangersAMinute = 600;
constexpr std::size_t kParamBytesMax = 32;

constexpr Recorded kSoon = Recorded::Soon;
constexpr Recorded kAtOnce = Recorded::AtOnce;

// One entry a line, sorted. Texts that a person typed (words looked for) are in no row.
// clang-format off
constexpr AuditedRoute kAudited[] = {
    {"/api/v1/account", "GET", "account_read", Recorded::No},
    {"/api/v1/account/contact", "GET", "contact_read", Recorded::No},
    {"/api/v1/account/contact", "POST", "contact_set", kAtOnce},
    {"/api/v1/account/data", "GET", "account_data_read", kAtOnce},
    {"/api/v1/account/handovers", "POST", "handover_proposed", kAtOnce},
    {"/api/v1/account/handovers/{handover}", "DELETE", "handover_ended", kAtOnce},
    {"/api/v1/account/handovers/{handover}", "GET", "handover_read", kSoon},
    {"/api/v1/account/handovers/{handover}/confirm", "POST", "handover_confirmed", kAtOnce},
    {"/api/v1/account/password", "POST", "password_changed", kAtOnce},
    {"/api/v1/account/posts", "GET", "own_posts_read", Recorded::No},
    {"/api/v1/account/posts/{post}/work", "GET", "own_work_listed", kSoon},
    {"/api/v1/account/second-factor", "POST", "second_factor_begun", kAtOnce},
    {"/api/v1/account/second-factor/confirm", "POST", "second_factor_confirmed", kAtOnce},
    {"/api/v1/account/second-factor/disable", "POST", "second_factor_ended", kAtOnce},
    {"/api/v1/accounts/{name}/unlock", "POST", "account_unlocked", kAtOnce},
    {"/api/v1/acting", "POST", "acting_granted", kAtOnce},
    {"/api/v1/acting/{post}", "DELETE", "acting_ended", kAtOnce},
    {"/api/v1/audit", "GET", "audit_searched", kAtOnce},
    {"/api/v1/ballots", "GET", "ballots_listed", kSoon},
    {"/api/v1/ballots", "POST", "ballot_recorded", kAtOnce},
    {"/api/v1/ballots.csv", "GET", "ballots_listed", kSoon},
    {"/api/v1/ballots/{ballot}", "GET", "ballot_read", kSoon},
    {"/api/v1/ballots/{ballot}/votes.csv", "GET", "ballot_read", kSoon},
    {"/api/v1/calendar.ics", "GET", "calendar_read", kAtOnce},
    {"/api/v1/disputes", "POST", "dispute_recorded", kSoon},
    {"/api/v1/disputes/{dispute}", "GET", "dispute_read", kSoon},
    {"/api/v1/disputes/{dispute}/end", "POST", "dispute_ended", kSoon},
    {"/api/v1/disputes/{dispute}/papers", "POST", "party_answer_entered", kSoon},
    {"/api/v1/evidence", "POST", "evidence_kept", kAtOnce},
    {"/api/v1/evidence/{sha256}", "GET", "evidence_read", kSoon},
    {"/api/v1/exports/items.csv", "GET", "items_exported", kAtOnce},
    {"/api/v1/exports/items.xlsx", "GET", "items_exported", kAtOnce},
    {"/api/v1/funds/{fund}/ageing.csv", "GET", "fund_statement_exported", kAtOnce},
    {"/api/v1/funds/{fund}/loans", "GET", "fund_loans_listed", kSoon},
    {"/api/v1/funds/{fund}/loans.csv", "GET", "fund_loans_exported", kAtOnce},
    {"/api/v1/funds/{fund}/statement", "GET", "fund_statement_read", kSoon},
    {"/api/v1/funds/{fund}/statement.csv", "GET", "fund_statement_exported", kAtOnce},
    {"/api/v1/handlings", "POST", "handling_recorded", kSoon},
    {"/api/v1/handovers", "POST", "handover_proposed", kAtOnce},
    {"/api/v1/imports", "POST", "items_imported", kAtOnce},
    {"/api/v1/imports/marked", "POST", "import_marked", kAtOnce},
    {"/api/v1/inbox", "GET", "inbox_read", kSoon},
    {"/api/v1/inbox/{notice}/done", "POST", "notice_put_away", kSoon},
    {"/api/v1/items", "GET", "items_listed", kSoon},
    {"/api/v1/items", "POST", "item_opened", kSoon},
    {"/api/v1/items/on-behalf", "POST", "request_written_down", kSoon},
    {"/api/v1/items/{no}", "GET", "item_read", kSoon},
    {"/api/v1/items/{no}/code", "POST", "household_code_issued", kAtOnce},
    {"/api/v1/items/{no}/copies", "GET", "item_copies_read", kSoon},
    {"/api/v1/items/{no}/copies.csv", "GET", "item_copies_read", kSoon},
    {"/api/v1/items/{no}/correct", "POST", "item_corrected", kSoon},
    {"/api/v1/items/{no}/history", "GET", "item_history_read", kSoon},
    {"/api/v1/items/{no}/milestones.csv", "GET", "item_results_read", kSoon},
    {"/api/v1/items/{no}/money.csv", "GET", "item_results_read", kSoon},
    {"/api/v1/items/{no}/records/{seq}/proof", "GET", "item_proof_read", kSoon},
    {"/api/v1/items/{no}/redact", "POST", "item_redacted", kSoon},
    {"/api/v1/items/{no}/reporter", "POST", "reporter_read", kAtOnce},
    {"/api/v1/items/{no}/results", "GET", "item_results_read", kSoon},
    {"/api/v1/items/{no}/results.csv", "GET", "item_results_read", kSoon},
    {"/api/v1/items/{no}/{transition}", "POST", "item_moved", kSoon},
    {"/api/v1/journal", "GET", "journal_read", kSoon},
    {"/api/v1/programmes", "POST", "programme_adopted", kAtOnce},
    {"/api/v1/programmes/{id}/activities", "POST", "activity_recorded", kSoon},
    {"/api/v1/programmes/{id}/requirements/{requirement}/answers/{answer}", "POST",
     "requirement_answered", kSoon},
    {"/api/v1/programmes/{id}/requirements/{requirement}/rulings/{ruling}", "POST",
     "answer_ruled_on", kSoon},
    {"/api/v1/schemes", "GET", "schemes_listed", kSoon},
    {"/api/v1/schemes", "POST", "scheme_opened", kAtOnce},
    {"/api/v1/schemes.csv", "GET", "schemes_listed", kSoon},
    {"/api/v1/schemes/{scheme}", "GET", "scheme_read", kSoon},
    {"/api/v1/schemes/{scheme}/freeze", "POST", "scheme_frozen", kAtOnce},
    {"/api/v1/schemes/{scheme}/rosters", "POST", "roster_published", kAtOnce},
    {"/api/v1/schemes/{scheme}/rosters.csv", "GET", "rosters_exported", kAtOnce},
    {"/api/v1/schemes/{scheme}/signing", "POST", "signing_opened", kAtOnce},
    {"/api/v1/schemes/{scheme}/stages.csv", "GET", "stages_exported", kAtOnce},
    {"/api/v1/search", "GET", "searched", kSoon},
    {"/api/v1/session", "DELETE", "signed_out", kAtOnce},
    {"/api/v1/session", "GET", "session_read", Recorded::No},
    {"/api/v1/session", "POST", "signed_in", kAtOnce},
    {"/api/v1/session/code", "POST", "code_given", kAtOnce},
    {"/api/v1/session/identity-provider/back", "GET", "signed_in_by_provider", kAtOnce},
    {"/api/v1/sessions", "DELETE", "sessions_ended", kAtOnce},
    {"/api/v1/sessions", "GET", "sessions_listed", kSoon},
    {"/api/v1/sessions/{session}", "DELETE", "session_ended", kAtOnce},
    {"/api/v1/stream", "GET", "stream_opened", kSoon},
    {"/api/v1/tokens", "GET", "tokens_listed", kSoon},
    {"/api/v1/tokens", "POST", "token_issued", kAtOnce},
    {"/api/v1/tokens/{token}", "DELETE", "token_revoked", kAtOnce},
    {"/api/v1/units/{code}/disputes", "GET", "disputes_listed", kSoon},
    {"/api/v1/units/{code}/disputes.csv", "GET", "disputes_exported", kAtOnce},
    {"/api/v1/units/{code}/disputes/newest.csv", "GET", "disputes_exported", kAtOnce},
    {"/api/v1/units/{code}/posts", "GET", "posts_read", kSoon},
    {"/api/v1/units/{code}/services", "GET", "handlings_counted", kSoon},
    {"/api/v1/units/{code}/services.csv", "GET", "handlings_exported", kAtOnce},
    {"/api/v1/work", "GET", "work_listed", kSoon},
    {"/api/v1/work-groups", "GET", "work_groups_listed", kSoon},
    {"/api/v1/work-groups", "POST", "work_group_sent", kAtOnce},
    {"/api/v1/work-groups/{group}", "GET", "work_group_read", kSoon},
    {"/api/v1/work-groups/{group}/end", "POST", "work_group_ended", kAtOnce},
    {"/api/v1/work-groups/{group}/members", "POST", "work_group_members_changed", kAtOnce},
    {"/api/v1/work-groups/{group}/visits", "GET", "visits_read", kSoon},
    {"/api/v1/work-groups/{group}/visits", "POST", "visit_recorded", kSoon},
    {"/setup", "POST", "set_up", kAtOnce},
};
// clang-format on

// A page that tells of a refusal is an answer like any other, but for its code.
std::string result_of(const Answer& answer) {
  if (!answer.result.ok()) return answer.result.error().code;
  return answer.result->code.empty() ? "ok" : answer.result->code;
}

}  // namespace

const AuditedRoute* audited_route(std::string_view pattern, std::string_view method) {
  for (const AuditedRoute& each : kAudited)
    if (each.pattern == pattern && each.method == method) return &each;
  return nullptr;
}

std::string subject_of(const Call& call) {
  std::string about;
  const auto say = [&](std::string_view text) {
    if (!about.empty()) about += ' ';
    about += text;
  };
  for (const auto& [name, value] : call.target.query)
    if (name == "item" || name == "unit") say(value);
  for (const std::string& param : call.params)
    say(std::string_view(param).substr(0, kParamBytesMax));
  return about;
}

bool AuditTrail::may_list_stranger() {
  const std::lock_guard lock(mutex_);
  const std::int64_t minute = clock_.now().us / 60'000'000;
  std::uint64_t passed_over = 0;
  if (minute != minute_) {
    passed_over = passed_over_;
    listed_ = passed_over_ = 0;
    minute_ = minute;
  }
  if (passed_over > 0 && log_.hold().ok()) {
    const access::AuditRow row{
        {}, "program", "program", "refusals_passed_over", std::to_string(passed_over), "ok", {}};
    (void)log_.append(row).ok();
  }
  if (listed_ < kStrangersAMinute) {
    ++listed_;
    return true;
  }
  ++passed_over_;
  return false;
}

Outcome AuditTrail::begin(Entry& entry) {
  if (entry.recorded == Recorded::No) return Done{};
  TZ_TRY(log_.hold());
  entry.held = true;
  return Done{};
}

void AuditTrail::conclude(Entry entry, Answer answer, std::function<void(Answer)> then) {
  if (entry.note && entry.note->account) entry.row.account = entry.note->account;
  if (entry.note && !entry.note->about.empty()) entry.row.about = entry.note->about;
  entry.row.result = result_of(answer);
  // A password that was tried, and what another machine was asked about, are always listed: trying
  // is not free.
  const bool tried = entry.row.result == "sign_in_refused" || (entry.note && entry.note->tried);
  const bool cheap_refusal = entry.row.result != "ok" && !entry.row.account && !tried;
  if (entry.recorded == Recorded::No || (cheap_refusal && !may_list_stranger())) {
    if (entry.held) log_.release();
    return then(std::move(answer));
  }
  // What is refused anyway is refused, whether or not there is room to say so.
  if (!entry.held && !log_.hold().ok()) return then(std::move(answer));
  const auto seq = log_.append(entry.row);
  if (!seq.ok()) return then({seq.error(), {}});
  if (entry.recorded == Recorded::Soon) return then(std::move(answer));
  const auto kept = std::make_shared<Answer>(std::move(answer));
  log_.when_durable(*seq, [kept, then = std::move(then)](const Outcome& outcome) {
    if (!outcome.ok()) return then({outcome.error(), {}});
    then(std::move(*kept));
  });
}

}  // namespace tz::http
