// One sheet's cells, in the order of the file.
#include "exchange/xlsx_file.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "exchange/workbook_parts.h"
#include "exchange/xml_part.h"

namespace tz::exchange {
namespace {

constexpr std::size_t kSheetRowsMax = 1'048'576;  // of the format itself
constexpr std::size_t kSheetColumnsMax = 16'384;
constexpr std::size_t kMergesMax = 100'000;
constexpr std::string_view kNoValue = "=?";  // what then stands in the table
constexpr double kExactBelow = 1e15;         // what 15 digits hold

struct Place {
  std::size_t row = 0;     // from 1
  std::size_t column = 0;  // from 0
};

// "B12"; none for what is no place of a sheet.
std::optional<Place> place_named(std::string_view text) {
  std::size_t letters = 0;
  std::size_t column = 0;
  while (letters < text.size() && letters < 3 && text[letters] >= 'A' && text[letters] <= 'Z')
    column = column * 26 + static_cast<std::size_t>(text[letters++] - 'A') + 1;
  Place out;
  const char* end = text.data() + text.size();
  const auto [at, fault] = std::from_chars(text.data() + letters, end, out.row);
  if (letters == 0 || fault != std::errc{} || at != end) return std::nullopt;
  if (column > kSheetColumnsMax || out.row == 0 || out.row > kSheetRowsMax) return std::nullopt;
  out.column = column - 1;
  return out;
}

template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number out{};
  const char* end = text.data() + text.size();
  const auto [at, fault] = std::from_chars(text.data(), end, out);
  if (fault != std::errc{} || at != end) return std::nullopt;
  return out;
}

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// What stands outside of the sheet and its cells' meaning rests on.
struct Around {
  std::string part;
  SharedStrings strings;
  DayStyles day_styles;
  DateSystem dates = DateSystem::From1900;
};

// Takes cells in, one after the other, and keeps the table within its limits.
class TableMaker {
 public:
  explicit TableMaker(const XlsxLimits& limits) : limits_(limits) {}

  Outcome put(Place at, std::string_view text) {
    if (text.empty()) return Done{};
    const TableLimits& max = limits_.table;
    if (at.column >= max.columns_max) return too_large("columns", max.columns_max);
    if (text.size() > max.cell_bytes_max) return too_large("cell_bytes", max.cell_bytes_max);
    text_bytes_ += text.size();
    if (text_bytes_ > max.text_bytes_max) return too_large("text_bytes", max.text_bytes_max);
    if (made.table.empty() || made.table.back().line != at.row) {
      if (made.table.size() == max.rows_max + 1) return too_large("rows", max.rows_max);
      TZ_TRY(finish_row());
      made.table.push_back({at.row, {}});
    }
    std::vector<std::string>& cells = made.table.back().cells;
    cells.resize(at.column + 1);
    cells[at.column] = text;
    return Done{};
  }
  void fault(Place at, Error error) {
    if (made.faults.size() < limits_.faults_max)
      made.faults.push_back({at.row, at.column, std::move(error)});
  }
  // Makes the newest row as wide as the header.
  Outcome finish_row() {
    if (made.table.empty()) return Done{};
    std::vector<std::string>& cells = made.table.back().cells;
    cells.resize(std::max(cells.size(), made.table.front().cells.size()));
    cells_ += cells.size();
    if (cells_ > limits_.table.cells_max) return too_large("cells", limits_.table.cells_max);
    return Done{};
  }

  ReadTable made;

 private:
  const XlsxLimits& limits_;
  std::size_t cells_ = 0;
  std::size_t text_bytes_ = 0;
};

class SheetReader final : public PartReader {
 public:
  SheetReader(const Around& around, const XlsxLimits& limits)
      : around_(around), limits_(limits), maker_(limits) {}

  Outcome begin(std::string_view name, const Attributes& attributes) override {
    if (name == "mergeCell") return take_merge(attributes.find("ref").value_or(""));
    if (name == "row") return begin_row(attributes);
    if (name == "c") return begin_cell(attributes);
    if (!in_cell_) return Done{};
    if (name == "f") has_formula_ = true;
    if (name == "rPh") in_phonetic_ = true;
    if (name == "v") has_value_ = true;
    if (name == "v" || (name == "t" && !in_phonetic_)) in_text_ = true;
    return Done{};
  }
  Outcome end(std::string_view name) override {
    if (name == "v" || name == "t") in_text_ = false;
    if (name == "rPh") in_phonetic_ = false;
    if (name != "c" || !in_cell_) return Done{};
    in_cell_ = false;
    return take_cell();
  }
  Outcome text(std::string_view text) override {
    if (in_text_) text_ += text;
    if (text_.size() > limits_.table.cell_bytes_max)
      return too_large("cell_bytes", limits_.table.cell_bytes_max);
    return Done{};
  }

