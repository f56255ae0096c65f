// Random histories over the real engine: every promise about them is checked by slow definitions.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <set>

#include "engine/history.h"
#include "engine/snapshot.h"
#include "journal/memory_journal.h"
#include "ledger/live_limits.h"
#include "ledger/row_fold.h"
#include "programme/file_readers.h"
#include "simulation/random_town.h"
#include "simulation/slow_history.h"

namespace tz::test {
namespace {

constexpr int kBatches = 110;
constexpr std::size_t kRequestsMax = 9;

std::uint64_t seed_count() { return std::getenv("TZ_LONG") != nullptr ? 120 : 15; }

// Everything that must come out the same however often the journal is read.
struct Digest {
  Bytes columns;
  Hash root{};
  std::vector<std::uint64_t> system_records;
  std::vector<std::string> rest;  // of the state: posts, accounts, kinds, units
  friend bool operator==(const Digest&, const Digest&) = default;
};

class Story {
 public:
  explicit Story(std::uint64_t seed) : seed_(seed), store_(journal::make_memory_store()) {
    std::string folder = testing::TempDir() + "/tz_history_XXXXXX";
    EXPECT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    EngineSettings settings;
    settings.seed = seed;
    settings.snapshot_folder = folder;
    // Few items in memory and small checkpoints, so that the seldom paths are common.
    if (seed % 2 == 0) settings.limits.cached_items_max = 3;
    settings.limits.checkpoint_records = 50 + seed % 100;
    if (seed % 3 == 0) settings.limits.batch_bytes_max = 4000;
    ledger_ = std::make_unique<EngineLedger>(settings);
  }
  ~Story() {
    ledger_->close();
    std::filesystem::remove_all(folder_);
  }

  void play();
  [[nodiscard]] const SlowHistory& history() const { return history_; }

 private:
  std::unique_ptr<journal::Journal> journal() { return journal::open_memory_journal(store_); }
  void ask_at_once(RandomTown& town);
  void take_new_records();
  void compare();
  std::vector<ledger::Item> all_items();
  Digest replayed();
  void destroy_keys();
  void check_end();

