// Builds the parts of an engine in the order the program does.
#include "support/engine_ledger.h"

#include "base/embedded.h"
#include "engine/create.h"
#include "programme/file_readers.h"
#include "programme/policy_file.h"

namespace tz::test {

std::shared_ptr<const ledger::Policy> project_policy() {
  auto policy = programme::read_policy(embedded_file("policy/policy.yaml"));
  TZ_ASSERT(policy.ok());
  return std::make_shared<const ledger::Policy>(*std::move(policy));
}

std::string problem_flow_text() { return std::string(embedded_file("flows/problem.yaml")); }

ledger::AdoptTimeRules project_limits() {
  return {std::nullopt, std::string(embedded_file("calendar/limits.csv"))};
}
std::string request_flow_text() { return std::string(embedded_file("flows/request.yaml")); }

std::string to_text(const Error& error) {
  std::string out = error.code;
  for (const auto& [name, value] : error.facts) out += " " + name + "=" + value;
  return out;
}

EngineLedger::EngineLedger(EngineSettings settings)
    : settings_(std::move(settings)), random_(settings_.seed) {
  clock_.set_to(*parse_day("2019-09-09"));
  if (settings_.keys_folder.empty()) {
    keyring_ = access::Keyring::in_memory();
  } else {
    auto opened = access::Keyring::open(settings_.keys_folder);
    TZ_ASSERT(opened.ok());
    keyring_ = std::move(opened).value();
  }
}

EngineLedger::~EngineLedger() { close(); }

merkle::SigningKey EngineLedger::signing_key() const {
  merkle::SigningKey key;
  key.name = "ledger.test/log";
  key.seed.fill(7);
  return key;
}

merkle::VerifierKey EngineLedger::verifier_key() const {
  return merkle::verifier_key(signing_key());
}

Outcome EngineLedger::create(journal::Journal& journal) {
  const ledger::Genesis genesis =
      engine::new_genesis(signing_key().name, "Asia/Shanghai", true, random_);
  return engine::create_ledger(journal, genesis, clock_.now(), *keyring_, random_);
}

Outcome EngineLedger::open(std::unique_ptr<journal::Journal> journal) {
  close();
  journal_ = std::move(journal);
  accounts_ = std::make_unique<access::Accounts>();
  engine_ = TZ_TRY(engine::Engine::open({*journal_, clock_, random_, *keyring_, *accounts_,
                                         signing_key(), programme::file_readers(), project_policy(),
                                         settings_.snapshot_folder, settings_.limits}));
  return Done{};
}

Outcome EngineLedger::found(std::unique_ptr<journal::Journal> journal) {
  TZ_TRY(create(*journal));
  TZ_TRY(open(std::move(journal)));
  TZ_TRY(add_unit(
      {"0", "全国", UnitId{0}, ledger::UnitKind::Nation, false, *parse_day("1949-10-01"), {}}));
  TZ_TRY(set_up(ledger::AdoptFlow{problem_flow_text()}));
  return Done{};
}

void EngineLedger::close() {
  engine_.reset();
  journal_.reset();
}

Result<engine::Receipt> EngineLedger::ask(ledger::Actor actor, ledger::Command command,
                                          std::optional<engine::IdempotencyKey> key) {
  return engine_->submit_and_wait({std::move(command), actor, std::move(key), {}});
}

Result<engine::Receipt> EngineLedger::set_up(ledger::Command command) {
  return ask({AccountId{0}, {}}, std::move(command));
}

Result<engine::Receipt> EngineLedger::add_unit(const ledger::UnitRow& row) {
  return set_up(ledger::RegisterUnits{"test", {row}, {}});
}

Result<AccountId> EngineLedger::add_person(std::vector<std::pair<UnitId, ledger::Role>> posts) {
  const AccountId id{engine_->published().state->accounts.size() + 1};
  TZ_TRY(set_up(ledger::OpenAccount{id, std::move(posts)}));
  return id;
}

void EngineLedger::publish() { (void)engine_->submit_and_wait({}).ok(); }

Result<engine::VerifyReport> EngineLedger::verify(std::optional<std::string> against) {
  engine::VerifyRequest request;
  request.against = std::move(against);
  request.key = verifier_key();
  request.snapshot_folder = settings_.snapshot_folder;
  request.readers = programme::file_readers();
  const auto reader = TZ_TRY(journal_->open_reader());
  return engine::verify(*reader, request);
}

std::string EngineLedger::codes_found() {
  const auto report = verify();
  if (!report.ok()) return to_text(report.error());
  std::string out;
  for (const engine::Finding& finding : report->findings) out += finding.code + " ";
  return out;
}

}  // namespace tz::test
