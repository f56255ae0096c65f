// What the engine promises whoever submits: answers, order, checkpoints, limits, failures.
#include "engine/engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "engine/history.h"
#include "engine/small_engine_test.h"

namespace tz::engine {
namespace {

using journal::Fault;

// --- idempotency

TEST(EngineIdempotency, TheSameRequestIsAnsweredAsBefore) {
  SmallEngine small;
  const auto first = small.open_item(SmallEngine::key_of("a", "body"));
  ASSERT_TRUE(first.ok());
  const std::uint64_t size = small.stored_size();
  const auto again = small.open_item(SmallEngine::key_of("a", "body"));
  ASSERT_TRUE(again.ok());
  EXPECT_FALSE(first->repeated);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->command, first->command);
  EXPECT_EQ(again->item, first->item);
  EXPECT_EQ(again->version, first->version);
  EXPECT_EQ(again->recorded, first->recorded);
  EXPECT_EQ(small.stored_size(), size);
}

TEST(EngineIdempotency, AnotherBodyUnderTheSameKeyIsRefused) {
  SmallEngine small;
  ASSERT_TRUE(small.open_item(SmallEngine::key_of("a", "body")).ok());
  const auto other = small.open_item(SmallEngine::key_of("a", "other body"));
  ASSERT_FALSE(other.ok());
  EXPECT_EQ(other.error().code, "idempotency_mismatch");
}

TEST(EngineIdempotency, HoldsAcrossARestart) {
  SmallEngine small;
  const auto first = small.open_item(SmallEngine::key_of("a", "body"));
  small.open();
  const auto again = small.open_item(SmallEngine::key_of("a", "body"));
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->command, first->command);
  EXPECT_EQ(small.open_item(SmallEngine::key_of("a", "other")).error().code,
            "idempotency_mismatch");
}

TEST(EngineIdempotency, HoldsWithinABatch) {
  SmallEngine small;
  const Request request{
      SmallEngine::opening(), {kRecorder, {}}, SmallEngine::key_of("a", "body"), {}};
  const auto answers = small.ask_at_once({request, request, request});
  for (const auto& answer : answers) ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answers[1]->command, answers[0]->command);
  EXPECT_EQ(answers[2]->command, answers[0]->command);
  EXPECT_EQ(1, std::count_if(answers.begin(), answers.end(),
                             [](const auto& answer) { return !answer->repeated; }));
}

TEST(EngineIdempotency, AKeyIsAnAccountsOwnAndIsForgottenAfterSevenDays) {
  SmallEngine small;
  const auto first = small.open_item(SmallEngine::key_of("a", "body"));
  IdempotencyKey others = SmallEngine::key_of("a", "body");
  others.account = kSupervisor;
  EXPECT_FALSE(small.open_item(others)->repeated);
  small.clock.advance(small.limits.idempotency_us - 1);
  EXPECT_TRUE(small.open_item(SmallEngine::key_of("a", "body"))->repeated);
  small.clock.advance(1);
  const auto later = small.open_item(SmallEngine::key_of("a", "other body"));
  ASSERT_TRUE(later.ok()) << text_of(later.error());
  EXPECT_FALSE(later->repeated);
}

TEST(EngineIdempotency, ARefusalIsNotKept) {
  SmallEngine small;
  ledger::OpenItem untitled = SmallEngine::opening("");
  EXPECT_EQ(small.open_item(SmallEngine::key_of("a", "body"), untitled).error().code,
            "field_required");
  EXPECT_TRUE(small.open_item(SmallEngine::key_of("a", "mended body")).ok());
  for (const std::string& bad : {std::string(), std::string(129, 'k')})
    EXPECT_EQ(small.open_item(SmallEngine::key_of(bad, "body")).error().code,
              "idempotency_key_bad");
}

// --- order

TEST(EngineOrder, AChangeNamesTheNewestVersion) {
  SmallEngine small;
  const auto opened = small.open_item();
  EXPECT_EQ(small.assign(*opened->item, {}).error().code, "version_required");
  const auto assigned = small.assign(*opened->item, opened->version);
  ASSERT_TRUE(assigned.ok());
  const auto stale = small.assign(*opened->item, opened->version);
  ASSERT_FALSE(stale.ok());
  EXPECT_EQ(text_of(stale.error()), "version_stale item=" + ledger::to_text(*opened->item) +
                                        " seen=" + std::to_string(opened->version->value) +
                                        " current=" + std::to_string(assigned->version->value));
}

