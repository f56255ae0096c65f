// A small ledger for the tests of this room: one unit, three people, a flow of three states.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "engine/create.h"
#include "engine/engine.h"
#include "engine/verify.h"
#include "journal/memory_journal.h"

namespace tz::engine {

class HandClock final : public Clock {
 public:
  Instant now() override { return Instant{us_.load()}; }
  void advance(std::int64_t us) { us_ += us; }

 private:
  std::atomic<std::int64_t> us_{1'568'000'000'000'000};  // 2019-09-09
};

// registered -assign-> assigned, registered -reject-> rejected; "extend" stays assigned.
inline Result<ledger::Flow> read_small_flow(std::string_view) {
  using namespace ledger;
  Flow flow;
  flow.kind = "matter";
  flow.states = {{"registered", {}, Phase::Listed},
                 {"assigned", {}, Phase::Assigned},
                 {"rejected", {}, Phase::Dropped}};
  flow.sources = {"resident", "hotline"};
  flow.source_titles.resize(2);
  flow.opened_by = {{Role::Recorder, Relation::Scope}};
  flow.opening_required = {"title"};
  Transition assign;
  assign.id = "assign";
  assign.from = {0};
  assign.to = 1;
  assign.act = Act::Assign;
  assign.who = {{Role::Supervisor, Relation::Scope}};
  Transition extend = assign;
  extend.id = "extend";
  extend.from = {1};
  extend.stays = true;
  extend.act = Act::Extend;
  Transition reject = assign;
  reject.id = "reject";
  reject.from = {0, 1};
  reject.to = 2;
  reject.act = Act::Move;
  reject.required = {"reason"};
  flow.transitions = {assign, extend, reject};
  return flow;
}

// Asks the one unit for a list and a meeting until 2019-10-31; the text is its version.
inline Result<ledger::Programme> read_small_programme(std::string_view text) {
  using namespace ledger;
  Programme out;
  out.id = "small";
  out.version = text[0] - '0';
  out.from = *parse_day("2019-09-01");
  out.to = *parse_day("2019-10-31");
  out.batches = {{"only", {}, out.from, out.to}};
  out.tiers = {{"all", {}, 0, {{{UnitKind::Nation}, {}, {}, {}}}, {}, {}}};
  out.requirements.resize(2);
  out.requirements[0].id = "list";
  out.requirements[0].sort = RequirementSort::Deliverable;
  out.requirements[1].id = "meeting";
  out.requirements[1].sort = RequirementSort::Meeting;
  for (Requirement& one : out.requirements) {
    one.of = {0};
    one.due = {out.to};
  }
  return out;
}

inline ledger::FileReaders small_readers() { return {&read_small_flow, &read_small_programme}; }

// In these tests every post may do what the flow names it for.
inline std::shared_ptr<const ledger::Policy> small_policy() {
  using namespace ledger;
  auto policy = std::make_shared<Policy>();
  for (PolicyRow& row : policy->rows) {
    row.admits = Admits::Posts;
    row.who.fill({Relation::Scope, Relation::Recorder});
    row.program = true;
    row.by_flow = true;
  }
  return policy;
}

inline std::string text_of(const Error& error) {
  std::string out = error.code;
  for (const auto& [name, value] : error.facts) out += " " + name + "=" + value;
  return out;
}

constexpr AccountId kRecorder{1};
constexpr AccountId kSupervisor{2};

// The journal in memory outlives the engine: close() and open() are a restart.
class SmallEngine {
 public:
  explicit SmallEngine(const Limits& given = {}, std::string snapshots = {}, std::uint64_t seed = 5)
      : limits(given), snapshot_folder(std::move(snapshots)), random(seed) {
    key.name = "ledger.test/log";
    key.seed.fill(3);
    const auto empty = journal::open_memory_journal(store);
    EXPECT_TRUE(create_ledger(*empty, new_genesis(key.name, "Asia/Shanghai", false, random),
                              clock.now(), *keyring, random)
                    .ok());
    open();
    const ledger::UnitRow root{"0", "全国", UnitId{0}, ledger::UnitKind::Nation, false, Day{0}, {}};
    EXPECT_TRUE(set_up(ledger::RegisterUnits{"test", {root}, {}}).ok());
    EXPECT_TRUE(set_up(ledger::AdoptFlow{"the flow"}).ok());
    EXPECT_TRUE(set_up(ledger::OpenAccount{kRecorder, {{UnitId{0}, ledger::Role::Recorder}}}).ok());
    EXPECT_TRUE(
        set_up(ledger::OpenAccount{kSupervisor, {{UnitId{0}, ledger::Role::Supervisor}}}).ok());
  }
  ~SmallEngine() { close(); }
  SmallEngine(const SmallEngine&) = delete;
  SmallEngine& operator=(const SmallEngine&) = delete;

