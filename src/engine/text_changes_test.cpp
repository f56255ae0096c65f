// Titles and descriptions as whoever follows the journal gets to know them.
#include "engine/text_changes.h"

#include <gtest/gtest.h>

#include <map>

#include "engine/small_engine_test.h"

namespace tz::engine {
namespace {

class TextChanges : public testing::Test {
 protected:
  // Follows from `from` in runs of that length; what is known at the end, and how far it goes.
  std::map<ledger::ItemNo, CurrentTexts> follow(std::size_t count_max, std::uint64_t from = 0) {
    std::map<ledger::ItemNo, CurrentTexts> out;
    for (;;) {
      const auto some = text_changes(*small.engine, *small.keyring, Seq{from}, count_max);
      EXPECT_TRUE(some.ok());
      EXPECT_EQ(some->unreadable_count, 0U);
      for (const TextChange& change : some->changes) out[change.item] = change.texts;
      if (some->next == from) break;
      from = some->next;
    }
    EXPECT_EQ(from, small.engine->published().size);
    return out;
  }
  Seq done(ledger::Command command) {
    const auto receipt =
        small.engine->submit_and_wait({std::move(command), {kRecorder, {}}, {}, {}});
    EXPECT_TRUE(receipt.ok()) << text_of(receipt.error());
    return *receipt->version;
  }

  SmallEngine small;
};

TEST_F(TextChanges, AreAsCorrectionsAndErasureLeaveThemHoweverTheyAreRead) {
  ledger::OpenItem command = SmallEngine::opening("小区无处停车");
  command.description = "僵尸车占用";
  const auto one = small.open_item({}, command);
  const auto two = small.open_item({}, command);
  const auto three = small.open_item({}, command);
  ASSERT_TRUE(small.assign(*one->item, *one->version).ok());
  done(ledger::CorrectItem{*two->item, *two->version, "title", "路灯不亮", "登记有误"});
  done(ledger::RedactText{*three->item, *three->version, *three->version, 1, "误录"});
  for (const std::size_t count_max : {1U, 2U, 1000U}) {
    const auto known = follow(count_max);
    ASSERT_EQ(known.size(), 3U);
    EXPECT_EQ(known.at(*one->item).title, "小区无处停车");
    EXPECT_EQ(known.at(*one->item).description, "僵尸车占用");
    EXPECT_EQ(known.at(*two->item).title, "路灯不亮");
    EXPECT_EQ(known.at(*three->item).title, "小区无处停车");
    EXPECT_FALSE(known.at(*three->item).description);
  }
  const std::uint64_t size = small.engine->published().size;
  done(ledger::CorrectItem{
      *one->item,
      small.engine->published().view->row(*small.engine->published().view->find(*one->item)).last,
      "description", "已挪走", "登记有误"});
  const auto later = follow(100, size);
  ASSERT_EQ(later.size(), 1U);
  EXPECT_EQ(later.at(*one->item).description, "已挪走");
  EXPECT_EQ(later.at(*one->item).title, "小区无处停车");
}

TEST_F(TextChanges, TellWhichUnitSupervises) {
  const auto one = small.open_item();
  ledger::TakeAction command{*one->item, *one->version, "assign", {}};
  command.input.lead = UnitId{0};
  command.input.supervising = UnitId{0};
  command.input.due = *parse_day("2019-10-31");
  ASSERT_TRUE(small.engine->submit_and_wait({command, {kSupervisor, {}}, {}, {}}).ok());
  const auto some = text_changes(*small.engine, *small.keyring, *one->version, 100);
  ASSERT_TRUE(some.ok());
  ASSERT_EQ(some->named.size(), 1U);
  EXPECT_EQ(some->named[0].item, *one->item);
  EXPECT_EQ(some->named[0].unit, UnitId{0});
}

TEST_F(TextChanges, OfADestroyedRecordAreNotGivenEvenBeforeItsErasureIsRead) {
  const auto one = small.open_item();
  done(ledger::RedactText{*one->item, *one->version, *one->version, 0, "误录"});
  const auto some = text_changes(*small.engine, *small.keyring, *one->version, 1);
  ASSERT_TRUE(some.ok());
  ASSERT_EQ(some->changes.size(), 1U);
  EXPECT_FALSE(some->changes[0].texts.title);
}

TEST_F(TextChanges, WhoseKeyIsMissingAreToldAndTheOthersAreKnown) {
  const auto one = small.open_item();
  const auto empty = access::Keyring::in_memory();
  const auto some = text_changes(*small.engine, *empty, *one->version, 10);
  ASSERT_TRUE(some.ok());
  EXPECT_EQ(some->unreadable_count, 1U);
  EXPECT_EQ(some->next, small.engine->published().size);
  EXPECT_FALSE(some->changes[0].texts.title);
}

}  // namespace
}  // namespace tz::engine
