// Many threads ask and read at once: nothing is lost, nothing is answered twice, no reader waits
// or sees half of anything. Meant for the thread sanitizer too.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <set>
#include <thread>

#include "engine/history.h"
#include "journal/memory_journal.h"
#include "support/engine_ledger.h"

namespace tz::test {
namespace {

using namespace ledger;

constexpr int kThreads = 4;
constexpr int kItemsEach = 40;

class EngineThreads : public testing::Test {
 protected:
  void SetUp() override {
    EngineSettings settings;
    settings.limits.cached_items_max = 5;  // so that the loader has work
    settings.limits.checkpoint_records = 100;
    ledger_ = std::make_unique<EngineLedger>(settings);
    ASSERT_TRUE(ledger_->found(journal::open_memory_journal(journal::make_memory_store())).ok());
    for (const char* code : {"1", "2", "3"})
      ASSERT_TRUE(
          ledger_->add_unit({code, code, UnitId{0}, UnitKind::Township, false, Day{0}, {}}).ok());
    recorder_ = *ledger_->add_person({{UnitId{0}, Role::Recorder}});
    supervisor_ = *ledger_->add_person({{UnitId{0}, Role::Supervisor}});
  }

  engine::IdempotencyKey key(const std::string& text) const {
    return {recorder_, text, sha256(as_bytes(text))};
  }
  OpenItem opening(int n) const {
    OpenItem command;
    command.kind = "problem";
    command.place = UnitId{static_cast<std::uint32_t>(1 + n % 3)};
    command.source = "resident";
    command.title = "小区无处停车";
    return command;
  }
  TakeAction assignment(const engine::Receipt& opened) const {
    TakeAction command{*opened.item, opened.version, "assign", {}};
    command.input.lead = UnitId{1};
    command.input.due = *parse_day("2019-10-31");
    return command;
  }
  void submit(int thread);
  void read();

  std::unique_ptr<EngineLedger> ledger_;
  AccountId recorder_, supervisor_;
  std::atomic<bool> done_{false};
  std::atomic<int> views_read_{0};
  std::mutex mutex_;  // guards the one below
  std::vector<engine::Receipt> receipts_;
};

void EngineThreads::submit(int thread) {
  for (int i = 0; i < kItemsEach; ++i) {
    const std::string name = std::to_string(thread) + "-" + std::to_string(i);
    const auto opened = ledger_->ask({recorder_, {}}, opening(i), key(name));
    ASSERT_TRUE(opened.ok()) << to_text(opened.error());
    const auto assigned = ledger_->ask({supervisor_, {}}, assignment(*opened));
    ASSERT_TRUE(assigned.ok()) << to_text(assigned.error());
    // The same again, and on what is no more the newest version.
    const auto again = ledger_->ask({recorder_, {}}, opening(i), key(name));
    ASSERT_TRUE(again.ok() && again->repeated && again->command == opened->command);
    const auto stale = ledger_->ask({supervisor_, {}}, assignment(*opened));
    ASSERT_FALSE(stale.ok());
    ASSERT_EQ(stale.error().code, "version_stale");
    // What has been answered is in what is published.
    const auto item = ledger_->engine().item(*opened->item);
    ASSERT_TRUE(item.ok());
    ASSERT_EQ(item->last, assigned->version);
    const std::lock_guard lock(mutex_);
    receipts_.push_back(*opened);
    receipts_.push_back(*assigned);
  }
}

void EngineThreads::read() {
  std::uint64_t seen = 0;
  while (!done_) {
    const engine::Published now = ledger_->engine().published();
    ASSERT_GE(now.size, seen);
    seen = now.size;
    std::uint32_t counted = 0;
    for (const rollup::PhaseCounts& kind : now.view->totals(UnitId{0}).kinds)
      for (std::uint32_t count : kind.count) counted += count;
    ASSERT_EQ(counted, now.view->row_count());
    ASSERT_EQ(now.view->count({}), counted);
    for (const rollup::RowIndex index : now.view->list({}, {}, 3)) {
      const ItemRow row = now.view->row(index);
      ASSERT_LT(row.last.value, now.size);
      const auto entries = engine::history(ledger_->engine(), ledger_->keyring(), row.no);
      ASSERT_TRUE(entries.ok());
      ASSERT_EQ(entries->front().texts.at(0), "小区无处停车");
    }
    ASSERT_TRUE(ledger_->engine().checkpoint().ok());
    ++views_read_;
  }
}

TEST_F(EngineThreads, AskAndReadAtOnce) {
  std::atomic<int> published{0};
  ledger_->engine().on_published([&](const engine::Published&) { ++published; });
  std::vector<std::thread> readers, writers;
  for (int i = 0; i < 2; ++i) readers.emplace_back([this] { read(); });
  for (int i = 0; i < kThreads; ++i) writers.emplace_back([this, i] { submit(i); });
  for (std::thread& thread : writers) thread.join();
  while (views_read_ < 4) std::this_thread::yield();
  done_ = true;
  for (std::thread& thread : readers) thread.join();
  EXPECT_EQ(receipts_.size(), std::size_t{2} * kThreads * kItemsEach);
  std::set<std::uint64_t> records;
  for (const engine::Receipt& receipt : receipts_)
    for (std::uint64_t seq = receipt.first; seq < receipt.end; ++seq)
      EXPECT_TRUE(records.insert(seq).second) << "two commands in one record";
  EXPECT_EQ(*records.rbegin() + 1, ledger_->engine().published().size);
  EXPECT_GT(published, 0);
  const auto report = ledger_->verify();
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->findings.empty());
}

TEST_F(EngineThreads, StoppingAnswersEverythingThatWasTaken) {
  std::atomic<int> asked{0};
  std::atomic<int> answered{0};
  std::atomic<int> recorded{0};
  const std::uint64_t before = ledger_->engine().published().size;
  std::promise<void> under_way;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread)
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 200; ++i) {
        const int nth = ++asked;
        engine::Request request{opening(i), {recorder_, {}}, {}, {}};
        // Every other one has to go by the loader.
        if (i % 2 == 0) request.idempotency = key(std::to_string(thread) + "-" + std::to_string(i));
        ledger_->engine().submit(std::move(request), [&](const Result<engine::Receipt>& result) {
          ++answered;
          if (result.ok())
            ++recorded;
          else
            EXPECT_EQ(result.error().code, "engine_stopping");
        });
        if (nth == 300) under_way.set_value();
      }
    });
  under_way.get_future().wait();
  ledger_->engine().stop();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(answered, asked);
  const auto reader = ledger_->journal().open_reader();
  EXPECT_EQ(*(*reader)->size(), before + recorded) << "answers and records differ";
}

}  // namespace
}  // namespace tz::test