  Result<ReadTable> finish() {
    TZ_TRY(maker_.finish_row());
    ReadTable& made = maker_.made;
    if (!made.table.empty())
      for (const auto& [first, last] : merges_)
        if (first.row <= made.table[0].line && made.table[0].line <= last.row)
          return refusal("xlsx_header_merged",
                         {{"cells", column_letters(first.column) + std::to_string(first.row) + ":" +
                                        column_letters(last.column) + std::to_string(last.row)}});
    return std::move(made);
  }

 private:
  [[nodiscard]] Error wrong(const char* why) const { return damaged(around_.part, why); }

  Outcome take_merge(std::string_view range) {
    if (merges_.size() == kMergesMax) return too_large("merges", kMergesMax);
    const std::size_t colon = range.find(':');
    if (colon == std::string_view::npos) return Done{};
    const auto first = place_named(range.substr(0, colon));
    const auto last = place_named(range.substr(colon + 1));
    if (first && last) merges_.emplace_back(*first, *last);
    return Done{};
  }

  // Some programs leave out the numbers of rows and cells: then each follows the one before.
  Outcome begin_row(const Attributes& attributes) {
    const std::size_t before = at_.row;
    at_.row = before + 1;
    if (const auto number = attributes.find("r")) {
      const auto read = number_in<std::size_t>(*number);
      if (!read || *read <= before) return wrong("row_number");
      at_.row = *read;
    }
    if (at_.row > kSheetRowsMax) return wrong("row_number");
    next_column_ = 0;
    return Done{};
  }

  Outcome begin_cell(const Attributes& attributes) {
    if (at_.row == 0) return wrong("cell_without_row");
    at_.column = next_column_;
    if (const auto name = attributes.find("r")) {
      const auto place = place_named(*name);
      if (!place || place->row != at_.row || place->column < next_column_)
        return wrong("cell_name");
      at_.column = place->column;
    }
    next_column_ = at_.column + 1;
    type_ = attributes.find("t").value_or("n");
    style_ = number_in<std::size_t>(attributes.find("s").value_or("0")).value_or(0);
    in_cell_ = true;
    has_formula_ = has_value_ = in_text_ = in_phonetic_ = false;
    text_.clear();
    return Done{};
  }

  Outcome take_cell() {
    if (has_formula_ && !has_value_) {
      maker_.fault(at_, refusal("cell_no_value"));
      return maker_.put(at_, kNoValue);
    }
    if (type_ == "inlineStr" || type_ == "str") return maker_.put(at_, plain_text(text_));
    const std::string_view value = without_blanks(text_);
    if (value.empty()) return Done{};
    if (type_ == "s") {
      const auto index = number_in<std::size_t>(value);
      if (!index || *index >= around_.strings.size()) return wrong("shared_string");
      return maker_.put(at_, around_.strings.at(*index));
    }
    if (type_ == "b") return maker_.put(at_, value == "1" || value == "true" ? "TRUE" : "FALSE");
    if (type_ == "d") return maker_.put(at_, value.substr(0, value.find('T')));
    if (type_ == "n") return take_number(value);
    if (type_ != "e") return wrong("cell_type");
    maker_.fault(at_, refusal("cell_error", {{"value", plain_text(value.substr(0, 40))}}));
    return maker_.put(at_, plain_text(value));
  }

  Outcome take_number(std::string_view value) {
    const auto number = number_in<double>(value);
    if (!number || !std::isfinite(*number)) return wrong("number");
    const bool as_day = style_ < around_.day_styles.size() && around_.day_styles[style_];
    const auto day = as_day ? day_of_number(*number, around_.dates) : std::nullopt;
    if (day) return maker_.put(at_, to_text(*day));
    if (std::fabs(*number) >= kExactBelow) maker_.fault(at_, refusal("cell_digits_lost"));
    return maker_.put(at_, number_text(*number));
  }

  const Around& around_;
  const XlsxLimits& limits_;
  TableMaker maker_;
  std::vector<std::pair<Place, Place>> merges_;
  Place at_;
  std::size_t next_column_ = 0;
  std::string type_;
  std::size_t style_ = 0;
  std::string text_;
  bool in_cell_ = false;
  bool in_text_ = false;
  bool in_phonetic_ = false;
  bool has_formula_ = false;
  bool has_value_ = false;
};

}  // namespace

Result<ReadTable> read_xlsx(BytesView bytes, const XlsxLimits& limits) {
  Archive archive = TZ_TRY(Archive::open(bytes, limits));
  const WorkbookMap map = TZ_TRY(map_workbook(archive, limits));
  Around around;
  around.part = map.sheet;
  around.dates = map.dates;
  if (map.strings && archive.has(*map.strings))
    around.strings = TZ_TRY(read_strings(archive, *map.strings, limits));
  if (map.styles && archive.has(*map.styles))
    around.day_styles = TZ_TRY(read_styles(archive, *map.styles, limits));
  SheetReader reader(around, limits);
  TZ_TRY(read_part(archive, map.sheet, limits, reader));
  return reader.finish();
}

}  // namespace tz::exchange
