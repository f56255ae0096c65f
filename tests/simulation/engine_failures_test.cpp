// The n-th storage operation under the engine fails, for every n of a workload: what was answered
// holds, what was refused left nothing, nothing is done twice, and work goes on.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <set>

#include "engine/replay.h"
#include "journal/memory_journal.h"
#include "simulation/random_town.h"

namespace tz::test {
namespace {

using journal::Fault;

constexpr int kSteps = 28;
constexpr int kAttemptsMax = 8;

// Which operations of the workload fail, counted from when it is armed.
struct Plan {
  Fault fault = Fault::None;
  std::size_t at = 0;
  std::size_t count = 1;
  bool armed = false;
  std::size_t seen = 0;
  std::size_t met = 0;

  Fault next() {
    if (!armed) return Fault::None;
    const std::size_t n = seen++;
    if (n < at || n >= at + count) return Fault::None;
    ++met;
    return fault;
  }
};

class Workload {
 public:
  Workload(Plan& plan, std::uint64_t seed)
      : plan_(plan),
        store_(journal::make_memory_store()),
        ledger_({seed, limits(), {}, {}}),
        town_(ledger_, seed) {}

  void play();

 private:
  static engine::Limits limits() {
    engine::Limits out;
    out.checkpoint_records = 7;
    out.cached_items_max = 2;
    return out;
  }
  std::unique_ptr<journal::Journal> journal() {
    return journal::open_memory_journal(store_, [this](std::size_t) { return plan_.next(); });
  }
  void step(int number);
  void add_account(int number);
  void check();
  void check_keys(const std::vector<engine::OpenedRecord>& records, journal::Reader& reader);

  Plan& plan_;
  std::shared_ptr<journal::MemoryStore> store_;
  EngineLedger ledger_;
  RandomTown town_;
  std::vector<engine::Receipt> receipts_;
  std::vector<std::string> account_names_;
  std::uint64_t founded_ = 0;       // records before the workload
  std::size_t doubtful_count_ = 0;  // commands without key that met a failure: done or not
};

bool is_storage(const Error& error) {
  return error.code == "storage_failed" || error.code == "storage_full";
}

// Every fourth command carries no key, and is not sent again; the others are until answered.
void Workload::step(int number) {
  engine::Request request = town_.next_request();
  const bool keyed = number % 4 != 3;
  if (keyed)
    request.idempotency = {request.actor.account, "step-" + std::to_string(number),
                           sha256(as_bytes(std::to_string(number)))};
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    const auto receipt = ledger_.engine().submit_and_wait(request);
    if (receipt.ok()) {
      ASSERT_GT(receipt->end, receipt->first);
      receipts_.push_back(*receipt);
      return;
    }
    if (!is_storage(receipt.error())) {
      ASSERT_EQ(receipt.error().error_class, ErrorClass::Refusal) << to_text(receipt.error());
      return;
    }
    if (keyed) continue;
    if (receipt.error().code != "storage_full") ++doubtful_count_;
    return;
  }
  FAIL() << "never answered";
}

// Rows without records, stored by the same road.
void Workload::add_account(int number) {
  const std::string name = "person-" + std::to_string(number);
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    const auto change = ledger_.accounts().add(ledger_.accounts().next_id(), name, "");
    if (!change.ok()) {
      // A try of unknown outcome was done after all, and the engine has seen it.
      ASSERT_EQ(change.error().code, "account_exists");
      break;
    }
    const auto receipt = ledger_.engine().submit_and_wait({{}, {}, {}, {*change}});
    if (receipt.ok()) break;
    ASSERT_TRUE(is_storage(receipt.error())) << to_text(receipt.error());
    ASSERT_LT(attempt + 1, kAttemptsMax) << "never answered";
  }
  account_names_.push_back(name);
}

// A text's key is there with its record, and gone with the record that destroys it.
void Workload::check_keys(const std::vector<engine::OpenedRecord>& records,
                          journal::Reader& reader) {
  std::set<std::uint64_t> destroyed;
  for (const engine::OpenedRecord& one : records)
    if (const auto* redacted = std::get_if<ledger::Redacted>(&one.event.event))
      if (redacted->part)
        destroyed.insert(records[redacted->record.value].record.parts[*redacted->part].subject);
  for (const engine::OpenedRecord& one : records)
    for (const journal::SealedPart& part : one.record.parts) {
      const auto key = reader.subject_key(part.subject);
      ASSERT_TRUE(key.ok());
      ASSERT_EQ(key->has_value(), !destroyed.contains(part.subject));
    }
}

