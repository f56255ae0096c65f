// One round after another, on a thread of its own; what falls due and what is sealed wait for none
// of them.
#include "taizhang/tending.h"

#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <limits>

#include "engine/coverage_sealing.h"
#include "engine/figures.h"
#include "engine/notices.h"
#include "engine/retention.h"
#include "engine/turning.h"
#include "http/doomed_evidence.h"
#include "taizhang/erasures.h"
#include "taizhang/keys.h"
#include "taizhang/support.h"

namespace tz::program {
namespace {

namespace fs = std::filesystem;

constexpr auto kTurnEvery = std::chrono::milliseconds(500);
constexpr auto kFollowEvery = std::chrono::seconds(2);
constexpr auto kSealEvery = std::chrono::seconds(5);
constexpr auto kRetainEvery = std::chrono::hours(24);
constexpr auto kRetainAfterStart = std::chrono::minutes(1);
constexpr std::size_t kRowsAtOnce = 500;
constexpr std::size_t kHashChars = 64;

Instant days_before(Instant now, std::int64_t days) { return Instant{now.us - days * kDayUs}; }

Outcome delete_rows(OpenLedger& ledger, std::vector<access::Change> rows) {
  for (std::size_t at = 0; at < rows.size(); at += kRowsAtOnce) {
    engine::Request request;
    request.cleanse = true;
    for (std::size_t i = at; i < std::min(rows.size(), at + kRowsAtOnce); ++i)
      request.changes.push_back(std::move(rows[i]));
    TZ_TRY(ledger.engine->submit_and_wait(std::move(request)));
  }
  return Done{};
}

std::vector<access::Change> ended_tokens(const OpenLedger& ledger, Instant now) {
  std::vector<access::Change> out;
  for (const access::Account& account : ledger.accounts.all())
    for (const access::Token& token : ledger.accounts.tokens_of(account.id))
      if (token.expires && *token.expires < now)
        if (auto ended = ledger.accounts.end_token(token.key)) out.push_back(*std::move(ended));
  return out;
}

// Files that were kept so long ago, and that no item carries.
Result<std::size_t> destroy_loose(OpenLedger& ledger, std::int64_t days) {
  const auto carried = TZ_TRY(engine::carried_files(*ledger.engine));
  const auto before = SystemClock().now().us / 1'000'000 - days * 86'400;
  std::size_t count = 0;
  std::error_code code;
  std::vector<fs::path> found;
  const std::string folder = ledger.folder + "/evidence";
  for (fs::recursive_directory_iterator each(folder, code), end; each != end && !code;
       each.increment(code))
    if (each->is_regular_file() && each->path().filename().string().size() == kHashChars)
      found.push_back(each->path());
  for (const fs::path& path : found) {
    const auto bytes = from_hex(path.filename().string());
    Hash hash{};
    if (!bytes.ok() || bytes->size() != hash.size()) continue;
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    struct stat about {};
    if (carried.contains(hash) || ::stat(path.c_str(), &about) != 0) continue;
    if (about.st_mtime >= before) continue;
    TZ_TRY(ledger.evidence->destroy(hash));
    ++count;
  }
  return count;
}

}  // namespace

http::Keeping keeping_of(const programme::Settings& settings) {
  http::Keeping out;
  if (settings.session_hours) out.session_hours = *settings.session_hours;
  if (settings.session_idle_minutes) out.session_idle_minutes = *settings.session_idle_minutes;
  if (settings.token_days_max) out.token_days_max = *settings.token_days_max;
  if (settings.audit_keep_days) out.audit_days = *settings.audit_keep_days;
  if (settings.loose_file_days) out.loose_file_days = *settings.loose_file_days;
  if (settings.notice_days) out.notice_days = *settings.notice_days;
  if (settings.wrapping_key_months) out.wrapping_key_months = *settings.wrapping_key_months;
  out.text_days = settings.closed_text_days;
  return out;
}

Result<Retained> retain(OpenLedger& ledger) {
  const http::Keeping keeping = keeping_of(ledger.settings);
  const Instant now = ledger.clock->now();
  Retained out;
  TZ_TRY(end_support(ledger));
  std::vector<access::Change> sessions =
      ledger.accounts.ended_sessions(now, std::numeric_limits<std::size_t>::max());
  out.sessions = sessions.size();
  TZ_TRY(delete_rows(ledger, std::move(sessions)));
  std::vector<access::Change> tokens = ended_tokens(ledger, now);
  out.tokens = tokens.size();
  TZ_TRY(delete_rows(ledger, std::move(tokens)));
  out.answers = TZ_TRY(
      engine::forget_answers(*ledger.engine, days_before(now, keeping.repeated_answer_days)));
  if (keeping.text_days) {
    const auto over =
        TZ_TRY(engine::items_over(*ledger.engine, days_before(now, *keeping.text_days)));
    for (const ledger::ItemNo no : over)
      if (TZ_TRY(engine::erase_over(*ledger.engine, no))) ++out.items;
    if (out.items > 0) TZ_TRY(http::destroy_doomed(*ledger.engine, *ledger.evidence));
  }
  out.files = TZ_TRY(destroy_loose(ledger, keeping.loose_file_days));
  out.notices =
      TZ_TRY(engine::forget_notices(*ledger.engine, days_before(now, keeping.notice_days)));
  const auto months = static_cast<int>(keeping.wrapping_key_months);
  out.wrapping_keys = TZ_TRY(renew_wrapping_keys(ledger, months)).destroyed.size();
  const std::size_t all = out.items + out.answers + out.sessions + out.tokens + out.files +
                          out.notices + out.wrapping_keys;
  if (all > 0) {
    const std::string about =
        "items=" + std::to_string(out.items) + " answers=" + std::to_string(out.answers) +
        " sessions=" + std::to_string(out.sessions) + " tokens=" + std::to_string(out.tokens) +
        " files=" + std::to_string(out.files) + " notices=" + std::to_string(out.notices) +
        " wrapping_keys=" + std::to_string(out.wrapping_keys);
    TZ_TRY(record_act(ledger, {{}, "program", "program", "retained", about, "ok", {}}));
  }
  TZ_TRY(follow_erasures(ledger));
  return out;
}

Result<std::size_t> seal(OpenLedger& ledger, const std::function<bool()>& stopping) {
  const std::lock_guard lock(ledger.sealing_mutex);
  return engine::seal_due(*ledger.engine, ledger.clock->now(), stopping);
}

Tending::Tending(OpenLedger& ledger, std::function<void(const Error&)> report)
    : ledger_(ledger),
      report_(std::move(report)),
      thread_([this] { run(); }),
      clock_thread_([this] { run_clock(); }),
      seals_thread_([this] { run_seals(); }) {}

Tending::~Tending() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
  clock_thread_.join();
  seals_thread_.join();
}

