// Three sheets: the one to fill in, the lists its drop-downs take from, and what it all means.
#include "exchange/item_sheet.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <set>

#include "exchange/new_workbook.h"
#include "ledger/item_file.h"

namespace tz::exchange {
namespace {

constexpr lxw_row_t kFilledRows = 5'000;  // that drop-downs reach down to
constexpr std::size_t kSheetRowsMax = 1'048'576;
constexpr std::uint8_t kA4 = 9;
// How wide a column of the ledger stands.
struct Width {
  std::string_view column;
  double characters;
};
constexpr Width kWidths[] = {{"unit", 26},         {"title", 40},        {"description", 50},
                             {"source", 22},       {"upstream_no", 18},  {"source_doc", 26},
                             {"batch", 12},        {"feedback", 13},     {"category", 16},
                             {"nature", 10},       {"severity", 10},     {"fix_class", 14},
                             {"due", 13},          {"occurred", 13},     {"target", 40},
                             {"key_measures", 40}, {"implementing", 26}, {"accepting", 26},
                             {"special", 40},      {"scheme", 26},       {"remark", 40}};
constexpr double kWidthOther = 16;  // of a column the ledger does not know

// A drop-down's column, and what it offers.
struct List {
  const ledger::ItemFileColumn* column = nullptr;
  std::vector<std::string> choices;
};

class SheetWriter {
 public:
  SheetWriter(const ItemSheetPlan& plan, NewWorkbook book) : plan_(plan), book_(std::move(book)) {
    const auto flow = plan.state.flow_of(plan.kind);
    TZ_ASSERT(flow.has_value());
    flow_ = plan.state.flows[*flow].get();
    collect_units();
    collect_lists();
    make_formats();
    items_ = book_.add_sheet(word("exchange.sheet.items"));
  }

  // The header, and the columns' formats and drop-downs below it.
  void write_header(lxw_row_t row, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const ledger::ItemFileColumn* column = column_named(names[i]);
      const auto at = static_cast<lxw_col_t>(i);
      const bool needed = column != nullptr && column->needed;
      worksheet_set_column(items_, at, at, width_of(column), format_of(column));
      put(items_, row, at, names[i], needed ? needed_ : head_);
      if (column != nullptr) add_choice(row + 1, at, column->word);
    }
    worksheet_freeze_panes(items_, row + 1, 0);
    worksheet_repeat_rows(items_, row, row);
  }

  void write_rows(const Table& table, std::span<const CellFault> faults) {
    mark(faults);
    const bool as_numbered = table.empty() || table.back().line <= kSheetRowsMax;
    for (std::size_t i = 0; i < table.size(); ++i) {
      const auto row = static_cast<lxw_row_t>(as_numbered ? table[i].line - 1 : i);
      if (i == 0) write_header(row, without_empty_end(table[0].cells));
      write_row(row, table[i], i == 0);
    }
  }

  Result<std::string> finish(bool marks_left_out) {
    worksheet_set_landscape(items_);
    worksheet_set_paper(items_, kA4);
    worksheet_fit_to_pages(items_, 1, 0);
    if (plan_.state.genesis.simulated)
      worksheet_set_header(items_, ("&C" + word("exchange.simulated")).c_str());
    write_lists();
    write_explanation(marks_left_out);
    return book_.finish();
  }

  [[nodiscard]] std::string name_of(const ledger::ItemFileWord& each) const {
    return std::string(english() ? each.en : each.zh);
  }

 private:
  [[nodiscard]] bool english() const { return plan_.language == Language::English; }
  [[nodiscard]] std::string word(const std::string& key, const Facts& facts = {}) const {
    return plan_.words.text(key, facts);
  }
  static void put(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& text,
                  lxw_format* format) {
    worksheet_write_string(sheet, row, column, sheet_text(text).c_str(), format);
  }

  void make_formats() {
    const auto filled = [&](lxw_color_t color) {
      lxw_format* format = book_.add_format();
      format_set_bg_color(format, color);
      return format;
    };
    head_ = filled(0xE8EEF5);
    needed_ = filled(0xFFE9B8);
    for (lxw_format* format : {head_, needed_}) {
      format_set_bold(format);
      format_set_bottom(format, LXW_BORDER_THIN);
    }
    text_ = book_.add_format();
    format_set_num_format(text_, "@");
    day_ = book_.add_format();
    format_set_num_format(day_, "yyyy-mm-dd");
    wrong_ = filled(0xFFC7CE);
    format_set_num_format(wrong_, "@");
    wrong_day_ = filled(0xFFC7CE);
    format_set_num_format(wrong_day_, "yyyy-mm-dd");
    wrap_ = book_.add_format();
    format_set_text_wrap(wrap_);
    format_set_align(wrap_, LXW_ALIGN_VERTICAL_TOP);
    bold_ = book_.add_format();
    format_set_bold(bold_);
  }