void Workload::check() {
  const auto reader = ledger_.journal().open_reader();
  const auto id = engine::ledger_id_of(ledger_.engine().published().state->genesis);
  std::vector<engine::OpenedRecord> records;
  const auto all = (*reader)->read(Seq{0}, 100'000, std::size_t{1} << 30);
  ASSERT_TRUE(all.ok());
  for (const journal::StoredRecord& stored : *all) {
    auto opened = engine::open_record(stored, *id);
    ASSERT_TRUE(opened.ok());
    records.push_back(std::move(opened).value());
  }
  ASSERT_EQ(ledger_.engine().published().size, records.size());
  std::set<std::uint64_t> answered;
  for (const engine::Receipt& receipt : receipts_) {
    ASSERT_TRUE(answered.insert(receipt.command.value).second) << "two answers are one command";
    ASSERT_LE(receipt.end, records.size()) << "what was answered is gone";
    for (std::uint64_t seq = receipt.first; seq < receipt.end; ++seq) {
      ASSERT_EQ(records[seq].record.command, receipt.command);
      ASSERT_EQ(records[seq].record.index, seq - receipt.first);
    }
  }
  std::set<std::uint64_t> unanswered;
  for (std::size_t seq = founded_; seq < records.size(); ++seq)
    if (!answered.contains(records[seq].record.command.value) &&
        !of_the_clock(records[seq].event.event))
      unanswered.insert(records[seq].record.command.value);
  ASSERT_LE(unanswered.size(), doubtful_count_) << "something was recorded that nobody was told of";
  check_keys(records, **reader);
  for (const std::string& name : account_names_)
    ASSERT_TRUE(ledger_.accounts().find(name)) << "an account is gone";
  const auto report = ledger_.verify();
  ASSERT_TRUE(report.ok());
  ASSERT_TRUE(report->findings.empty()) << report->findings.front().code;
}

void Workload::play() {
  ASSERT_TRUE(ledger_.found(journal()).ok());
  ASSERT_TRUE(town_.settle().ok());
  founded_ = ledger_.engine().published().size;
  plan_.armed = true;
  for (int i = 0; i < kSteps; ++i) {
    if (i % 5 == 4) town_.pass_days();
    if (i % 9 == 8) add_account(i);
    ASSERT_NO_FATAL_FAILURE(step(i));
  }
  plan_.armed = false;
  // Whatever happened, it works again now.
  const auto after = ledger_.set_up(ledger::RegisterUnits{
      "after", {{"after", "之后", UnitId{0}, ledger::UnitKind::Village, false, Day{0}, {}}}, {}});
  ASSERT_TRUE(after.ok()) << to_text(after.error());
  receipts_.push_back(*after);
  ASSERT_NO_FATAL_FAILURE(check());
  plan_.armed = true;  // stopping meets faults too, if any are left
  ledger_.close();
  plan_.armed = false;
  ASSERT_TRUE(ledger_.open(journal()).ok());
  check();
}

void run_all(Fault fault, std::size_t count) {
  std::size_t stories = 0;
  std::size_t met = 0;
  const std::uint64_t seed_count = std::getenv("TZ_LONG") != nullptr ? 6 : 1;
  for (std::uint64_t seed = 3; seed < 3 + seed_count; ++seed) {
    Plan without;
    Workload(without, seed).play();
    ASSERT_FALSE(testing::Test::HasFatalFailure()) << "without a fault, seed " << seed;
    for (std::size_t at = 0; at < without.seen; ++at) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", operation " + std::to_string(at));
      Plan plan{fault, at, count};
      Workload(plan, seed).play();
      if (testing::Test::HasFatalFailure()) return;
      met += plan.met > 0 ? 1 : 0;
      ++stories;
    }
  }
  std::printf("failed each of %zu operations (%zu in a row), fault met %zu times, lost 0\n",
              stories, count, met);
  EXPECT_GE(met + 6, stories);  // how work falls into batches may differ a little
}

TEST(EngineFailures, FullLosesNothing) { run_all(Fault::Full, 1); }
TEST(EngineFailures, FullForLongLosesNothing) { run_all(Fault::Full, 4); }
TEST(EngineFailures, FailedBeforeLosesNothing) { run_all(Fault::FailedBefore, 1); }
TEST(EngineFailures, FailedBeforeForLongLosesNothing) { run_all(Fault::FailedBefore, 3); }
TEST(EngineFailures, FailedAfterLosesNothing) { run_all(Fault::FailedAfter, 1); }
TEST(EngineFailures, FailedAfterForLongLosesNothing) { run_all(Fault::FailedAfter, 3); }

}  // namespace
}  // namespace tz::test
