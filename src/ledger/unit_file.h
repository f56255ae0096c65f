// Units and line edges from a file, checked against the tree they are to join.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/org_tree.h"

namespace tz::ledger {

// What is wrong with the row that begins on this line of the file.
struct RowFault {
  std::size_t line = 1;
  Error error;
};

struct UnitFile {
  std::vector<UnitRow> rows;     // parents before children; ids go up from the tree's size
  std::vector<LineEdge> edges;   // to be added after `rows`
  std::vector<RowFault> faults;  // by line, at most one a row; if any, the rest is empty
};

// Reads CSV with the columns code,name,parent,kind,line,from,to (or their Chinese names). A row
// without `line` registers a unit below `parent`, which is in the tree or anywhere in the file; a
// row with a line (business, vertical, area) adds an edge from the unit `code` to `parent`.
//
// Faults of a row: those of read_unit_file_row, and with the facts code and parent
//   unit_code_taken (in the tree), unit_code_repeated (first_line), unit_parent_unknown,
//   unit_parent_area (an area has members, not children), unit_parent_ended (unit: the row's code;
//   on its first day the parent is over), unit_line_unit_unknown,
//   unit_area_expected (an area edge must lead to an area), unit_line_taken and
//   unit_line_repeated (the same edge with a day in common stands in the tree, or on first_line),
//   unit_cycle (by place, or on some day by place and line, or by area edges; given to the last row
//   that takes part).
// Refuses the file as a whole with `unit_file_header` (expected, found) and as CsvReader::next.
Result<UnitFile> read_unit_file(std::string_view utf8, const OrgTree& tree);

}  // namespace tz::ledger
