// The texts of a list's rows: the same as the whole history gives, as they were at the rows.
#include "engine/item_texts.h"

#include <gtest/gtest.h>

#include "engine/history.h"
#include "engine/small_engine_test.h"

namespace tz::engine {
namespace {

class Texts : public testing::Test {
 protected:
  Receipt open_item(const std::string& title) {
    ledger::OpenItem command = SmallEngine::opening(title);
    command.description = title + "的描述";
    return *small.open_item({}, command);
  }
  void change(ledger::Command command) {
    const auto done = small.engine->submit_and_wait({std::move(command), {kRecorder, {}}, {}, {}});
    ASSERT_TRUE(done.ok()) << text_of(done.error());
  }
  std::vector<ledger::ItemRow> rows() {
    const auto view = small.engine->published().view;
    std::vector<ledger::ItemRow> out;
    for (const rollup::RowIndex index : view->list({}, {}, 100)) out.push_back(view->row(index));
    return out;
  }
  std::vector<ItemTexts> read(const std::vector<ledger::ItemRow>& of) {
    std::vector<ItemTexts> out;
    const Outcome done = read_item_texts(*small.engine, *small.keyring, of,
                                         [&](const ledger::ItemRow& row, ItemTexts texts) {
                                           EXPECT_EQ(row, of[out.size()]);
                                           out.push_back(std::move(texts));
                                           return Outcome(Done{});
                                         });
    EXPECT_TRUE(done.ok());
    return out;
  }

  SmallEngine small;
};

TEST_F(Texts, AreWhatTheHistoryGives) {
  const Receipt plain = open_item("甲");
  const Receipt corrected = open_item("乙");
  const Receipt destroyed = open_item("丙");
  ASSERT_TRUE(small.assign(*plain.item, plain.version).ok());
  Seq seen = *corrected.version;
  for (const auto& [field, value] : {std::pair<const char*, const char*>{"title", "乙一"},
                                     {"description", "乙的描述一"},
                                     {"source", "hotline"},
                                     {"title", "乙二"}}) {
    change(ledger::CorrectItem{*corrected.item, seen, field, value, "有误"});
    const auto view = small.engine->published().view;
    seen = view->row(*view->find(*corrected.item)).last;
  }
  change(ledger::RedactText{*destroyed.item, destroyed.version, *destroyed.version, 0, "误录"});
  const auto found = read(rows());
  ASSERT_EQ(found.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto all = history(*small.engine, *small.keyring, rows()[i].no);
    EXPECT_EQ(found[i].title, current_texts(*all).title);
    EXPECT_EQ(found[i].description, current_texts(*all).description);
  }
  EXPECT_FALSE(found[0].title.has_value());
  EXPECT_EQ(found[1].title, "乙二");
  EXPECT_EQ(found[1].source, "hotline");
  EXPECT_EQ(found[2].title, "甲");
  EXPECT_EQ(found[2].source, "resident");
}

TEST_F(Texts, AreAsTheyWereAtTheRow) {
  const Receipt opened = open_item("甲");
  const auto before = rows();
  change(ledger::CorrectItem{*opened.item, *opened.version, "title", "乙", "有误"});
  EXPECT_EQ(read(before)[0].title, "甲");
  EXPECT_EQ(read(rows())[0].title, "乙");
}

TEST_F(Texts, StopWithTheFirstError) {
  open_item("甲");
  open_item("乙");
  int count = 0;
  const Outcome done = read_item_texts(*small.engine, *small.keyring, rows(),
                                       [&](const ledger::ItemRow&, const ItemTexts&) {
                                         ++count;
                                         return Outcome(refusal("enough"));
                                       });
  EXPECT_EQ(done.error().code, "enough");
  EXPECT_EQ(count, 1);
}

}  // namespace
}  // namespace tz::engine
