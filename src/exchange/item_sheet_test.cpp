// The template and the marked sheet, read back by the room's own reader.
#include "exchange/item_sheet.h"

#include <gtest/gtest.h>

#include <map>

#include "exchange/archive.h"
#include "exchange/small_state_test.h"
#include "exchange/xlsx_file.h"
#include "ledger/item_file.h"

namespace tz::exchange {
namespace {

std::string part_of(const std::string& bytes, const std::string& part) {
  XlsxLimits limits;
  auto archive = Archive::open(as_bytes(bytes), limits);
  if (!archive.ok() || !archive->has(part)) return "no such part";
  std::string out;
  EXPECT_TRUE(archive
                  ->read(part,
                         [&](std::string_view piece) -> Outcome {
                           out += piece;
                           return Done{};
                         })
                  .ok());
  return out;
}

std::size_t count_of(std::string_view text, std::string_view piece) {
  std::size_t count = 0;
  for (std::size_t at = text.find(piece); at != std::string_view::npos;
       at = text.find(piece, at + piece.size()))
    ++count;
  return count;
}

class Sheet : public testing::Test {
 protected:
  ItemSheetPlan plan(Language language = Language::Chinese) {
    return {state, "problem", UnitId{1}, words_of(language), language, Instant{}};
  }
  ledger::State state = small_state();
};

TEST_F(Sheet, TheTemplateHasTheLedgersColumnsAndDropDowns) {
  for (const Language language : {Language::Chinese, Language::English}) {
    const auto made = item_template(plan(language));
    ASSERT_TRUE(made.ok()) << made.error().code;
    const auto read = read_xlsx(as_bytes(*made));
    ASSERT_TRUE(read.ok());
    ASSERT_EQ(read->table.size(), 1U);
    EXPECT_EQ(read->table[0].cells[1], language == Language::English ? "Title" : "标题");
    EXPECT_EQ(read->table[0].cells.size(), ledger::item_file_columns().size());
    const std::string sheet = part_of(*made, "xl/worksheets/sheet1.xml");
    EXPECT_EQ(count_of(sheet, "type=\"list\""), 5U);  // this flow has no categories
    EXPECT_NE(sheet.find(language == Language::English ? "'Lists'!$A$2:$A$3" : "'选项'!$A$2:$A$3"),
              std::string::npos);
    EXPECT_NE(part_of(*made, "xl/worksheets/sheet2.xml").find("1306 保定市"), std::string::npos);
    const auto file = ledger::read_item_file(read->table, state, {"problem", UnitId{1}, 1, {}, {}});
    EXPECT_TRUE(file.ok() && file->faults.empty());
  }
}

TEST_F(Sheet, EachColumnOfTheTemplateIsAsWideAsWhatItHolds) {
  const std::map<std::string, std::string> widths = {
      {"Day of feedback", "13"}, {"Resettlement scheme", "26"}, {"Remark", "40"}};
  const auto made = item_template(plan(Language::English));
  ASSERT_TRUE(made.ok());
  const std::string sheet = part_of(*made, "xl/worksheets/sheet1.xml");
  const auto columns = ledger::item_file_columns();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string at = "<col min=\"" + std::to_string(i + 1) + "\"";
    const std::size_t from = sheet.find(at);
    ASSERT_NE(from, std::string::npos) << columns[i].word.en;
    const std::string col = sheet.substr(from, sheet.find("/>", from) - from);
    EXPECT_EQ(col.find(" width=\"0"), std::string::npos) << col;
    const auto width = widths.find(std::string(columns[i].word.en));
    if (width != widths.end()) {
      EXPECT_NE(col.find(" width=\"" + width->second + "."), std::string::npos) << col;
    }
  }
}

TEST_F(Sheet, TheListOfUnitsHasAnEnd) {
  ledger::OrgTree tree = *state.tree;
  std::vector<ledger::UnitRow> more;
  for (std::size_t i = 0; i < 600; ++i)
    more.push_back(
        {"u" + std::to_string(i), "村", UnitId{2}, ledger::UnitKind::Village, false, {}, {}});
  tree.add_units(more);
  state.tree = std::make_shared<ledger::OrgTree>(std::move(tree));
  const auto made = item_template(plan());
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(count_of(part_of(*made, "xl/worksheets/sheet2.xml"), " 村</t>"), kUnitsListedMax - 2);
  EXPECT_NE(part_of(*made, "xl/worksheets/sheet3.xml").find("500"), std::string::npos);
}

TEST_F(Sheet, ComesBackMarked) {
  const Table table = {{1, {"标题", "来源", "整改时限", "单位代码", "颜色"}},
                       {3, {"=1+1", "moon", "2019-09-30", "0099", ""}},
                       {4, {"", "审计", "soon", "1306 保定市", "x"}}};
  const auto file = ledger::read_item_file(table, state, {"problem", UnitId{1}, 1, {}, {}});
  ASSERT_TRUE(file.ok());
  ASSERT_EQ(file->faults.size(), 5U);
  const auto made = marked_items(plan(), table, file->faults);
  ASSERT_TRUE(made.ok()) << made.error().code;
  const auto back = read_xlsx(as_bytes(*made));
  ASSERT_TRUE(back.ok());
  ASSERT_EQ(back->table.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(back->table[i].line, table[i].line);
    EXPECT_EQ(back->table[i].cells, table[i].cells);
  }
  const std::string comments = part_of(*made, "xl/comments1.xml");
  for (const char* cell : {"E1", "B3", "D3", "A4", "C4"})
    EXPECT_NE(comments.find("ref=\"" + std::string(cell) + "\""), std::string::npos) << cell;
  EXPECT_EQ(count_of(comments, "<comment "), 5U);
  for (const CellFault& fault : file->faults)
    EXPECT_NE(comments.find(words_of(Language::Chinese).text(fault.error).substr(0, 12)),
              std::string::npos);
  const auto english = marked_items(plan(Language::English), table, file->faults);
  EXPECT_NE(part_of(*english, "xl/comments1.xml").find("is no day"), std::string::npos);
}

TEST_F(Sheet, MarksOfARowStandAtItsFirstCellAndThereAreNotTooMany) {
  Table table = {{1, {"title", "source"}}};
  std::vector<CellFault> faults = {{1, std::nullopt, refusal("column_missing", {{"column", "x"}})}};
  for (std::size_t line = 2; line < 10'000; ++line) {
    table.push_back({line, {"a", "b"}});
    faults.push_back({line, 1, refusal("source_unknown", {{"source", "b"}})});
  }
  const auto made = marked_items(plan(), table, faults);
  ASSERT_TRUE(made.ok());
  const std::string comments = part_of(*made, "xl/comments1.xml");
  EXPECT_NE(comments.find("ref=\"A1\""), std::string::npos);
  EXPECT_EQ(count_of(comments, "<comment "), kMarksMax);
  EXPECT_NE(part_of(*made, "xl/worksheets/sheet3.xml").find(std::to_string(kMarksMax)),
            std::string::npos);
}

}  // namespace
}  // namespace tz::exchange
