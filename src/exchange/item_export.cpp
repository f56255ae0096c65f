// A row's values, and writing them as cells of one or the other kind of file.
#include "exchange/item_export.h"

#include <array>
#include <variant>

#include "base/csv.h"
#include "exchange/new_workbook.h"

namespace tz::exchange {
namespace {

struct ColumnWord {
  std::string_view name;
  double width;  // in characters, about
};
constexpr std::array<ColumnWord, 18> kColumns = {{{"item", 14},
                                                  {"kind", 10},
                                                  {"title", 44},
                                                  {"place", 18},
                                                  {"path", 44},
                                                  {"source", 20},
                                                  {"state", 14},
                                                  {"phase", 12},
                                                  {"lead", 22},
                                                  {"opened", 12},
                                                  {"due", 12},
                                                  {"overdue", 8},
                                                  {"closed", 12},
                                                  {"fixed", 10},
                                                  {"reopened", 10},
                                                  {"unit", 15},
                                                  {"lead_unit", 15},
                                                  {"description", 60}}};
constexpr std::array<ItemColumn, 15> kUsual = {
    ItemColumn::Item,   ItemColumn::Kind,   ItemColumn::Title,   ItemColumn::Place,
    ItemColumn::Path,   ItemColumn::Source, ItemColumn::State,   ItemColumn::Phase,
    ItemColumn::Lead,   ItemColumn::Opened, ItemColumn::Due,     ItemColumn::Overdue,
    ItemColumn::Closed, ItemColumn::Fixed,  ItemColumn::Reopened};

using Value = std::variant<std::monostate, std::string, Day, std::int64_t>;

Value day_value(std::optional<Day> day) { return day ? Value(*day) : Value(); }

// What the columns hold for a row, in words of one language.
class Reading {
 public:
  explicit Reading(const ItemExportPlan& plan) : plan_(plan), tree_(*plan.state.tree) {
    TZ_ASSERT(!plan.columns.empty());
    TZ_ASSERT(plan.row_count <= kExportRowsMax);
  }

  [[nodiscard]] std::string stamp() const {
    std::string line = plan_.words.text("exchange.stamp",
                                        {{"origin", plan_.state.genesis.origin},
                                         {"position", std::to_string(plan_.position)},
                                         {"instant", tz::to_text(plan_.instant, plan_.state.zone)},
                                         {"count", std::to_string(plan_.row_count)}});
    if (plan_.rows_missing) line += " " + plan_.words.text("exchange.rows_missing");
    if (!plan_.state.genesis.simulated) return line;
    return plan_.words.text("exchange.simulated") + " " + line;
  }
  [[nodiscard]] std::string header(ItemColumn column) const {
    return word("exchange.column.", exchange::to_text(column));
  }

  [[nodiscard]] Value value(ItemColumn column, const ItemExportRow& given) const {
    const ledger::ItemRow& row = given.row;
    const ledger::Flow& flow = *plan_.state.flows[row.flow];
    switch (column) {
      case ItemColumn::Item:
        return ledger::to_text(row.no);
      case ItemColumn::Kind:
        return title(flow.title);
      case ItemColumn::Title:
        return given.title ? *given.title : plan_.words.text("exchange.text_destroyed");
      case ItemColumn::Place:
        return std::string(tree_.name(row.place));
      case ItemColumn::Path:
        return path(row.place);
      case ItemColumn::Source:
        return source(flow, given.source);
      case ItemColumn::State:
        return title(flow.states[row.state].title);
      case ItemColumn::Phase:
        return word("exchange.phase.", ledger::to_text(row.phase));
      case ItemColumn::Lead:
        return row.lead ? Value(std::string(tree_.name(*row.lead))) : Value();
      case ItemColumn::Opened:
        return row.opened;
      case ItemColumn::Due:
        return day_value(row.due);
      case ItemColumn::Overdue:
        return yes_no(ledger::is_open(row.phase) && row.due && *row.due < plan_.today);
      case ItemColumn::Closed:
        return day_value(row.closed);
      case ItemColumn::Fixed:
        return row.closed ? Value(yes_no(row.fixed)) : Value();
      case ItemColumn::Reopened:
        return std::int64_t{row.reopened};
      case ItemColumn::Unit:
        return std::string(tree_.code(row.place));
      case ItemColumn::LeadUnit:
        return row.lead ? Value(std::string(tree_.code(*row.lead))) : Value();
      case ItemColumn::Description:
        return given.description ? Value(*given.description) : Value();
    }
    return {};
  }

  [[nodiscard]] const ItemExportPlan& plan() const { return plan_; }

 private:
  [[nodiscard]] std::string word(const char* group, std::string_view name) const {
    return plan_.words.text(std::string(group) + std::string(name));
  }
  [[nodiscard]] const std::string& title(const ledger::Title& text) const {
    return plan_.language == Language::English ? text.en : text.zh;
  }
  [[nodiscard]] std::string yes_no(bool yes) const {
    return plan_.words.text(yes ? "exchange.yes" : "exchange.no");
  }
  [[nodiscard]] std::string path(UnitId unit) const {
    std::string out;
    for (const UnitId step : tree_.path(unit))
      out += (out.empty() ? "" : " / ") + std::string(tree_.name(step));
    return out;
  }
  [[nodiscard]] std::string source(const ledger::Flow& flow, const std::string& id) const {
    for (std::size_t i = 0; i < flow.sources.size() && i < flow.source_titles.size(); ++i)
      if (flow.sources[i] == id) return title(flow.source_titles[i]);
    return id;
  }

