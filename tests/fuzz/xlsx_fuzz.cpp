// Any bytes as a spreadsheet: read or refused, and what was read keeps its limits and its order.
// What does not begin as a ZIP file is taken as the insides of sheetData, sst and styleSheet, with
// a zero byte between, and packed here: a changed byte would else only break a checksum.
#include <cstddef>
#include <cstdint>

#include "exchange/xlsx_file.h"
#include "exchange/xlsx_parts_test.h"

namespace {

tz::Bytes packed(std::string_view text) {
  tz::exchange::Workbook book;
  std::string* const pieces[] = {&book.rows, &book.strings, &book.styles, &book.after};
  for (std::string* piece : pieces) {
    const std::size_t end = text.find('\0');
    *piece = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return book.bytes();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tz::exchange::XlsxLimits limits;
  limits.table = {.rows_max = 200,
                  .columns_max = 16,
                  .cells_max = 1000,
                  .cell_bytes_max = 4096,
                  .text_bytes_max = 1 << 16};
  limits.inflated_bytes_max = 1 << 20;
  limits.entries_max = 64;
  limits.strings_max = 1000;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const bool zip = text.starts_with("PK") || text.starts_with("\xd0\xcf");
  const tz::Bytes bytes = zip ? tz::Bytes(data, data + size) : packed(text);
  const auto read = tz::exchange::read_xlsx(bytes, limits);
  if (!read.ok()) {
    TZ_ASSERT(!read.error().code.empty());
    return 0;
  }
  std::size_t line = 0;
  std::size_t cells = 0;
  TZ_ASSERT(read->table.size() <= limits.table.rows_max + 1);
  for (const tz::TableRow& row : read->table) {
    TZ_ASSERT(row.line > line);
    line = row.line;
    cells += row.cells.size();
    TZ_ASSERT(row.cells.size() >= read->table.front().cells.size());
    TZ_ASSERT(row.cells.size() <= limits.table.columns_max);
    for (const std::string& cell : row.cells) TZ_ASSERT(cell.size() <= limits.table.cell_bytes_max);
  }
  TZ_ASSERT(cells <= limits.table.cells_max);
  return 0;
}