TEST(EngineOrder, ALaterCommandOfABatchSeesTheEarlierOnes) {
  SmallEngine small;
  const auto opened = small.open_item();
  ledger::TakeAction reject{*opened->item, opened->version, "reject", {}};
  reject.input.reason = "不属实";
  const Request request{reject, {kSupervisor, {}}, {}, {}};
  const auto answers = small.ask_at_once({request, request});
  ASSERT_TRUE(answers[0].ok());
  EXPECT_EQ(answers[1].error().code, "version_stale");
  EXPECT_EQ(small.engine->published().size, answers[0]->end);
}

// Read from what was published afterwards, the first would tell the second's number.
TEST(EngineOrder, AReceiptTellsTheNumberItsOwnCommandGave) {
  SmallEngine small;
  const Request grant{
      ledger::GrantPost{kRecorder, UnitId{0}, ledger::Role::Supervisor}, {}, {}, {}};
  Request other = grant;
  std::get<ledger::GrantPost>(*other.command).account = kSupervisor;
  std::get<ledger::GrantPost>(*other.command).role = ledger::Role::Recorder;
  const auto answers = small.ask_at_once({grant, other});
  ASSERT_TRUE(answers[0].ok());
  ASSERT_TRUE(answers[1].ok());
  const auto state = small.engine->published().state;
  EXPECT_EQ(state->post(*answers[0]->post)->account, kRecorder);
  EXPECT_EQ(state->post(*answers[1]->post)->account, kSupervisor);
  EXPECT_FALSE(answers[0]->handover);
  EXPECT_FALSE(small.open_item()->post);
}

TEST(EngineOrder, TimeNeverGoesBack) {
  SmallEngine small;
  const auto first = small.open_item();
  small.clock.advance(-kDayUs);
  const auto second = small.open_item();
  EXPECT_EQ(second->recorded, first->recorded);
  EXPECT_TRUE(small.verify().findings.empty());
}

TEST(EngineOrder, WhatIsPublishedHoldsWhatWasAnswered) {
  SmallEngine small;
  std::vector<std::uint64_t> told;
  small.engine->on_published([&](const Published& now) { told.push_back(now.size); });
  const auto opened = small.open_item();
  const Published now = small.engine->published();
  EXPECT_EQ(now.size, opened->end);
  EXPECT_EQ(told.back(), opened->end);
  ASSERT_TRUE(now.view->find(*opened->item));
  EXPECT_EQ(small.engine->item(*opened->item)->last, *opened->version);
  EXPECT_EQ(small.engine->item(ledger::ItemNo{1}).error().code, "item_unknown");
}

TEST(EngineOrder, AnItemThatLeftMemoryIsReadAgain) {
  Limits limits;
  limits.cached_items_max = 1;
  SmallEngine small(limits);
  const auto first = small.open_item();
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(small.open_item().ok());
  EXPECT_TRUE(small.assign(*first->item, first->version).ok());
}

// --- limits and stopping

TEST(EngineLimits, AFullQueueRefusesAtOnce) {
  Limits limits;
  limits.queue_max = 3;
  SmallEngine small(limits);
  const auto answers = small.ask_at_once(
      std::vector<Request>(7, Request{SmallEngine::opening(), {kRecorder, {}}, {}, {}}));
  for (std::size_t i = 0; i < answers.size(); ++i) {
    EXPECT_EQ(answers[i].ok() ? "ok" : answers[i].error().code, i < 3 ? "ok" : "queue_full");
  }
  EXPECT_TRUE(small.open_item().ok());
}

TEST(EngineLimits, ABatchEndsAtItsBytesAndTheRestFollows) {
  Limits limits;
  limits.batch_bytes_max = 1000;
  SmallEngine small(limits);
  ledger::OpenItem big = SmallEngine::opening();
  big.description = std::string(3000, 'x');
  int published = 0;
  small.engine->on_published([&](const Published&) { ++published; });
  const auto answers =
      small.ask_at_once(std::vector<Request>(6, Request{big, {kRecorder, {}}, {}, {}}));
  for (const auto& answer : answers) EXPECT_TRUE(answer.ok());
  EXPECT_EQ(published, 7);  // once for the request that held the thread
  EXPECT_TRUE(small.verify().findings.empty());
}

