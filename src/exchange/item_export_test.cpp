// What is exported, read back by the room's own readers.
#include "exchange/item_export.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/csv.h"
#include "exchange/new_workbook.h"
#include "exchange/small_state_test.h"
#include "exchange/xlsx_file.h"

namespace tz::exchange {

const Messages& words_of(Language language) {
  const auto read = [](const std::string& name) {
    std::ifstream in(std::string(TZ_SOURCE) + "/locales/" + name, std::ios::binary);
    return *Messages::parse(std::string(std::istreambuf_iterator<char>(in), {}));
  };
  static const Messages chinese = read("zh-CN.json");
  static const Messages english = read("en.json");
  return language == Language::English ? english : chinese;
}

namespace {

Day day(const char* text) { return *parse_day(text); }

ItemExportRow sample_row(std::optional<std::string> title) {
  ItemExportRow out;
  out.row.no = ledger::ItemNo{7};
  out.row.place = UnitId{2};
  out.row.lead = UnitId{1};
  out.row.opened = day("2019-09-08");
  out.row.due = day("2019-09-08");
  out.title = std::move(title);
  out.source = "audit";
  return out;
}

class Export : public testing::Test {
 protected:
  ItemExportPlan plan(Language language, std::vector<ItemColumn> columns, std::size_t rows) {
    ItemExportPlan out{
        std::move(columns), state, words_of(language), language, day("2019-09-09"), 12, {}, rows};
    out.instant = start_of(day("2019-09-09"), Zone{});
    return out;
  }
  static std::vector<ItemColumn> usual() {
    return {usual_item_columns().begin(), usual_item_columns().end()};
  }
  static std::string written(Result<std::unique_ptr<ItemExport>> made,
                             const std::vector<ItemExportRow>& rows) {
    if (!made.ok()) return made.error().code;
    for (const ItemExportRow& row : rows) EXPECT_TRUE((*made)->add(row).ok());
    const auto bytes = (*made)->finish();
    return bytes.ok() ? *bytes : bytes.error().code;
  }