  void open() {
    close();
    journal = journal::open_memory_journal(store, [this](std::size_t) { return next_fault(); });
    auto opened = Engine::open({*journal, clock, random, *keyring, accounts, key, small_readers(),
                                small_policy(), snapshot_folder, limits});
    ASSERT_TRUE(opened.ok()) << text_of(opened.error());
    engine = std::move(opened).value();
  }
  void close() {
    engine.reset();
    journal.reset();
  }

  // What the next storage operations meet, in place of what is left of the last.
  void meet(std::vector<journal::Fault> faults) {
    const std::lock_guard lock(faults_mutex_);
    faults_ = std::move(faults);
  }

  Result<Receipt> set_up(ledger::Command command) {
    return engine->submit_and_wait({std::move(command), {AccountId{0}, {}}, {}, {}});
  }
  // The key's request stands for the body: another body is another request.
  static IdempotencyKey key_of(const std::string& name, const std::string& body) {
    return {kRecorder, name, sha256(as_bytes(body))};
  }
  static ledger::OpenItem opening(std::string title = "小区无处停车") {
    ledger::OpenItem command;
    command.kind = "matter";
    command.source = "resident";
    command.title = std::move(title);
    return command;
  }
  Result<Receipt> open_item(std::optional<IdempotencyKey> idempotency = {},
                            ledger::OpenItem command = opening()) {
    return engine->submit_and_wait(
        {std::move(command), {kRecorder, {}}, std::move(idempotency), {}});
  }
  Result<Receipt> assign(ledger::ItemNo no, std::optional<Seq> seen) {
    ledger::TakeAction command{no, seen, "assign", {}};
    command.input.lead = UnitId{0};
    command.input.due = *parse_day("2019-10-31");
    return engine->submit_and_wait({command, {kSupervisor, {}}, {}, {}});
  }
  // Sends them while the engine's thread is held, so that they are one batch; their answers.
  std::vector<Result<Receipt>> ask_at_once(std::vector<Request> requests) {
    std::promise<void> go;
    auto gone = go.get_future().share();
    std::promise<void> held;
    engine->submit({}, [&held, gone](const Result<Receipt>&) {
      held.set_value();
      gone.wait();
    });
    held.get_future().wait();
    std::vector<std::future<Result<Receipt>>> waiting;
    waiting.reserve(requests.size());
    for (Request& request : requests) {
      auto answer = std::make_shared<std::promise<Result<Receipt>>>();
      waiting.push_back(answer->get_future());
      engine->submit(std::move(request),
                     [answer](Result<Receipt> result) { answer->set_value(std::move(result)); });
    }
    go.set_value();
    std::vector<Result<Receipt>> out;
    out.reserve(waiting.size());
    for (auto& answer : waiting) out.push_back(answer.get());
    return out;
  }

  std::uint64_t stored_size() { return *(*journal->open_reader())->size(); }
  std::vector<std::uint64_t> checkpoint_sizes() {
    std::vector<std::uint64_t> out;
    for (const journal::CheckpointRow& row :
         *(*journal::open_memory_journal(store)->open_reader())->checkpoints(0, 10'000))
      out.push_back(row.size);
    return out;
  }
  VerifyReport verify() {
    VerifyRequest request;
    request.key = merkle::verifier_key(key);
    request.snapshot_folder = snapshot_folder;
    request.readers = small_readers();
    const auto report = engine::verify(**journal->open_reader(), request);
    EXPECT_TRUE(report.ok());
    return *report;
  }

  Limits limits;
  std::string snapshot_folder;
  std::shared_ptr<journal::MemoryStore> store = journal::make_memory_store();
  HandClock clock;
  SeededRandom random;
  std::unique_ptr<access::Keyring> keyring = access::Keyring::in_memory();
  access::Accounts accounts;
  merkle::SigningKey key;
  std::unique_ptr<journal::Journal> journal;
  std::unique_ptr<Engine> engine;

 private:
  journal::Fault next_fault() {
    const std::lock_guard lock(faults_mutex_);
    if (faults_.empty()) return journal::Fault::None;
    const journal::Fault fault = faults_.front();
    faults_.erase(faults_.begin());
    return fault;
  }
  std::mutex faults_mutex_;
  std::vector<journal::Fault> faults_;
};

}  // namespace tz::engine
