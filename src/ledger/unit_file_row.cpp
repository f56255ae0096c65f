// The words and columns of the unit file.
#include "ledger/unit_file_row.h"

#include <algorithm>
#include <array>

#include "base/csv.h"

namespace tz::ledger {
namespace {

enum Column : std::size_t { kCode, kName, kParent, kKind, kLine, kFrom, kTo };

constexpr std::array<std::string_view, kUnitFileColumns> kEnglish = {
    "code", "name", "parent", "kind", "line", "from", "to"};
constexpr std::array<std::string_view, kUnitFileColumns> kChinese = {"代码", "名称", "上级", "类型",
                                                                     "条线", "起",   "止"};

struct KindWord {
  std::string_view word;
  UnitKind kind;
};
constexpr KindWord kKindWords[] = {
    {"省", UnitKind::Province},
    {"省级", UnitKind::Province},
    {"自治区", UnitKind::Province},
    {"直辖市", UnitKind::Province},
    {"市", UnitKind::Prefecture},
    {"地级", UnitKind::Prefecture},
    {"地级市", UnitKind::Prefecture},
    {"市级", UnitKind::Prefecture},
    {"地区", UnitKind::Prefecture},
    {"自治州", UnitKind::Prefecture},
    {"盟", UnitKind::Prefecture},
    {"县", UnitKind::County},
    {"区", UnitKind::County},
    {"县级", UnitKind::County},
    {"县级市", UnitKind::County},
    {"旗", UnitKind::County},
    {"乡", UnitKind::Township},
    {"镇", UnitKind::Township},
    {"街道", UnitKind::Township},
    {"乡镇", UnitKind::Township},
    {"乡级", UnitKind::Township},
    {"苏木", UnitKind::Township},
    {"村", UnitKind::Village},
    {"社区", UnitKind::Village},
    {"村级", UnitKind::Village},
    {"村委会", UnitKind::Village},
    {"居委会", UnitKind::Village},
    {"村民小组", UnitKind::Group},
    {"居民小组", UnitKind::Group},
    {"小组", UnitKind::Group},
    {"小区", UnitKind::Neighbourhood},
    {"机关", UnitKind::Agency},
    {"部门", UnitKind::Agency},
    {"支部", UnitKind::Branch},
    {"党支部", UnitKind::Branch},
    {"企业", UnitKind::Enterprise},
    {"高校", UnitKind::University},
    {"组织", UnitKind::Organisation},
    {"社会组织", UnitKind::Organisation},
    {"片区", UnitKind::Area},
};

struct LineWord {
  std::string_view word;
  LineKind line;
};
constexpr LineWord kLineWords[] = {
    {"业务", LineKind::Business}, {"垂直管理", LineKind::Vertical}, {"片区", LineKind::Area}};

std::string_view trimmed(std::string_view cell) {
  const std::size_t begin = cell.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return cell.substr(begin, cell.find_last_not_of(' ') + 1 - begin);
}

std::string shown(std::string_view cell) { return std::string(beginning_of(cell, 60)); }

Error fault(const char* error_code, std::string_view unit_code, Facts facts = {}) {
  facts.insert(facts.begin(), {"code", shown(unit_code)});
  return refusal(error_code, std::move(facts));
}

Result<Day> read_day(const UnitFileRow& row, std::string_view column, std::string_view text) {
  const auto day = parse_day(text);
  if (day.ok()) return *day;
  return fault("unit_day_bad", row.code, {{"column", std::string(column)}, {"text", shown(text)}});
}

Outcome read_days(UnitFileRow& row, std::string_view from, std::string_view to) {
  row.from = TZ_TRY(read_day(row, kEnglish[kFrom], from));
  if (to.empty()) return Done{};
  row.to = TZ_TRY(read_day(row, kEnglish[kTo], to));
  if (*row.to < row.from)
    return fault("unit_days_reversed", row.code,
                 {{"from", std::string(from)}, {"to", std::string(to)}});
  return Done{};
}

Outcome read_unit(UnitFileRow& row, std::string_view name, std::string_view kind_word) {
  const auto name_fault = unit_name_fault(name);
  if (name_fault == NameFault::Empty) return fault("unit_name_empty", row.code);
  if (name_fault == NameFault::TooLong)
    return fault("unit_name_too_long", row.code,
                 {{"characters_max", std::to_string(kUnitNameCharactersMax)}});
  if (name_fault == NameFault::ControlCharacter) return fault("unit_name_control", row.code);
  const auto kind = unit_kind_in_file(kind_word);
  if (!kind) return fault("unit_kind_unknown", row.code, {{"kind", shown(kind_word)}});
  row.name = name;
  row.kind = *kind;
  return Done{};
}

}  // namespace

std::optional<UnitKind> unit_kind_in_file(std::string_view word) {
  for (const KindWord& known : kKindWords)
    if (known.word == word || to_text(known.kind) == word) return known.kind;
  return std::nullopt;
}

std::optional<LineKind> line_kind_in_file(std::string_view word) {
  for (const LineWord& known : kLineWords)
    if (known.word == word || to_text(known.line) == word) return known.line;
  return std::nullopt;
}

bool is_unit_file_header(const std::vector<std::string>& cells) {
  const auto equal = [&](const std::array<std::string_view, kUnitFileColumns>& names) {
    return std::equal(
        cells.begin(), cells.end(), names.begin(), names.end(),
        [](const std::string& cell, std::string_view name) { return trimmed(cell) == name; });
  };
  return equal(kEnglish) || equal(kChinese);
}

Result<UnitFileRow> read_unit_file_row(std::size_t line_number,
                                       const std::vector<std::string>& cells) {
  const std::string_view code = cells.empty() ? "" : trimmed(cells[kCode]);
  if (cells.size() != kUnitFileColumns)
    return fault(
        "unit_row_columns", code,
        {{"count", std::to_string(cells.size())}, {"expected", std::to_string(kUnitFileColumns)}});
  std::array<std::string_view, kUnitFileColumns> cell;
  for (std::size_t i = 0; i < kUnitFileColumns; ++i) cell[i] = trimmed(cells[i]);
  if (!valid_unit_code(code)) return fault("unit_code_bad", code);
  if (cell[kParent].empty()) return fault("unit_parent_missing", code);
  UnitFileRow row;
  row.line_number = line_number;
  row.code = code;
  row.parent = cell[kParent];
  if (cell[kLine].empty()) {
    TZ_TRY(read_unit(row, cell[kName], cell[kKind]));
  } else {
    row.line = line_kind_in_file(cell[kLine]);
    if (!row.line) return fault("unit_line_unknown", code, {{"line_kind", shown(cell[kLine])}});
    for (const Column column : {kName, kKind})
      if (!cell[column].empty())
        return fault("unit_line_extra", code, {{"column", std::string(kEnglish[column])}});
  }
  TZ_TRY(read_days(row, cell[kFrom], cell[kTo]));
  return row;
}

std::optional<std::string> registered_code(const std::vector<std::string>& cells) {
  if (cells.empty() || !valid_unit_code(trimmed(cells[kCode]))) return std::nullopt;
  if (cells.size() > kLine && !trimmed(cells[kLine]).empty()) return std::nullopt;
  return std::string(trimmed(cells[kCode]));
}

}  // namespace tz::ledger
