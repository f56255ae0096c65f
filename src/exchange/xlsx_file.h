// Reading an .xlsx file: the first visible sheet as a table of texts.
#pragma once

#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/table.h"
#include "exchange/xlsx_limits.h"

namespace tz::exchange {

struct ReadTable {
  // Without blank rows; the first is the header. A row has at least as many cells as the header,
  // and none at its end is empty beyond that.
  Table table;
  std::vector<CellFault> faults;  // cells that cannot be taken, by row and column
};

// What a cell shows becomes text: texts as they are, whole numbers without exponent, TRUE and
// FALSE, days (by the cell's number format) as 2019-09-08, a formula as the value saved with it.
// Hidden rows and columns are read; links to other files, pictures and macros are not looked at.
//
// Faults of a cell: cell_error (fact: value) for #N/A and the like, cell_no_value for a formula
// without a saved value (the table has =? in its place), cell_digits_lost for a number of more than
// 15 digits. Refuses `xlsx_not_zip`, `xlsx_old_format`, `xlsx_encrypted`, `xlsx_damaged` (facts:
// part, why), `xlsx_doctype` (fact: part), `xlsx_sheet_missing`, `xlsx_header_merged` (fact: cells)
// and `table_too_large` (facts: what, max). Pure; any thread.
Result<ReadTable> read_xlsx(BytesView bytes, const XlsxLimits& limits = {});

}  // namespace tz::exchange