bool Tending::wait(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !stop_.wait_for(lock, time, [this] { return stopping_; });
}

// In small portions, so that nobody's command waits for many of them.
void Tending::run_clock() {
  while (wait(kTurnEvery)) {
    for (bool more = true; more && wait(std::chrono::milliseconds(0));) {
      const auto turned = engine::turn_due(*ledger_.engine, ledger_.clock->now());
      if (!turned.ok()) report_(turned.error());
      more = turned.ok() && turned->more;
    }
  }
}

// Roots over a whole country take seconds, which nothing else has to wait for.
void Tending::run_seals() {
  while (wait(kSealEvery)) {
    const auto sealed = seal(ledger_, [this] { return !wait(std::chrono::milliseconds(0)); });
    if (!sealed.ok()) report_(sealed.error());
  }
}

void Tending::run() {
  auto due = std::chrono::steady_clock::now() + kRetainAfterStart;
  for (;;) {
    if (!wait(kFollowEvery)) return;
    const auto ended = end_support(ledger_);
    if (!ended.ok()) report_(ended.error());
    const auto followed = follow_erasures(ledger_);
    if (!followed.ok()) report_(followed.error());
    const auto now = std::chrono::steady_clock::now();
    if (now < due) continue;
    due = now + kRetainEvery;
    const auto retained = retain(ledger_);
    if (!retained.ok()) report_(retained.error());
    const auto published = engine::publish_figures(*ledger_.engine, ledger_.clock->now());
    if (!published.ok()) report_(published.error());
  }
}

}  // namespace tz::program