  ledger::State state = small_state();
};

TEST_F(Export, BothKindsOfFileSayTheSame) {
  ItemExportRow closed = sample_row("=1+1");
  closed.row.state = 1;
  closed.row.phase = ledger::Phase::Closed;
  closed.row.closed = day("2019-09-09");
  closed.row.fixed = true;
  closed.row.reopened = 2;
  closed.row.lead.reset();
  closed.row.due.reset();
  const std::vector<ItemExportRow> rows = {sample_row("楼道, \"堆物\""), closed, sample_row({})};
  for (const Language language : {Language::Chinese, Language::English}) {
    const auto asked = plan(language, usual(), rows.size());
    const auto sheet = read_xlsx(as_bytes(written(xlsx_export(asked), rows)));
    const std::string text = written(csv_export(asked), rows);
    ASSERT_TRUE(sheet.ok()) << sheet.error().code;
    EXPECT_TRUE(sheet->faults.empty());
    EXPECT_TRUE(text.starts_with("\xEF\xBB\xBF"));
    auto csv = parse_csv(text);
    ASSERT_TRUE(csv.ok());
    ASSERT_EQ(csv->size(), 5U);
    ASSERT_EQ(sheet->table.size(), 5U);
    EXPECT_EQ((*csv)[3].cells[2], "'=1+1");
    (*csv)[3].cells[2] = "=1+1";
    for (std::size_t i = 0; i < 5; ++i) {
      std::vector<std::string> cells = sheet->table[i].cells;
      cells.resize((*csv)[i].cells.size());
      EXPECT_EQ((*csv)[i].cells, cells) << i;
    }
  }
  const auto asked = plan(Language::Chinese, usual(), rows.size());
  const auto csv = *parse_csv(written(csv_export(asked), rows));
  EXPECT_EQ(csv[0].cells[0],
            "台账 ledger.test/log，流水位置 12，时刻 2019-09-09T00:00:00.000+08:00，共 3 项。");
  EXPECT_EQ(csv[2].cells, (std::vector<std::string>{
                              ledger::to_text(ledger::ItemNo{7}), "问题", "楼道, \"堆物\"",
                              "保定市", "全国 / 河北省 / 保定市", "审计", "已登记", "已列账",
                              "河北省", "2019-09-08", "2019-09-08", "是", "", "", "0"}));
  EXPECT_EQ(csv[3].cells[13], "是");
  EXPECT_EQ(csv[4].cells[2], "（已销毁）");
}

TEST_F(Export, ColumnsAreThoseAskedForInTheirOrder) {
  const auto asked =
      plan(Language::English, {ItemColumn::Unit, ItemColumn::Item, ItemColumn::LeadUnit}, 1);
  const auto csv = *parse_csv(written(csv_export(asked), {sample_row("x")}));
  EXPECT_EQ(csv[1].cells, (std::vector<std::string>{"Code of place", "Item", "Code of lead unit"}));
  EXPECT_EQ(csv[2].cells,
            (std::vector<std::string>{"1306", ledger::to_text(ledger::ItemNo{7}), "13"}));
  for (const ItemColumn column : usual_item_columns())
    EXPECT_EQ(item_column_named(to_text(column)), column);
  EXPECT_EQ(item_column_named("description"), ItemColumn::Description);
  EXPECT_FALSE(item_column_named("colour").has_value());
}

TEST_F(Export, ASimulatedLedgerSaysSoFirst) {
  state.genesis.simulated = true;
  for (const Language language : {Language::Chinese, Language::English}) {
    const std::string banner = words_of(language).text("exchange.simulated");
    const auto asked = plan(language, usual(), 0);
    const auto sheet = read_xlsx(as_bytes(written(xlsx_export(asked), {})));
    EXPECT_TRUE(sheet->table[0].cells[0].starts_with(banner));
    EXPECT_NE(written(csv_export(asked), {}).find(banner), std::string::npos);
  }
}

TEST_F(Export, ThatRowsMayBeMissingStandsInTheFirstLine) {
  for (const Language language : {Language::Chinese, Language::English}) {
    const std::string warning = words_of(language).text("exchange.rows_missing");
    auto asked = plan(language, usual(), 0);
    EXPECT_EQ(written(csv_export(asked), {}).find(warning), std::string::npos);
    asked.rows_missing = true;
    EXPECT_NE(written(csv_export(asked), {}).find(warning), std::string::npos);
    const auto sheet = read_xlsx(as_bytes(written(xlsx_export(asked), {})));
    EXPECT_NE(sheet->table[0].cells[0].find(warning), std::string::npos);
  }
}

TEST_F(Export, EveryColumnAndPhaseHasItsWord) {
  for (const Language language : {Language::Chinese, Language::English}) {
    for (std::size_t i = 0; i <= static_cast<std::size_t>(ItemColumn::Description); ++i)
      EXPECT_TRUE(words_of(language).has("exchange.column." +
                                         std::string(to_text(static_cast<ItemColumn>(i)))));
    for (std::size_t i = 0; i < ledger::kPhaseCount; ++i)
      EXPECT_TRUE(words_of(language).has(
          "exchange.phase." + std::string(ledger::to_text(static_cast<ledger::Phase>(i)))));
  }
}

TEST_F(Export, AnyTextComesBackAsItWas) {
  for (const std::string text :
       {"=cmd|' /C calc'!A0", "+1", "@x", "_x0041_", "a_x000D_b", "<&>\"'", "两\n行", " 前后 ",
        "𠀀😀", "\t表", "{=1}", "https://example.org/", "internal:Sheet!A1"}) {
    const auto asked = plan(Language::Chinese, {ItemColumn::Title}, 1);
    const auto sheet = read_xlsx(as_bytes(written(xlsx_export(asked), {sample_row(text)})));
    ASSERT_TRUE(sheet.ok()) << text;
    EXPECT_EQ(sheet->table[2].cells[0], text);
  }
  EXPECT_EQ(sheet_text(std::string("a\0b\x1f\r\n\xef\xbf\xbf", 9)),
            "a\xef\xbf\xbd"
            "b\xef\xbf\xbd\n\xef\xbf\xbd");
  EXPECT_EQ(sheet_text(std::string(40'000, 'x')).size(), 32'002U);
}

}  // namespace
}  // namespace tz::exchange