  // Level by level, so that what is near comes first.
  void collect_units() {
    const ledger::OrgTree& tree = *plan_.state.tree;
    units_.push_back(plan_.unit);
    for (std::size_t i = 0; i < units_.size(); ++i) {
      for (const UnitId child : tree.visible_children(units_[i])) {
        if (units_.size() == kUnitsListedMax) {
          units_left_out_ = true;
          return;
        }
        units_.push_back(child);
      }
    }
  }

  static std::vector<std::string> without_empty_end(std::vector<std::string> names) {
    while (!names.empty() && names.back().empty()) names.pop_back();
    return names;
  }

  // None: the ledger does not know it.
  static const ledger::ItemFileColumn* column_named(std::string_view name) {
    for (const ledger::ItemFileColumn& column : ledger::item_file_columns())
      if (name == column.word.id || name == column.word.zh || name == column.word.en)
        return &column;
    return nullptr;
  }
  static double width_of(const ledger::ItemFileColumn* column) {
    for (const Width& width : kWidths)
      if (column != nullptr && width.column == column->word.id) return width.characters;
    return kWidthOther;
  }

  static bool holds_days(const ledger::ItemFileColumn* column) {
    return column != nullptr && (column->word.id == "due" || column->word.id == "occurred" ||
                                 column->word.id == "feedback");
  }
  lxw_format* format_of(const ledger::ItemFileColumn* column) const {
    return holds_days(column) ? day_ : text_;
  }

  // What the drop-down of a column offers; empty where it has none.
  [[nodiscard]] std::vector<std::string> choices_of(std::string_view column) const {
    std::vector<std::string> out;
    for (const ledger::ItemFileWord& each : ledger::item_file_choices(plan_.state, *flow_, column))
      out.push_back(name_of(each));
    if (column != "unit") return out;
    const ledger::OrgTree& tree = *plan_.state.tree;
    for (const UnitId unit : units_)
      out.push_back(std::string(tree.code(unit)) + " " + std::string(tree.name(unit)));
    return out;
  }

  // The columns that have a drop-down: each has a column of the sheet of lists to itself.
  void collect_lists() {
    for (const ledger::ItemFileColumn& column : ledger::item_file_columns()) {
      std::vector<std::string> choices = choices_of(column.word.id);
      if (!choices.empty()) lists_.push_back({&column, std::move(choices)});
    }
  }

  [[nodiscard]] std::string range_of(std::string_view column) const {
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      if (lists_[i].column->word.id != column) continue;
      const std::string letters = column_letters(i);
      return "'" + word("exchange.sheet.lists") + "'!$" + letters + "$2:$" + letters + "$" +
             std::to_string(lists_[i].choices.size() + 1);
    }
    return {};
  }

  void add_choice(lxw_row_t first, lxw_col_t column, const ledger::ItemFileWord& what) {
    const std::string_view id = what.id;
    lxw_data_validation choice{};
    const std::string range = range_of(id);
    std::string title = name_of(what);
    std::string help = word("exchange.help." + std::string(id));
    choice.ignore_blank = LXW_VALIDATION_ON;
    choice.show_input = LXW_VALIDATION_ON;
    choice.show_error = LXW_VALIDATION_ON;
    choice.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;  // the ledger itself decides
    choice.dropdown = LXW_VALIDATION_ON;
    choice.validate = LXW_VALIDATION_TYPE_ANY;
    if (range.empty()) choice.show_error = LXW_VALIDATION_OFF;
    choice.input_title = title.data();
    choice.input_message = help.data();
    worksheet_data_validation_range(items_, first, column, first + kFilledRows - 1, column,
                                    &choice);
    if (!range.empty()) choose_from(range);
  }

  // Makes the newest input help a list. Given a list at once, the library copies its formula twice
  // and loses one copy for good (libxlsxwriter 1.1.4).
  void choose_from(const std::string& range) {
    lxw_data_val_obj* newest = nullptr;
    STAILQ_FOREACH(newest, items_->data_validations, list_pointers) {
      if (STAILQ_NEXT(newest, list_pointers) == nullptr) break;
    }
    TZ_ASSERT(newest != nullptr);
    newest->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    newest->value_formula = ::strdup(range.c_str());  // the library frees it
  }

  void mark(std::span<const CellFault> faults) {
    for (const CellFault& fault : faults) {
      std::string& sentences = marks_[{fault.line, fault.column.value_or(0)}];
      if (!sentences.empty()) sentences += "\n";
      sentences += plan_.words.text(fault.error);
    }
  }

  void write_row(lxw_row_t row, const TableRow& own, bool header) {
    if (header) columns_ = own.cells;
    auto next = marks_.lower_bound({own.line, 0});
    for (std::size_t i = 0;
         i < own.cells.size() || (next != marks_.end() && next->first.first == own.line); ++i) {
      const auto at = static_cast<lxw_col_t>(i);
      const std::string text = i < own.cells.size() ? own.cells[i] : std::string();
      const bool marked = next != marks_.end() && next->first == std::pair(own.line, i);
      if (header && !marked) continue;  // written with its format already
      const auto* column = i < columns_.size() ? column_named(columns_[i]) : nullptr;
      write_cell(row, at, text, holds_days(column) && !header, marked);
      if (!marked) continue;
      add_comment(row, at, next->second);
      ++next;
    }
  }

