// A table that somebody sends, CSV or XLSX, told apart by its bytes.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/table.h"
#include "exchange/xlsx_file.h"

namespace tz::exchange {

// XLSX as read_xlsx reads it; anything else is CSV, of which the header's empty cells at the end
// stay. Refuses as read_xlsx does, as to_utf8 and CsvReader do, and `table_too_large`. Any thread.
Result<ReadTable> read_table(BytesView bytes, const TableLimits& limits = {});

}  // namespace tz::exchange
