// What has been kept for its time is found, and nothing else; destroying it passes by what moved
// on.
#include "engine/retention.h"

#include <gtest/gtest.h>

#include "engine/history.h"
#include "engine/small_engine_test.h"
#include "engine/writer.h"

namespace tz::engine {
namespace {

constexpr std::int64_t kTestDayUs = std::int64_t{86'400} * 1'000'000;

class RetentionTest : public testing::Test {
 protected:
  ledger::ItemNo open() {
    const auto receipt = small_.open_item();
    EXPECT_TRUE(receipt.ok());
    last_ = *receipt->version;
    return *receipt->item;
  }
  ledger::ItemNo open_and_drop() {
    const ledger::ItemNo no = open();
    ledger::TakeAction command{no, last_, "reject", {}};
    command.input.reason = "不属受理范围";
    const auto done = small_.engine->submit_and_wait({command, {kSupervisor, {}}, {}, {}});
    EXPECT_TRUE(done.ok()) << text_of(done.error());
    return no;
  }
  void pass_days(int days) { small_.clock.advance(days * kTestDayUs); }
  std::vector<ledger::ItemNo> over() {
    auto found = items_over(*small_.engine, small_.clock.now());
    EXPECT_TRUE(found.ok());
    return *std::move(found);
  }

  SmallEngine small_;
  Seq last_;
};

TEST_F(RetentionTest, OnlyWhatWasDroppedLongAgoIsOver) {
  const ledger::ItemNo old = open_and_drop();
  open();  // open items have no time that could be over
  pass_days(400);
  const Instant between = small_.clock.now();
  pass_days(1);
  const ledger::ItemNo young = open_and_drop();
  EXPECT_EQ(*items_over(*small_.engine, between), std::vector<ledger::ItemNo>{old});
  pass_days(1);
  EXPECT_EQ(over(), (std::vector<ledger::ItemNo>{old, young}));
  EXPECT_TRUE(items_over(*small_.engine, Instant{0})->empty());
}

TEST_F(RetentionTest, WhatIsErasedIsOverNoMore) {
  const ledger::ItemNo no = open_and_drop();
  pass_days(1);
  ASSERT_EQ(over(), std::vector<ledger::ItemNo>{no});
  EXPECT_TRUE(*erase_over(*small_.engine, no));
  const auto entries = history(*small_.engine, *small_.keyring, no);
  ASSERT_TRUE(entries.ok());
  EXPECT_FALSE(current_texts(*entries).title);
  pass_days(400);
  EXPECT_TRUE(over().empty()) << "the reason that is left is no reason to erase again";
  EXPECT_TRUE(small_.verify().findings.empty());
}

TEST_F(RetentionTest, AnItemThatIsNotThereIsAnError) {
  EXPECT_EQ(erase_over(*small_.engine, ledger::ItemNo{1}).error().code, "item_unknown");
}

TEST_F(RetentionTest, OldAnswersAreForgottenAndYoungOnesKept) {
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(small_.open_item(SmallEngine::key_of("old-" + std::to_string(i), "body")).ok());
  pass_days(8);
  const Instant before = small_.clock.now();
  pass_days(1);
  ASSERT_TRUE(small_.open_item(SmallEngine::key_of("young", "body")).ok());
  EXPECT_EQ(*forget_answers(*small_.engine, before), 3U);
  EXPECT_EQ(*forget_answers(*small_.engine, before), 0U);
  const auto again = small_.open_item(SmallEngine::key_of("young", "body"));
  EXPECT_TRUE(again.ok() && again->repeated);
  const auto reader = *small_.journal->open_reader();
  EXPECT_EQ(reader->kept_all(kIdempotencySpace)->size(), 1U);
}

TEST_F(RetentionTest, ManyAnswersGoInSeveralBatches) {
  std::vector<Request> requests;
  requests.reserve(1203);
  for (int i = 0; i < 1203; ++i)
    requests.push_back({SmallEngine::opening(),
                        {kRecorder, {}},
                        SmallEngine::key_of("key-" + std::to_string(i), "body"),
                        {}});
  for (const auto& answer : small_.ask_at_once(std::move(requests))) ASSERT_TRUE(answer.ok());
  pass_days(8);
  const std::size_t operations = journal::operation_count(*small_.store);
  EXPECT_EQ(*forget_answers(*small_.engine, small_.clock.now()), 1203U);
  EXPECT_GE(journal::operation_count(*small_.store) - operations, 3U);
}

TEST_F(RetentionTest, AFileIsCarriedUntilEveryItemThatAddedItIsErased) {
  const Hash file = sha256(as_bytes("a file"));
  std::vector<ledger::ItemNo> items;
  for (int i = 0; i < 2; ++i) {
    items.push_back(open());
    ledger::TakeAction command{items.back(), last_, "reject", {}};
    command.input.reason = "不属受理范围";
    command.input.evidence = {{file, "application/pdf", 6, {}, {}, {}, {}, {}}};
    ASSERT_TRUE(small_.engine->submit_and_wait({command, {kSupervisor, {}}, {}, {}}).ok());
  }
  EXPECT_EQ(*carried_files(*small_.engine), std::set<Hash>{file});
  ASSERT_TRUE(*erase_over(*small_.engine, items[0]));
  EXPECT_EQ(*carried_files(*small_.engine), std::set<Hash>{file}) << "the other still carries it";
  ASSERT_TRUE(*erase_over(*small_.engine, items[1]));
  EXPECT_TRUE(carried_files(*small_.engine)->empty());
}

}  // namespace
}  // namespace tz::engine
