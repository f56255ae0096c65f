// Any bytes as a clerk's file: converted or refused, read or refused, and what was read can be
// written and read back.
#include <cstddef>
#include <cstdint>

#include "base/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = tz::to_utf8({data, size});
  if (!text.ok()) return 0;
  TZ_ASSERT(tz::valid_utf8(*text));
  const tz::CsvLimits limits{.bytes_max = 1 << 16, .cell_bytes_max = 256, .cells_max = 16};
  const auto rows = tz::parse_csv(*text, limits);
  if (!rows.ok()) return 0;
  for (const tz::TableRow& row : *rows) {
    TZ_ASSERT(!row.cells.empty());
    TZ_ASSERT(row.cells.size() <= limits.cells_max);
    for (const std::string& cell : row.cells) {
      TZ_ASSERT(cell.size() <= limits.cell_bytes_max);
      const auto again = tz::parse_csv("x," + tz::csv_cell(cell) + "\n");
      TZ_ASSERT(again.ok());
      TZ_ASSERT(again->size() == 1);
      const std::string& read = again->front().cells.back();
      TZ_ASSERT(read == cell || read == "'" + cell);
    }
  }
  return 0;
}
