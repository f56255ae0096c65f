// Renewing wrapping keys: texts open as before, old keys are gone, and nothing is lost on the way.
#include "engine/key_renewal.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <utility>
#include <vector>

#include "engine/history.h"
#include "engine/small_engine_test.h"

namespace tz::engine {
namespace {

constexpr std::int64_t kMonthUs = std::int64_t{31} * 86'400 * 1'000'000;

class KeyRenewalTest : public testing::Test {
 protected:
  // Items of September and of October 2019.
  void open_items(int each) {
    for (int month = 0; month < 2; ++month) {
      for (int i = 0; i < each; ++i) {
        const auto receipt = small_.open_item({}, SmallEngine::opening("标题" + std::to_string(i)));
        ASSERT_TRUE(receipt.ok());
        items_.push_back(*receipt);
      }
      small_.clock.advance(kMonthUs);
    }
  }
  Result<Renewal> renew(const std::string& before = "2019-11") {
    return renew_wrapping(*small_.engine, *small_.keyring, random_, {"2019-11", before, {}});
  }
  std::map<std::string, std::uint64_t> uses() {
    return *wrapped_under(**small_.journal->open_reader());
  }
  // Titles that open.
  std::size_t opened_count() {
    std::size_t count = 0;
    for (const Receipt& receipt : items_) {
      const auto entries = history(*small_.engine, *small_.keyring, *receipt.item);
      EXPECT_TRUE(entries.ok()) << text_of(entries.error());
      if (entries.ok() && current_texts(*entries).title) ++count;
    }
    return count;
  }
  std::vector<std::string> months() { return *small_.keyring->months(); }

  SmallEngine small_;
  SeededRandom random_{8};
  std::vector<Receipt> items_;
};

TEST_F(KeyRenewalTest, TextsOpenAsBeforeAndTheOldKeysAreGone) {
  open_items(600);  // of more than one batch
  const Hash root = small_.verify().root;
  const auto renewed = renew();
  ASSERT_TRUE(renewed.ok()) << text_of(renewed.error());
  EXPECT_EQ(renewed->rewrapped, 1200U);
  EXPECT_EQ(renewed->unopened, 0U);
  EXPECT_EQ(renewed->destroyed, (std::vector<std::string>{"2019-09", "2019-10"}));
  EXPECT_EQ(uses(), (std::map<std::string, std::uint64_t>{{"2019-11", 1200}}));
  EXPECT_EQ(months(), std::vector<std::string>{"2019-11"});
  EXPECT_EQ(opened_count(), 1200U);
  const VerifyReport report = small_.verify();
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(report.root, root) << "it is nothing that happened: no record says so";
  const auto again = renew();
  EXPECT_EQ(again->rewrapped, 0U);
  EXPECT_TRUE(again->destroyed.empty());
}

TEST_F(KeyRenewalTest, MonthsThatAreNotOldEnoughStay) {
  open_items(3);
  const auto renewed = renew("2019-10");
  EXPECT_EQ(renewed->destroyed, std::vector<std::string>{"2019-09"});
  EXPECT_EQ(uses(), (std::map<std::string, std::uint64_t>{{"2019-10", 3}, {"2019-11", 3}}));
  EXPECT_EQ(opened_count(), 6U);
}

TEST_F(KeyRenewalTest, WhatIsErasedWhileItGoesOnStaysErased) {
  open_items(600);
  const Receipt erased = items_.front();
  bool asked = false;
  const auto renewed = renew_wrapping(
      *small_.engine, *small_.keyring, random_,
      {"2019-11", "2019-11", [&](std::uint64_t) {
         if (asked) return;
         asked = true;
         // Of the rows that are wrapped anew already, and of those that were read
         // and are not.
         for (const Receipt& one : {erased, items_[550], items_.back()})
           ASSERT_TRUE(small_.set_up(ledger::EraseItem{*one.item, one.version, "误录"}).ok());
       }});
  ASSERT_TRUE(renewed.ok()) << text_of(renewed.error());
  EXPECT_EQ(months(), std::vector<std::string>{"2019-11"});
  // Each erasure left its reason, a text of its own.
  EXPECT_EQ(opened_count(), 1197U);
  EXPECT_TRUE(small_.verify().findings.empty());
}

// Between reading a key's row and opening it, its wrapping key may be destroyed.
TEST_F(KeyRenewalTest, ReadersMissNoTextMeanwhile) {
  open_items(100);
  std::atomic<bool> done{false};
  std::thread reader([&] {
    while (!done) EXPECT_EQ(opened_count(), items_.size());
  });
  EXPECT_TRUE(renew("2019-10").ok());
  EXPECT_TRUE(renew().ok());
  done = true;
  reader.join();
}

TEST_F(KeyRenewalTest, AKeyThatSomethingUnreadableLiesUnderIsKept) {
  open_items(2);
  Request damage;
  auto rows = *(*small_.journal->open_reader())->subject_keys(0, 1);
  rows[0].wrapped[40] ^= 1;
  damage.rewrapped = rows;
  ASSERT_TRUE(small_.engine->submit_and_wait(std::move(damage)).ok());
  const auto renewed = renew();
  ASSERT_TRUE(renewed.ok());
  EXPECT_EQ(renewed->unopened, 1U);
  EXPECT_EQ(renewed->rewrapped, 3U);
  EXPECT_EQ(renewed->destroyed, std::vector<std::string>{"2019-10"});
  EXPECT_EQ(uses(), (std::map<std::string, std::uint64_t>{{"2019-09", 1}, {"2019-11", 3}}));
}

// Each storage operation fails in turn: nothing is lost, and the next renewal goes on.
TEST_F(KeyRenewalTest, BrokenOffAnywhereNothingIsLost) {
  using journal::Fault;
  open_items(600);
  std::size_t broken_count = 0;
  for (std::size_t at = 0; at < 5; ++at)
    for (const Fault fault : {Fault::Full, Fault::FailedBefore, Fault::FailedAfter}) {
      std::vector<Fault> faults(at, Fault::None);
      faults.insert(faults.end(), 2, fault);  // the engine tries a batch twice
      small_.meet(std::move(faults));
      const auto renewed = renew();
      small_.meet({});
      if (!renewed.ok()) {
        ++broken_count;
        EXPECT_TRUE(renewed.error().code.starts_with("storage_")) << text_of(renewed.error());
      }
      small_.open();  // as after a restart
      EXPECT_EQ(opened_count(), 1200U);
      EXPECT_TRUE(small_.verify().findings.empty());
    }
  EXPECT_GE(broken_count, 3U);
  ASSERT_TRUE(renew().ok());
  EXPECT_EQ(months(), std::vector<std::string>{"2019-11"});
  EXPECT_EQ(opened_count(), 1200U);
}

TEST_F(KeyRenewalTest, OthersAreAnsweredBetweenItsBatches) {
  open_items(600);
  std::size_t answered = 0;
  const auto renewed = renew_wrapping(*small_.engine, *small_.keyring, random_,
                                      {"2019-11", "2019-11", [&](std::uint64_t rewrapped) {
                                         if (rewrapped < 1200 && small_.open_item().ok())
                                           ++answered;
                                       }});
  ASSERT_TRUE(renewed.ok());
  EXPECT_EQ(answered, 2U);
}

}  // namespace
}  // namespace tz::engine
