// The rows of a difference of trees as CSV, written and read back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/tree_diff.h"
#include "ledger/unit_file.h"

namespace tz::ledger {

enum class DiffWords : std::uint8_t { English, Chinese };

// Columns status,change,kind,placeholder,old_code,old_name,old_parent,new_code,new_name,
// new_parent,successors,parted_from,why, or their Chinese names; several successors with spaces
// between them.
std::string write_diff(const std::vector<DiffRow>& rows, DiffWords words);

struct DiffFile {
  std::vector<DiffRow> rows;
  std::vector<RowFault> faults;  // by line; if any, the rows do not matter
};
// In either language, and with the words of either. Faults: `diff_word` (column, found),
// `diff_missing` (column), `diff_twice` (code: an earlier or later code in two rows; first_line).
// Refuses `diff_header` (expected, found) and as CsvReader::next.
Result<DiffFile> read_diff(std::string_view utf8);

}  // namespace tz::ledger