TEST(EngineStop, AnswersWhatIsQueuedAndRefusesTheRest) {
  SmallEngine small;
  std::promise<void> go;
  auto gone = go.get_future().share();
  small.engine->submit({}, [gone](const Result<Receipt>&) { gone.wait(); });
  std::vector<std::future<Result<Receipt>>> waiting;
  for (int i = 0; i < 50; ++i) {
    auto answer = std::make_shared<std::promise<Result<Receipt>>>();
    waiting.push_back(answer->get_future());
    std::optional<IdempotencyKey> idempotency;
    if (i % 2 == 0) idempotency = SmallEngine::key_of(std::to_string(i), "body");
    small.engine->submit(
        {SmallEngine::opening(), {kRecorder, {}}, idempotency, {}},
        [answer](Result<Receipt> result) { answer->set_value(std::move(result)); });
  }
  std::thread stopping([&] { small.engine->stop(); });
  go.set_value();
  stopping.join();
  std::uint64_t end = 0;
  for (auto& answer : waiting) {
    const auto receipt = answer.get();
    ASSERT_TRUE(receipt.ok()) << text_of(receipt.error());
    end = std::max(end, receipt->end);
  }
  EXPECT_EQ(small.stored_size(), end);
  EXPECT_EQ(small.open_item().error().code, "engine_stopping");
  EXPECT_EQ(small.checkpoint_sizes().back(), end) << "stopping signs a checkpoint";
}

// A journal whose readers wait at a gate before they look up what an idempotency key stands for.
class GatedJournal final : public journal::Journal {
 public:
  explicit GatedJournal(std::shared_ptr<journal::MemoryStore> store)
      : inner_(journal::open_memory_journal(std::move(store))) {}
  Outcome append(const journal::Batch& batch) override { return inner_->append(batch); }
  Outcome reopen() override { return inner_->reopen(); }
  Outcome erase_subject_key(std::uint64_t subject) override {
    return inner_->erase_subject_key(subject);
  }
  Outcome tend() override { return inner_->tend(); }
  Result<std::unique_ptr<journal::Reader>> open_reader() override {
    auto inner = TZ_TRY(inner_->open_reader());
    return std::unique_ptr<journal::Reader>(std::make_unique<GatedReader>(std::move(inner), *this));
  }

  std::promise<void> arrived;
  std::promise<void> gate;

 private:
  class GatedReader final : public journal::Reader {
   public:
    GatedReader(std::unique_ptr<Reader> inner, GatedJournal& journal)
        : inner_(std::move(inner)), journal_(journal) {}
    Result<std::uint64_t> size() override { return inner_->size(); }
    Result<std::vector<journal::StoredRecord>> read(Seq from, std::size_t count_max,
                                                    std::size_t bytes_max) override {
      return inner_->read(from, count_max, bytes_max);
    }
    Result<std::vector<journal::StoredRecord>> read_each(std::span<const Seq> seqs) override {
      return inner_->read_each(seqs);
    }
    Result<std::vector<Bytes>> read_headers(Seq from, std::size_t count_max) override {
      return inner_->read_headers(from, count_max);
    }
    Result<std::optional<journal::SubjectKeyRow>> subject_key(std::uint64_t subject) override {
      return inner_->subject_key(subject);
    }
    Result<std::vector<journal::SubjectKeyRow>> subject_keys(std::uint64_t from,
                                                             std::size_t count_max) override {
      return inner_->subject_keys(from, count_max);
    }
    Result<std::optional<Bytes>> kept(std::string_view space, BytesView key) override {
      journal_.arrived.set_value();
      journal_.gate.get_future().wait();
      return inner_->kept(space, key);
    }
    Result<std::vector<journal::KeptRow>> kept_all(std::string_view space) override {
      return inner_->kept_all(space);
    }
    Result<std::vector<journal::KeptRow>> kept_from(std::string_view space, BytesView from,
                                                    std::size_t count_max) override {
      return inner_->kept_from(space, from, count_max);
    }
    Result<std::optional<Hash>> tree_hash(std::uint8_t level, std::uint64_t index) override {
      return inner_->tree_hash(level, index);
    }
    Result<std::vector<journal::TreeHashRow>> tree_hashes() override {
      return inner_->tree_hashes();
    }
    Result<std::optional<journal::CheckpointRow>> checkpoint(std::uint64_t size_max) override {
      return inner_->checkpoint(size_max);
    }
    Result<std::vector<journal::CheckpointRow>> checkpoints(std::uint64_t from_size,
                                                            std::size_t count_max) override {
      return inner_->checkpoints(from_size, count_max);
    }

