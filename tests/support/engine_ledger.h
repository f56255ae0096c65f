// An engine with everything it is built from, over any journal, on a clock that a test sets.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "access/accounts.h"
#include "access/sealing.h"
#include "engine/engine.h"
#include "engine/verify.h"
#include "journal/journal.h"
#include "journal/memory_journal.h"

namespace tz::test {

// Stands still until it is set. Any thread.
class HandClock final : public Clock {
 public:
  Instant now() override { return Instant{at_us_.load()}; }
  void set(Instant at) { at_us_.store(at.us); }
  // Nine in the morning of that day, in Beijing.
  void set_to(Day day) { set(Instant{start_of(day, Zone{}).us + std::int64_t{9} * 3'600'000'000}); }

 private:
  std::atomic<std::int64_t> at_us_{0};
};

// The policy of the program: policy/policy.yaml.
std::shared_ptr<const ledger::Policy> project_policy();

// Words of a flow file that stands in the project: flows/problem.yaml.
std::string problem_flow_text();
std::string request_flow_text();  // flows/request.yaml
// The limits that flows name: calendar/limits.csv. Without a calendar no clock starts by them.
ledger::AdoptTimeRules project_limits();

struct EngineSettings {
  std::uint64_t seed = 1;
  engine::Limits limits;
  std::string snapshot_folder;  // empty: none
  std::string keys_folder;      // empty: keys in memory, which live as long as the ledger
};

// Not for several threads, but for ask(), which any thread may call while it is open.
class EngineLedger {
 public:
  explicit EngineLedger(EngineSettings settings = {});
  ~EngineLedger();
  EngineLedger(const EngineLedger&) = delete;
  EngineLedger& operator=(const EngineLedger&) = delete;

  // Writes the genesis of a simulated ledger into an empty journal.
  Outcome create(journal::Journal& journal);
  Outcome open(std::unique_ptr<journal::Journal> journal);
  // create, open, the root unit "0" and the flow of problems.
  Outcome found(std::unique_ptr<journal::Journal> journal);
  void close();

  [[nodiscard]] engine::Engine& engine() { return *engine_; }
  [[nodiscard]] journal::Journal& journal() { return *journal_; }
  [[nodiscard]] HandClock& clock() { return clock_; }
  [[nodiscard]] access::Keyring& keyring() { return *keyring_; }
  [[nodiscard]] access::Accounts& accounts() { return *accounts_; }

  Result<engine::Receipt> ask(ledger::Actor actor, ledger::Command command,
                              std::optional<engine::IdempotencyKey> key = {});
  // The program itself asks.
  Result<engine::Receipt> set_up(ledger::Command command);
  Result<engine::Receipt> add_unit(const ledger::UnitRow& row);
  // A new account with these posts.
  Result<AccountId> add_person(std::vector<std::pair<UnitId, ledger::Role>> posts);
  // Makes the engine publish as things stand at this moment.
  void publish();

  [[nodiscard]] merkle::VerifierKey verifier_key() const;
  Result<engine::VerifyReport> verify(std::optional<std::string> against = {});
  // What that finds, each code with a space behind it; of one that fails the error.
  std::string codes_found();

 private:
  [[nodiscard]] merkle::SigningKey signing_key() const;

  const EngineSettings settings_;
  HandClock clock_;
  SeededRandom random_;
  std::unique_ptr<access::Keyring> keyring_;
  std::unique_ptr<access::Accounts> accounts_;
  std::unique_ptr<journal::Journal> journal_;
  std::unique_ptr<engine::Engine> engine_;
};

// "code fact=value ..." for the report of a test.
std::string to_text(const Error& error);

}  // namespace tz::test