  void write_cell(lxw_row_t row, lxw_col_t at, const std::string& text, bool day, bool marked) {
    lxw_format* as_text = marked ? wrong_ : nullptr;
    std::optional<Day> read;
    if (day && parse_day(text).ok()) read = *parse_day(text);
    if (read)
      worksheet_write_number(items_, row, at, number_of_day(*read), marked ? wrong_day_ : day_);
    else if (!text.empty())
      put(items_, row, at, text, as_text != nullptr ? as_text : text_);
    else if (marked)
      worksheet_write_blank(items_, row, at, wrong_);
  }

  void add_comment(lxw_row_t row, lxw_col_t at, const std::string& sentences) {
    lxw_comment_options options{};
    options.width = 320;
    options.height = 110;
    worksheet_write_comment_opt(items_, row, at, sheet_text(sentences).c_str(), &options);
  }

  void write_lists() {
    lxw_worksheet* sheet = book_.add_sheet(word("exchange.sheet.lists"));
    std::size_t longest = 0;
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      const auto at = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet, at, at, 26, nullptr);
      put(sheet, 0, at, name_of(lists_[i].column->word), head_);
      longest = std::max(longest, lists_[i].choices.size());
    }
    for (std::size_t row = 0; row < longest; ++row)
      for (std::size_t i = 0; i < lists_.size(); ++i)
        if (row < lists_[i].choices.size())
          put(sheet, static_cast<lxw_row_t>(row + 1), static_cast<lxw_col_t>(i),
              lists_[i].choices[row], nullptr);
  }

  void write_explanation(bool marks_left_out) {
    lxw_worksheet* sheet = book_.add_sheet(word("exchange.sheet.about"));
    worksheet_set_column(sheet, 0, 0, 18, nullptr);
    worksheet_set_column(sheet, 1, 1, 10, nullptr);
    worksheet_set_column(sheet, 2, 2, 80, wrap_);
    lxw_row_t row = 0;
    const ledger::OrgTree& tree = *plan_.state.tree;
    if (plan_.state.genesis.simulated) put(sheet, row++, 0, word("exchange.simulated"), bold_);
    put(sheet, row++, 0,
        word("exchange.about.what", {{"origin", plan_.state.genesis.origin},
                                     {"kind", english() ? flow_->title.en : flow_->title.zh},
                                     {"unit", std::string(tree.code(plan_.unit)) + " " +
                                                  std::string(tree.name(plan_.unit))}}),
        bold_);
    if (marks_left_out)
      put(sheet, row++, 0, word("exchange.about.marks", {{"count", std::to_string(kMarksMax)}}),
          bold_);
    ++row;
    for (const ledger::ItemFileColumn& column : ledger::item_file_columns()) {
      put(sheet, row, 0, name_of(column.word), head_);
      put(sheet, row, 1, word(column.needed ? "exchange.needed" : "exchange.may_be_empty"),
          column.needed ? needed_ : nullptr);
      put(sheet, row++, 2, word("exchange.help." + std::string(column.word.id)), wrap_);
    }
    ++row;
    for (const char* line : {"exchange.about.sheet", "exchange.about.header", "exchange.about.days",
                             "exchange.about.faults"})
      put(sheet, row++, 0, word(line), nullptr);
    if (units_left_out_)
      put(sheet, row++, 0,
          word("exchange.about.units", {{"count", std::to_string(kUnitsListedMax)}}), nullptr);
  }

  const ItemSheetPlan& plan_;
  NewWorkbook book_;
  const ledger::Flow* flow_ = nullptr;
  std::vector<UnitId> units_;
  bool units_left_out_ = false;
  std::vector<List> lists_;
  std::vector<std::string> columns_;                                  // of the header
  std::map<std::pair<std::size_t, std::size_t>, std::string> marks_;  // by line and column
  lxw_worksheet* items_ = nullptr;
  lxw_format* head_ = nullptr;
  lxw_format* needed_ = nullptr;
  lxw_format* text_ = nullptr;
  lxw_format* day_ = nullptr;
  lxw_format* wrong_ = nullptr;
  lxw_format* wrong_day_ = nullptr;
  lxw_format* wrap_ = nullptr;
  lxw_format* bold_ = nullptr;
};

}  // namespace

Result<std::string> item_template(const ItemSheetPlan& plan) {
  SheetWriter writer(plan, TZ_TRY(NewWorkbook::create(plan.instant)));
  std::vector<std::string> names;
  for (const ledger::ItemFileColumn& column : ledger::item_file_columns())
    names.push_back(writer.name_of(column.word));
  writer.write_header(0, names);
  return writer.finish(false);
}

Result<std::string> marked_items(const ItemSheetPlan& plan, const Table& table,
                                 std::span<const CellFault> faults) {
  SheetWriter writer(plan, TZ_TRY(NewWorkbook::create(plan.instant)));
  writer.write_rows(table, faults.first(std::min(faults.size(), kMarksMax)));
  return writer.finish(faults.size() > kMarksMax);
}

}  // namespace tz::exchange