  const ItemExportPlan& plan_;
  const ledger::OrgTree& tree_;
};

class XlsxExport final : public ItemExport {
 public:
  XlsxExport(const ItemExportPlan& plan, NewWorkbook book)
      : reading_(plan), book_(std::move(book)) {
    sheet_ = book_.add_sheet(plan.words.text("exchange.sheet.ledger"));
    lxw_format* note = book_.add_format();
    format_set_bold(note);
    if (plan.state.genesis.simulated) format_set_font_color(note, 0xC00000);
    lxw_format* head = book_.add_format();
    format_set_bold(head);
    format_set_bg_color(head, 0xE8EEF5);
    format_set_bottom(head, LXW_BORDER_THIN);
    day_ = book_.add_format();
    format_set_num_format(day_, "yyyy-mm-dd");
    const auto last = static_cast<lxw_col_t>(plan.columns.size() - 1);
    for (lxw_col_t i = 0; i <= last; ++i)
      worksheet_set_column(sheet_, i, i, kColumns[static_cast<std::size_t>(plan.columns[i])].width,
                           nullptr);
    put(0, 0, reading_.stamp(), note);
    for (lxw_col_t i = 0; i <= last; ++i) put(1, i, reading_.header(plan.columns[i]), head);
    worksheet_freeze_panes(sheet_, kFirstRow, 1);
    worksheet_autofilter(sheet_, 1, 0, static_cast<lxw_row_t>(1 + plan.row_count), last);
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, kA4);
    worksheet_repeat_rows(sheet_, 1, 1);
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_set_footer(sheet_, "&C&P / &N");
  }

  Outcome add(const ItemExportRow& row) override {
    TZ_ASSERT(next_ - kFirstRow < reading_.plan().row_count);
    lxw_col_t at = 0;
    for (const ItemColumn column : reading_.plan().columns) {
      const Value value = reading_.value(column, row);
      if (const auto* text = std::get_if<std::string>(&value)) put(next_, at, *text, nullptr);
      if (const auto* day = std::get_if<Day>(&value))
        worksheet_write_number(sheet_, next_, at, number_of_day(*day), day_);
      if (const auto* number = std::get_if<std::int64_t>(&value))
        worksheet_write_number(sheet_, next_, at, static_cast<double>(*number), nullptr);
      ++at;
    }
    ++next_;
    return Done{};
  }
  Result<std::string> finish() override { return book_.finish(); }

 private:
  static constexpr lxw_row_t kFirstRow = 2;
  static constexpr std::uint8_t kA4 = 9;

  void put(lxw_row_t row, lxw_col_t column, const std::string& text, lxw_format* format) {
    worksheet_write_string(sheet_, row, column, sheet_text(text).c_str(), format);
  }

  Reading reading_;
  NewWorkbook book_;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* day_ = nullptr;
  lxw_row_t next_ = kFirstRow;
};

class CsvExport final : public ItemExport {
 public:
  explicit CsvExport(const ItemExportPlan& plan) : reading_(plan), out_("\xEF\xBB\xBF") {
    out_ += csv_cell(reading_.stamp()) + "\r\n";
    for (const ItemColumn column : plan.columns) put(reading_.header(column));
  }

  Outcome add(const ItemExportRow& row) override {
    for (const ItemColumn column : reading_.plan().columns) {
      const Value value = reading_.value(column, row);
      if (const auto* text = std::get_if<std::string>(&value))
        put(*text);
      else if (const auto* day = std::get_if<Day>(&value))
        put(tz::to_text(*day));
      else if (const auto* number = std::get_if<std::int64_t>(&value))
        put(std::to_string(*number));
      else
        put("");
    }
    return Done{};
  }
  Result<std::string> finish() override { return std::move(out_); }

 private:
  void put(const std::string& text) {
    out_ += csv_cell(text);
    at_ = (at_ + 1) % reading_.plan().columns.size();
    out_ += at_ == 0 ? "\r\n" : ",";
  }

  Reading reading_;
  std::string out_;
  std::size_t at_ = 0;
};

}  // namespace

std::string_view to_text(ItemColumn column) {
  return kColumns[static_cast<std::size_t>(column)].name;
}

std::optional<ItemColumn> item_column_named(std::string_view name) {
  for (std::size_t i = 0; i < kColumns.size(); ++i)
    if (kColumns[i].name == name) return static_cast<ItemColumn>(i);
  return std::nullopt;
}

std::span<const ItemColumn> usual_item_columns() { return kUsual; }

Result<std::unique_ptr<ItemExport>> xlsx_export(const ItemExportPlan& plan) {
  NewWorkbook book = TZ_TRY(NewWorkbook::create(plan.instant));
  return std::unique_ptr<ItemExport>(std::make_unique<XlsxExport>(plan, std::move(book)));
}

std::unique_ptr<ItemExport> csv_export(const ItemExportPlan& plan) {
  return std::make_unique<CsvExport>(plan);
}

}  // namespace tz::exchange
