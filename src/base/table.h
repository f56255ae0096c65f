// A table of text cells: what a CSV file and a spreadsheet are both read into.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace tz {

struct TableRow {
  std::size_t line = 1;  // where the row begins in the file, from 1; a spreadsheet's row number
  std::vector<std::string> cells;
};
using Table = std::vector<TableRow>;

// What is wrong with a cell of a table, or with a whole row where no column is named.
struct CellFault {
  std::size_t line = 1;
  std::optional<std::size_t> column;  // from 0
  Error error;
};

// What is taken of a table that people send.
struct TableLimits {
  std::size_t rows_max = 100'000;
  std::size_t columns_max = 256;
  std::size_t cells_max = 2'000'000;  // in all rows together
  std::size_t cell_bytes_max = 1 << 16;
  std::size_t text_bytes_max = std::size_t{64} << 20;  // of all cells together
};

// A column's letters as a spreadsheet shows them: "A" for 0, "AA" for 26.
std::string column_letters(std::size_t column);

}  // namespace tz