   private:
    std::unique_ptr<Reader> inner_;
    GatedJournal& journal_;
  };

  std::unique_ptr<Journal> inner_;
};

// The writer ended while the loader held a command, which then was never answered.
TEST(EngineStop, WaitsForWhatIsBeingLookedUp) {
  SmallEngine small;
  small.close();
  GatedJournal journal(small.store);
  auto engine = *Engine::open({journal,
                               small.clock,
                               small.random,
                               *small.keyring,
                               small.accounts,
                               small.key,
                               small_readers(),
                               small_policy(),
                               {},
                               {}});
  std::promise<Result<Receipt>> answered;
  auto answer = answered.get_future();
  engine->submit({SmallEngine::opening(), {kRecorder, {}}, SmallEngine::key_of("a", "body"), {}},
                 [&](Result<Receipt> result) { answered.set_value(std::move(result)); });
  journal.arrived.get_future().wait();
  std::thread stopping([&] { engine->stop(); });
  while (engine->submit_and_wait({}).ok()) std::this_thread::yield();
  std::this_thread::yield();
  journal.gate.set_value();
  stopping.join();
  ASSERT_EQ(answer.wait_for(std::chrono::seconds(0)), std::future_status::ready);
  EXPECT_TRUE(answer.get().ok());
}

// --- checkpoints

TEST(EngineCheckpoints, StandAtEveryThousandRecordsEvenWithinABatch) {
  SmallEngine small;
  const std::vector<Request> requests(1500,
                                      Request{SmallEngine::opening(), {kRecorder, {}}, {}, {}});
  for (int i = 0; i < 2; ++i)
    for (const auto& answer : small.ask_at_once(requests)) ASSERT_TRUE(answer.ok());
  std::uint64_t before = 0;
  for (std::uint64_t size : small.checkpoint_sizes()) {
    EXPECT_LE(size - before, 1000U);
    before = size;
  }
  EXPECT_GE(before + 1000, small.stored_size());
  EXPECT_GE(before, 2000U);
  EXPECT_EQ(small.verify().checkpoint_count, small.checkpoint_sizes().size());
}

TEST(EngineCheckpoints, StandAMinuteAfterARecord) {
  SmallEngine small;
  const auto opened = small.open_item();
  small.clock.advance(small.limits.checkpoint_us);
  ASSERT_TRUE(small.open_item().ok());
  EXPECT_GE(small.checkpoint_sizes().back(), opened->end);
  EXPECT_NE(small.engine->checkpoint()->find("ledger.test/log\n"), std::string::npos);
}

// A checkpoint that was due while only refusals came was counted as signed, and never was.
TEST(EngineCheckpoints, AreNotLostWhenOnlyRefusalsCome) {
  SmallEngine small;
  const auto opened = small.open_item();
  small.clock.advance(2 * small.limits.checkpoint_us);
  EXPECT_FALSE(small.open_item({}, SmallEngine::opening("")).ok());
  small.engine->stop();
  EXPECT_EQ(small.checkpoint_sizes().back(), opened->end);
}

TEST(EngineCheckpoints, NoneIsThereBeforeTheFirst) {
  SmallEngine small;
  small.open();  // which signed one, for stopping does
  EXPECT_TRUE(small.engine->checkpoint().ok());
}

// --- failures

TEST(EngineFailing, AFullDiskRefusesAndLeavesNothing) {
  SmallEngine small;
  const std::uint64_t size = small.stored_size();
  small.meet({Fault::Full});
  EXPECT_EQ(small.open_item(SmallEngine::key_of("a", "body")).error().code, "storage_full");
  EXPECT_EQ(small.stored_size(), size);
  const auto after = small.open_item(SmallEngine::key_of("a", "body"));
  ASSERT_TRUE(after.ok());
  EXPECT_FALSE(after->repeated);
  EXPECT_EQ(after->first, size);
}

