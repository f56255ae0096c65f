// The calendar's own files, row by row: comments are passed over, faults name line and column.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.h"
#include "base/time.h"

namespace tz::calendar {

// Where a value stands that cannot be read.
struct Place {
  std::size_t line = 1;
  std::string_view column;
};

Error malformed(const Place& place, std::string_view why);

// The rows of a file without its comments. Refuses as parse_csv, and `calendar_malformed` for text
// that is not UTF-8.
Result<std::vector<TableRow>> read_rows(std::string_view text);

// Lower case letters, digits, "_", "-" and ".": what names a notice, a holiday or a rule.
bool is_name(std::string_view text);

// None for an empty cell.
Result<std::optional<Day>> optional_day(std::string_view text, const Place& place);
Result<Day> needed_day(std::string_view text, const Place& place);

}  // namespace tz::calendar
