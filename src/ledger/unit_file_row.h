// One row of the file that units are imported from, read for itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/org_tree.h"

namespace tz::ledger {

constexpr std::size_t kUnitFileColumns = 7;

// A kind or a line by its identifier ("agency", "vertical") or by one of its Chinese words
// (机关, 垂直管理). There is one nation, the root, and no word for it.
std::optional<UnitKind> unit_kind_in_file(std::string_view word);
std::optional<LineKind> line_kind_in_file(std::string_view word);

// Whether these cells name the columns, in English (code,name,parent,kind,line,from,to) or
// Chinese (代码,名称,上级,类型,条线,起,止).
bool is_unit_file_header(const std::vector<std::string>& cells);

// Cells without the spaces around them.
struct UnitFileRow {
  std::size_t line_number = 1;
  std::string code;
  std::string parent;
  std::optional<LineKind> line;  // none: the row registers a unit
  std::string name;              // of a unit
  UnitKind kind = UnitKind::Village;
  Day from;
  std::optional<Day> to;
};

// What is in the row, as far as the row alone can tell. Refuses with the fact code:
// `unit_row_columns` (count, expected), `unit_code_bad`, `unit_parent_missing`,
// `unit_line_unknown` (line_kind), `unit_line_extra` (column: a row with a line names an edge and
// has neither name nor kind), `unit_name_empty`, `unit_name_too_long` (characters_max),
// `unit_name_control`, `unit_kind_unknown` (kind), `unit_day_bad` (column, text),
// `unit_days_reversed` (from, to).
Result<UnitFileRow> read_unit_file_row(std::size_t line_number,
                                       const std::vector<std::string>& cells);

// The row's code, if it registers a unit under a code that is one; so that a fault elsewhere in
// the row does not make its children's parent unknown.
std::optional<std::string> registered_code(const std::vector<std::string>& cells);

}  // namespace tz::ledger