TEST(EngineFailing, OneFailureIsMendedUnseen) {
  SmallEngine small;
  small.meet({Fault::FailedBefore});
  EXPECT_TRUE(small.open_item().ok());
  EXPECT_TRUE(small.verify().findings.empty());
}

TEST(EngineFailing, TwoFailuresInARowAreTold) {
  SmallEngine small;
  const std::uint64_t size = small.stored_size();
  small.meet({Fault::FailedBefore, Fault::FailedBefore});
  EXPECT_EQ(small.open_item().error().code, "storage_failed");
  EXPECT_EQ(small.stored_size(), size);
  EXPECT_TRUE(small.open_item().ok());
}

// It was decided a second time, and the item was there twice.
TEST(EngineFailing, AnAppendThatTookPlaceAfterAllIsNotDoneTwice) {
  SmallEngine small;
  const std::uint64_t size = small.stored_size();
  small.meet({Fault::FailedAfter});
  const auto opened = small.open_item();
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->first, size);
  EXPECT_EQ(small.stored_size(), opened->end);
  small.meet({Fault::FailedAfter});
  EXPECT_TRUE(small.assign(*opened->item, opened->version).ok());
  EXPECT_TRUE(small.verify().findings.empty());
}

// Rows stored without a record were durable, and yet not known before a restart.
TEST(EngineFailing, RowsOfADoubtfulAppendAreKnown) {
  SmallEngine small;
  const auto change = small.accounts.add(AccountId{1}, "张三", "");
  ASSERT_TRUE(change.ok());
  small.meet({Fault::FailedAfter, Fault::FailedAfter});
  EXPECT_FALSE(small.engine->submit_and_wait({{}, {}, {}, {*change}}).ok());
  ASSERT_TRUE(small.open_item().ok());
  EXPECT_TRUE(small.accounts.find("张三"));
}

TEST(EngineFailing, AJournalWithoutGenesisIsNotOpened) {
  SmallEngine small;
  const auto empty = journal::open_memory_journal(journal::make_memory_store());
  const auto opened = Engine::open({*empty,
                                    small.clock,
                                    small.random,
                                    *small.keyring,
                                    small.accounts,
                                    small.key,
                                    small_readers(),
                                    small_policy(),
                                    {},
                                    {}});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(text_of(opened.error()), "journal_damaged seq=0 code=genesis_missing");
  EXPECT_EQ(create_ledger(*journal::open_memory_journal(small.store),
                          new_genesis("x", "UTC", false, small.random), small.clock.now(),
                          *small.keyring, small.random)
                .error()
                .code,
            "journal_moved");
}

// --- imports

TEST(EngineImport, IsInvisibleUntilItIsAdopted) {
  SmallEngine small;
  ledger::OpenItem staged = SmallEngine::opening();
  staged.import = 77;
  const auto opened = small.set_up(staged);
  ASSERT_TRUE(opened.ok()) << text_of(opened.error());
  const auto shown = [&] {
    const auto view = small.engine->published().view;
    return std::vector<std::uint32_t>{view->count({}),
                                      static_cast<std::uint32_t>(view->list({}, {}, 10).size()),
                                      view->totals(UnitId{0}).kinds[0].count[0]};
  };
  EXPECT_EQ(shown(), (std::vector<std::uint32_t>{0, 0, 0}));
  EXPECT_EQ(small.assign(*opened->item, opened->version).error().code, "item_unknown");
  small.open();
  EXPECT_EQ(shown(), (std::vector<std::uint32_t>{0, 0, 0}));
  ASSERT_TRUE(small.set_up(ledger::AdoptImport{77, 1}).ok());
  EXPECT_EQ(shown(), (std::vector<std::uint32_t>{1, 1, 1}));
  EXPECT_TRUE(small.assign(*opened->item, opened->version).ok());
  EXPECT_EQ(small.set_up(ledger::AdoptImport{77, 1}).error().code, "import_adopted");
}

}  // namespace
}  // namespace tz::engine
