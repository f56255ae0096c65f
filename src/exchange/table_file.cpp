// Looking at the first bytes, and CSV under the limits of a table.
#include "exchange/table_file.h"

#include "base/csv.h"
#include "exchange/archive.h"

namespace tz::exchange {
namespace {

bool a_spreadsheet(BytesView bytes) {
  const std::string_view text = as_text(bytes);
  return text.starts_with("PK\x03\x04") || text.starts_with("PK\x05\x06") ||
         text.starts_with("\xd0\xcf\x11\xe0");
}

Result<ReadTable> read_csv(BytesView bytes, const TableLimits& limits) {
  const std::string text = TZ_TRY(to_utf8(bytes));
  CsvReader reader(text,
                   {.cell_bytes_max = limits.cell_bytes_max, .cells_max = limits.columns_max});
  ReadTable out;
  TableRow row;
  std::size_t cells = 0;
  while (TZ_TRY(reader.next(row))) {
    if (out.table.size() == limits.rows_max + 1) return too_large("rows", limits.rows_max);
    cells += row.cells.size();
    if (cells > limits.cells_max) return too_large("cells", limits.cells_max);
    out.table.push_back(row);
  }
  return out;
}

}  // namespace

Result<ReadTable> read_table(BytesView bytes, const TableLimits& limits) {
  if (!a_spreadsheet(bytes)) return read_csv(bytes, limits);
  XlsxLimits of_spreadsheets;
  of_spreadsheets.table = limits;
  return read_xlsx(bytes, of_spreadsheets);
}

}  // namespace tz::exchange