  const std::uint64_t seed_;
  std::filesystem::path folder_;
  std::shared_ptr<journal::MemoryStore> store_;
  std::unique_ptr<EngineLedger> ledger_;
  SlowHistory history_;
  std::uint64_t taken_ = 0;
  std::map<std::string, int> refused_;
};

// Holds the engine's thread while several requests are sent, so that they become one batch.
void Story::ask_at_once(RandomTown& town) {
  SeededRandom random(seed_ + taken_);
  std::promise<void> go;
  auto gone = go.get_future().share();
  std::promise<void> held;
  ledger_->engine().submit({}, [&held, gone](const Result<engine::Receipt>&) {
    held.set_value();
    gone.wait();
  });
  held.get_future().wait();
  std::vector<std::future<Result<engine::Receipt>>> answers;
  for (std::size_t i = 0; i < 1 + random.next_u64() % kRequestsMax; ++i) {
    auto answer = std::make_shared<std::promise<Result<engine::Receipt>>>();
    answers.push_back(answer->get_future());
    ledger_->engine().submit(town.next_request(), [answer](Result<engine::Receipt> result) {
      answer->set_value(std::move(result));
    });
  }
  go.set_value();
  std::set<std::uint64_t> answered;
  const std::uint64_t before = taken_;
  for (auto& answer : answers) {
    const auto receipt = answer.get();
    if (receipt.ok())
      for (std::uint64_t seq = receipt->first; seq < receipt->end; ++seq) answered.insert(seq);
    else
      ++refused_[receipt.error().code];
  }
  const std::uint64_t size = ledger_->engine().published().size;
  const auto records = engine::records_from(ledger_->engine(), Seq{before}, size - before + 1);
  ASSERT_TRUE(records.ok()) << to_text(records.error());
  for (const engine::OpenedRecord& each : *records)
    if (!answered.contains(each.record.seq.value)) {
      ASSERT_TRUE(of_the_clock(each.event.event)) << "a refusal left a record";
    }
}

void Story::take_new_records() {
  for (;;) {
    const auto records = engine::records_from(ledger_->engine(), Seq{taken_}, 500);
    ASSERT_TRUE(records.ok()) << to_text(records.error());
    if (records->empty()) return;
    for (const engine::OpenedRecord& opened : *records) {
      const Violation wrong = history_.take(opened);
      ASSERT_FALSE(wrong) << *wrong;
      ++taken_;
    }
  }
}

std::vector<ledger::Item> Story::all_items() {
  std::vector<ledger::Item> out;
  for (std::uint64_t no : history_.items()) {
    auto item = ledger_->engine().item(ledger::ItemNo{no});
    EXPECT_TRUE(item.ok()) << to_text(item.error());
    if (item.ok()) out.push_back(std::move(item).value());
  }
  return out;
}

void Story::compare() {
  const engine::Published now = ledger_->engine().published();
  ASSERT_EQ(now.size, taken_);
  ASSERT_EQ(now.view->position(), taken_);
  ASSERT_EQ(now.view->row_count(), history_.items().size());
  const std::vector<ledger::Item> items = all_items();
  for (const ledger::Item& item : items) {
    const auto index = now.view->find(item.no);
    ASSERT_TRUE(index.has_value());
    ASSERT_EQ(now.view->row(*index), ledger::row_of(item, *now.state)) << "the row of an item";
    ASSERT_EQ(now.view->limits(*index), ledger::limits_of(item, *now.state))
        << "the limits of an item";
  }
  const Violation wrong = compare_totals(history_, *now.state, *now.view, items);
  ASSERT_FALSE(wrong) << *wrong;
}

Digest Story::replayed() {
  const auto reader = journal()->open_reader();
  engine::World world;
  world.ledger_id = *engine::ledger_id_of(*engine::read_genesis(**reader));
  const Outcome caught =
      engine::catch_up(world, **reader, *(*reader)->size(), programme::file_readers());
  EXPECT_TRUE(caught.ok()) << to_text(caught.error());
  Digest out{world.rollup.save(), world.frontier.root(), world.system_records, {}};
  for (const ledger::Post& post : world.state.posts)
    out.rest.push_back(std::to_string(post.account.value) + " " + std::to_string(post.unit.value) +
                       " " + std::string(ledger::to_text(post.role)) + " " +
                       tz::to_text(post.from) + (post.to ? tz::to_text(*post.to) : ""));
  for (const std::string& kind : world.state.kinds) out.rest.push_back(kind);
  out.rest.push_back(std::to_string(world.state.tree->size()) + " units, " +
                     std::to_string(world.state.flows.size()) + " flows, " +
                     std::to_string(world.state.accounts.size()) + " accounts");
  return out;
}

void Story::destroy_keys() {
  const auto writer = journal();
  const auto reader = writer->open_reader();
  const auto records = (*reader)->read(Seq{0}, 1'000'000, 1 << 30);
  const auto id = engine::ledger_id_of(*engine::read_genesis(**reader));
  for (const journal::StoredRecord& stored : *records) {
    const auto opened = engine::open_record(stored, *id);
    for (const journal::SealedPart& part : opened->record.parts)
      ASSERT_TRUE(writer->erase_subject_key(part.subject).ok());
  }
}

void Story::check_end() {
  const auto sound = ledger_->verify();
  ASSERT_TRUE(sound.ok());
  EXPECT_TRUE(sound->findings.empty()) << sound->findings.front().code;
  ledger_->close();  // writes the snapshot
  const auto snapshot = engine::read_snapshot(folder_);
  ASSERT_TRUE(snapshot.ok() && *snapshot);
  const Digest first = replayed();
  EXPECT_EQ((*snapshot)->columns, first.columns) << "replay gives other columns";
  EXPECT_EQ((*snapshot)->root, first.root);
  EXPECT_EQ((*snapshot)->system_records, first.system_records);
  EXPECT_EQ((*snapshot)->size, taken_);

  destroy_keys();
  EXPECT_EQ(replayed(), first) << "replay without keys gives another state";
  ASSERT_TRUE(ledger_->open(journal()).ok());
  compare();
  const auto report = ledger_->verify();
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->findings.empty()) << report->findings.front().code;
  EXPECT_TRUE(report->snapshot_checked);
  EXPECT_EQ(report->destroyed_count, report->text_count);
  EXPECT_EQ(report->item_count, history_.items().size());
}

void Story::play() {
  ASSERT_TRUE(ledger_->found(journal()).ok());
  RandomTown town(*ledger_, seed_);
  const Outcome settled = town.settle();
  ASSERT_TRUE(settled.ok()) << to_text(settled.error());
  take_new_records();
  for (int i = 0; i < kBatches && !testing::Test::HasFatalFailure(); ++i) {
    if (i % 2 == 0) town.pass_days();
    ask_at_once(town);
    take_new_records();
    if (testing::Test::HasFatalFailure()) return;
    compare();
    if (i == kBatches / 2) {  // from the snapshot, in the middle of its life
      ledger_->close();
      ASSERT_TRUE(ledger_->open(journal()).ok());
      compare();
    }
  }
  check_end();
  std::string told;
  for (const auto& [type, count] : history_.counts())
    told += " " + type + "=" + std::to_string(count);
  for (const auto& [code, count] : refused_) told += " !" + code + "=" + std::to_string(count);
  std::printf("seed %llu: %llu records, %zu items, %zu verifications;%s\n",
              static_cast<unsigned long long>(seed_), static_cast<unsigned long long>(taken_),
              history_.items().size(), history_.verification_count(), told.c_str());
}

TEST(EngineHistories, KeepEveryPromiseWhateverIsAskedFor) {
  const char* first = std::getenv("TZ_SEED");
  const std::uint64_t from = first == nullptr ? 1 : std::strtoull(first, nullptr, 10);
  std::map<std::string, std::size_t> counts;
  for (std::uint64_t seed = from; seed < from + seed_count(); ++seed) {
    SCOPED_TRACE("TZ_SEED=" + std::to_string(seed));
    Story story(seed);
    story.play();
    if (HasFatalFailure()) return;
    for (const auto& [type, count] : story.history().counts()) counts[type] += count;
  }
  for (const char* type : {"corrected", "item_closed", "item_reopened", "items_linked",
                           "judgement_given", "post_ended", "redacted", "verification_given"})
    EXPECT_GT(counts[type], 0U) << "no story came to " << type;
}

}  // namespace
}  // namespace tz::test
