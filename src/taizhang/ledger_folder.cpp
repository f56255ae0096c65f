// Making and opening the folder.
#include "taizhang/ledger_folder.h"

#include <chrono>
#include <filesystem>

#include "access/account_codec.h"
#include "base/embedded.h"
#include "base/file.h"
#include "engine/create.h"
#include "engine/replay.h"
#include "engine/snapshot.h"
#include "journal/sqlite_journal.h"
#include "programme/file_readers.h"
#include "programme/policy_file.h"
#include "programme/yaml_file.h"
#include "taizhang/account_key.h"

namespace tz::program {
namespace {

constexpr std::string_view kConfig =
    "# Settings of this ledger. What is not said here has the default in docs/operating.md.\n"
    "version: 1\n";
constexpr std::size_t kSmallFileMax = 4096;

std::int64_t steady_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::string trimmed(BytesView bytes) {
  std::string text(as_text(bytes));
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

Outcome create_keys(const std::string& folder, const std::string& origin, Random& random) {
  TZ_TRY(make_folder(folder + "/keys", 0700));
  merkle::SigningKey key;
  key.name = origin;
  random.fill(key.seed);
  const std::string secret = origin + "\n" + to_hex(key.seed) + "\n";
  TZ_TRY(write_file({folder + "/keys/log.key", 0600, Existing::Keep}, as_bytes(secret)));
  const std::string shown = merkle::to_text(merkle::verifier_key(key)) + "\n";
  return write_file({folder + "/keys/log.vkey", 0600, Existing::Keep}, as_bytes(shown));
}

Result<std::shared_ptr<const ledger::Policy>> own_policy() {
  return std::make_shared<const ledger::Policy>(
      TZ_TRY(programme::read_policy(embedded_file("policy/policy.yaml"))));
}

}  // namespace

Outcome create_folder(const std::string& folder, const NewLedger& ledger) {
  std::error_code ec;
  if (std::filesystem::exists(folder + "/journal.db", ec))
    return refusal("ledger_exists", {{"path", folder}});
  if (std::filesystem::exists(folder, ec) && !std::filesystem::is_empty(folder, ec))
    return refusal("folder_not_empty", {{"path", folder}});
  TZ_TRY(zone_named(ledger.zone));
  if (!merkle::valid_key_name(ledger.origin))
    return refusal("origin_bad", {{"origin", ledger.origin}});
  std::filesystem::create_directories(folder, ec);
  if (!ec) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, ec);
  if (ec) return failure("storage_failed", {{"path", folder}, {"why", ec.message()}});
  SystemRandom random;
  TZ_TRY(create_keys(folder, ledger.origin, random));
  TZ_TRY(make_folder(folder + "/audit", 0700));
  TZ_TRY(make_folder(folder + "/snapshot", 0700));
  TZ_TRY(write_file({folder + "/config.yaml", 0600, Existing::Keep},
                    as_bytes(std::string(kConfig) + ledger.config)));
  const auto store = TZ_TRY(evidence::Store::open(folder + "/evidence"));
  const auto keyring = TZ_TRY(access::Keyring::open(folder + "/keys"));
  const journal::SqliteOptions options{folder + "/journal.db", {}, false};
  TZ_TRY(journal::create_sqlite_journal(options));
  const auto journal = TZ_TRY(journal::open_sqlite_journal(options));
  const ledger::Genesis genesis =
      engine::new_genesis(ledger.origin, ledger.zone, ledger.simulated_start.has_value(), random);
  SystemClock clock;
  const Instant now = ledger.simulated_start ? *ledger.simulated_start : clock.now();
  return engine::create_ledger(*journal, genesis, now, *keyring, random);
}

Result<merkle::SigningKey> read_signing_key(const std::string& folder) {
  const std::string path = folder + "/keys/log.key";
  const auto file = TZ_TRY(read_file(path, kSmallFileMax));
  const Error bad = failure("keys_unreadable", {{"path", path}});
  if (!file || (file->mode & 077) != 0) return bad;
  const std::string text = trimmed(file->bytes);
  const std::size_t line = text.find('\n');
  if (line == std::string::npos) return bad;
  const auto seed = from_hex(text.substr(line + 1));
  merkle::SigningKey key;
  if (!seed.ok() || seed->size() != key.seed.size()) return bad;
  key.name = text.substr(0, line);
  std::copy(seed->begin(), seed->end(), key.seed.begin());
  return key;
}

Result<merkle::VerifierKey> read_verifier_key(const std::string& folder) {
  const std::string path = folder + "/keys/log.vkey";
  const auto file = TZ_TRY(read_file(path, kSmallFileMax));
  if (!file) return failure("keys_unreadable", {{"path", path}});
  return merkle::parse_verifier_key(trimmed(file->bytes));
}

Result<std::unique_ptr<journal::Reader>> open_reader(const std::string& folder) {
  return journal::open_sqlite_reader({folder + "/journal.db", {}, false});
}

namespace {

Result<std::unique_ptr<Clock>> clock_of(journal::Journal& journal) {
  const auto reader = TZ_TRY(journal.open_reader());
  const ledger::Genesis genesis = TZ_TRY(engine::read_genesis(*reader));
  if (!genesis.simulated) return std::unique_ptr<Clock>(std::make_unique<SystemClock>());
  const std::uint64_t size = TZ_TRY(reader->size());
  const auto newest = TZ_TRY(reader->read(Seq{size - 1}, 1, 1));
  if (newest.empty()) return failure("journal_damaged", {{"seq", std::to_string(size - 1)}});
  const auto opened = TZ_TRY(engine::open_record(newest[0], *engine::ledger_id_of(genesis)));
  return std::unique_ptr<Clock>(std::make_unique<OffsetClock>(opened.record.recorded));
}

template <class Number>
void take(const std::optional<std::int64_t>& said, Number& into, std::int64_t factor = 1) {
  if (said) into = static_cast<Number>(*said * factor);
}

access::Policy policy_of(const programme::Settings& settings) {
  constexpr std::int64_t kMinuteUs = std::int64_t{60} * 1'000'000;
  access::Policy policy;
  take(settings.password_chars_min, policy.password_chars_min);
  take(settings.password_kinds_min, policy.password_kinds_min);
  if (settings.password_refused) policy.password_refused = *settings.password_refused;
  take(settings.lock_tries, policy.tries_max);
  take(settings.lock_address_tries, policy.address_tries_max);
  take(settings.lock_minutes, policy.lock_us, kMinuteUs);
  take(settings.session_idle_minutes, policy.idle_us_max, kMinuteUs);
  take(settings.session_hours, policy.session_us_max, 60 * kMinuteUs);
  take(settings.token_days_max, policy.token_days_max);
  take(settings.support_hours_max, policy.support_hours_max);
  return policy;
}

access::AuditRules audit_rules(const programme::Settings& settings) {
  access::AuditRules rules;
  take(settings.audit_keep_days, rules.keep_days);
  take(settings.audit_gigabytes_max, rules.bytes_max, std::int64_t{1} << 30);
  return rules;
}

}  // namespace

Result<programme::Settings> settings_of(const std::string& folder) {
  const std::string path = folder + "/config.yaml";
  const auto file = TZ_TRY(read_file(path, programme::kYamlBytesMax));
  if (!file) return programme::Settings{};
  auto settings = programme::read_settings(as_text(file->bytes));
  if (settings.ok()) return settings;
  Error error = settings.error();
  error.facts.emplace_back("path", path);
  return error;
}

Result<std::unique_ptr<OpenLedger>> open_folder(const std::string& folder,
                                                std::unique_ptr<Clock> clock) {
  auto out = std::make_unique<OpenLedger>();
  out->folder = folder;
  auto journal = journal::open_sqlite_journal({folder + "/journal.db", {}, false});
  // What is in use is the ledger, whatever file the lock lies on.
  if (!journal.ok() && journal.error().code == "ledger_in_use")
    return refusal("ledger_in_use", {{"path", folder}});
  out->journal = TZ_TRY(std::move(journal));
  if (clock)
    out->clock = std::move(clock);
  else
    out->clock = TZ_TRY(clock_of(*out->journal));
  const auto reader = TZ_TRY(out->journal->open_reader());
  const auto known = TZ_TRY(known_audit_head(*reader));
  out->settings = TZ_TRY(settings_of(folder));
  out->accounts.set_policy(policy_of(out->settings));
  out->accounts.set_key(TZ_TRY(account_key(folder, *reader, out->random)));
  out->audit = TZ_TRY(
      access::AuditLog::open({folder + "/audit", audit_rules(out->settings)}, *out->clock, known));
  out->keyring = TZ_TRY(access::Keyring::open(folder + "/keys"));
  out->evidence = TZ_TRY(evidence::Store::open(folder + "/evidence"));
  TZ_TRY(make_folder(folder + "/snapshot", 0700));
  engine::Parts parts{*out->journal,
                      *out->clock,
                      out->random,
                      *out->keyring,
                      out->accounts,
                      TZ_TRY(read_signing_key(folder)),
                      programme::file_readers(),
                      TZ_TRY(own_policy()),
                      folder + "/snapshot",
                      {}};
  out->engine = TZ_TRY(engine::Engine::open(std::move(parts)));
  return out;
}

Result<std::optional<access::AuditHead>> known_audit_head(journal::Reader& reader) {
  const auto row = TZ_TRY(reader.kept(access::kAuditSpace, access::audit_head_key()));
  if (!row) return std::optional<access::AuditHead>{};
  auto head = access::decode_audit_head(*row);
  if (!head)
    return failure("access_damaged",
                   {{"space", std::string(access::kAuditSpace)}, {"key", "head"}});
  return head;
}

Outcome record_act(OpenLedger& ledger, const access::AuditRow& row) {
  TZ_TRY(ledger.audit->record(row));
  TZ_TRY(ledger.engine->submit_and_wait({{}, {}, {}, {access::encode(ledger.audit->durable())}}));
  return Done{};
}

Result<std::string> renew_audit(const std::string& folder) {
  const auto journal = TZ_TRY(journal::open_sqlite_journal({folder + "/journal.db", {}, false}));
  const auto reader = TZ_TRY(journal->open_reader());
  const auto known = TZ_TRY(known_audit_head(*reader));
  const std::uint64_t size = TZ_TRY(reader->size());
  const auto clock = TZ_TRY(clock_of(*journal));
  const Zone utc{"UTC", 0};
  std::string aside = folder + "/audit-" + to_text(SystemClock().now(), utc);
  std::error_code fault;
  if (std::filesystem::exists(folder + "/audit", fault))
    std::filesystem::rename(folder + "/audit", aside, fault);
  if (fault) return failure("storage_failed", {{"path", folder}, {"why", fault.message()}});
  TZ_TRY(sync_folder(folder));
  const auto settings = TZ_TRY(settings_of(folder));
  const auto log =
      TZ_TRY(access::AuditLog::open({folder + "/audit", audit_rules(settings)}, *clock, {}));
  const std::string before = known ? access::to_text(*known) : "";
  TZ_TRY(log->record({{}, "console", "console", "audit_renewed", before, "ok", {}}));
  const access::Change head = access::encode(log->durable());
  journal::Batch batch;
  batch.expected_size = size;
  batch.kept.push_back({head.space, head.key, head.value});
  TZ_TRY(journal->append(batch));
  return aside;
}

OffsetClock::OffsetClock(Instant start) : start_(start), steady_start_us_(steady_us()) {}

Instant OffsetClock::now() { return Instant{start_.us + (steady_us() - steady_start_us_)}; }

Instant SetClock::now() { return Instant{at_us_.load()}; }

void SetClock::set(Instant at) { at_us_.store(at.us); }

}  // namespace tz::program
