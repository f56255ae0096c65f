// An item's history for readers: every record, its texts, what corrections and erasure leave.
#include "engine/history.h"

#include <gtest/gtest.h>

#include "engine/small_engine_test.h"

namespace tz::engine {
namespace {

class History : public testing::Test {
 protected:
  History() {
    ledger::OpenItem command = SmallEngine::opening("小区无处停车");
    command.description = "僵尸车占用公共车位";
    const auto opened = small.open_item({}, command);
    no = *opened->item;
    version = *opened->version;
  }
  void correct(const std::string& field, const std::string& value) {
    const auto done = small.engine->submit_and_wait(
        {ledger::CorrectItem{no, version, field, value, "登记有误"}, {kRecorder, {}}, {}, {}});
    ASSERT_TRUE(done.ok()) << text_of(done.error());
    version = *done->version;
  }
  void redact(Seq record, std::uint8_t part) {
    const auto done = small.engine->submit_and_wait(
        {ledger::RedactText{no, version, record, part, "误录"}, {kRecorder, {}}, {}, {}});
    ASSERT_TRUE(done.ok()) << text_of(done.error());
    version = *done->version;
  }
  std::vector<HistoryEntry> entries() {
    auto read = history(*small.engine, *small.keyring, no);
    EXPECT_TRUE(read.ok());
    return std::move(read).value();
  }

  SmallEngine small;
  ledger::ItemNo no;
  Seq version;
};

TEST_F(History, IsOldestFirstWithTextsAndLeaves) {
  ASSERT_TRUE(small.open_item().ok());  // another item's record between
  ASSERT_TRUE(small.assign(no, version).ok());
  const auto all = entries();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].record.type, "item_opened");
  EXPECT_EQ(all[1].record.type, "assigned");
  EXPECT_EQ(all[2].record.type, "transition_taken");
  EXPECT_EQ(all[0].event.labels, (std::vector<std::string>{"title", "description"}));
  EXPECT_EQ(all[0].texts,
            (std::vector<std::optional<std::string>>{"小区无处停车", "僵尸车占用公共车位"}));
  EXPECT_EQ(all[2].record.prev, all[1].record.seq);
  const auto reader = small.journal->open_reader();
  for (const HistoryEntry& entry : all)
    EXPECT_EQ(entry.leaf, merkle::leaf_hash((*reader)->read_headers(entry.record.seq, 1)->front()));
  EXPECT_EQ(history(*small.engine, *small.keyring, ledger::ItemNo{1}).error().code, "item_unknown");
}

TEST_F(History, CorrectionsReplaceTheCurrentTextAndKeepTheOld) {
  correct("title", "改正的标题");
  correct("description", "改正的描述");
  const CurrentTexts texts = current_texts(entries());
  EXPECT_EQ(texts.title, "改正的标题");
  EXPECT_EQ(texts.description, "改正的描述");
  EXPECT_EQ(entries()[0].texts[0], "小区无处停车");
}

TEST_F(History, ARedactedTextIsGoneEverywhereAndTheJournalHolds) {
  const auto destroyed = [&] { return small.verify().destroyed_count; };
  EXPECT_EQ(destroyed(), 0U);
  redact(entries()[0].record.seq, 1);
  EXPECT_EQ(entries()[0].texts[0], "小区无处停车");
  EXPECT_FALSE(entries()[0].texts[1]);
  EXPECT_FALSE(current_texts(entries()).description);
  const std::uint64_t subject = entries()[0].record.parts[1].subject;
  EXPECT_FALSE(*(*small.journal->open_reader())->subject_key(subject)) << "the key is still there";
  EXPECT_EQ(destroyed(), 1U);
  EXPECT_TRUE(small.verify().findings.empty());
  small.open();
  EXPECT_FALSE(entries()[0].texts[1]);
  EXPECT_EQ(
      small.engine
          ->submit_and_wait({ledger::RedactText{no, version, entries()[0].record.seq, 1, "再"},
                             {kRecorder, {}},
                             {},
                             {}})
          .error()
          .code,
      "text_destroyed");
}

TEST_F(History, ACorrectedTextThatIsDestroyedDoesNotGiveWayToTheWrongOne) {
  correct("title", "又写了居民电话");
  redact(version, 1);
  EXPECT_FALSE(current_texts(entries()).title);
}

// A name stands for the assignment it came with: the next one, to whomever, begins without.
TEST_F(History, NamesHoldUntilTheNextAssignment) {
  ledger::TakeAction assign{no, version, "assign", {}};
  assign.input.lead = UnitId{0};
  assign.input.due = *parse_day("2019-10-31");
  assign.input.lead_official = "演示甲";
  assign.input.responsible_person = "演示乙";
  const auto done = small.engine->submit_and_wait({assign, {kSupervisor, {}}, {}, {}});
  ASSERT_TRUE(done.ok()) << text_of(done.error());
  version = *done->version;
  correct("responsible_person", "演示丙");
  EXPECT_EQ(current_texts(entries()).lead_official, "演示甲");
  EXPECT_EQ(current_texts(entries()).responsible_person, "演示丙");
  auto all = entries();
  HistoryEntry again;
  again.event.event = ledger::Assigned{};
  all.push_back(std::move(again));
  EXPECT_FALSE(current_texts(all).lead_official);
  EXPECT_FALSE(current_texts(all).responsible_person);
}

TEST_F(History, ALedgerThatIsNoDemonstrationTakesNothingInvented) {
  for (const ledger::Origin origin : {ledger::Origin::Article, ledger::Origin::Invented}) {
    Request request{SmallEngine::opening(), {kRecorder, {}}, {}, {}};
    request.origin = origin;
    EXPECT_EQ(small.engine->submit_and_wait(request).error().code, "origin_not_simulated");
  }
  EXPECT_EQ(entries()[0].event.origin, ledger::Origin::Real);
  EXPECT_EQ(entries()[0].record.payload.find("origin"), std::string::npos);
}

TEST_F(History, RecordsComeInCommitOrder) {
  const auto some = records_from(*small.engine, Seq{1}, 3);
  ASSERT_TRUE(some.ok());
  ASSERT_EQ(some->size(), 3U);
  for (std::uint64_t i = 0; i < 3; ++i) EXPECT_EQ((*some)[i].record.seq, Seq{i + 1});
  EXPECT_TRUE(records_from(*small.engine, Seq{small.stored_size()}, 3)->empty());
}

}  // namespace
}  // namespace tz::engine
