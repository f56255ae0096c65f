// Rows and cells of the calendar's files.
#include "calendar/rows.h"

#include <algorithm>

namespace tz::calendar {

Error malformed(const Place& place, std::string_view why) {
  return refusal("calendar_malformed", {{"line", std::to_string(place.line)},
                                        {"column", std::string(place.column)},
                                        {"why", std::string(why)}});
}

Result<std::vector<TableRow>> read_rows(std::string_view text) {
  if (!valid_utf8(text)) return malformed({1, "text"}, "text");
  constexpr CsvLimits kLimits{.bytes_max = 4 << 20, .cell_bytes_max = 1 << 12, .cells_max = 64};
  std::vector<TableRow> rows = TZ_TRY(parse_csv(text, kLimits));
  std::erase_if(rows, [](const TableRow& row) { return row.cells[0].starts_with('#'); });
  return rows;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
}

Result<std::optional<Day>> optional_day(std::string_view text, const Place& place) {
  if (text.empty()) return std::optional<Day>();
  return std::optional<Day>(TZ_TRY(needed_day(text, place)));
}

Result<Day> needed_day(std::string_view text, const Place& place) {
  auto day = parse_day(text);
  if (!day.ok()) return malformed(place, "day");
  return day;
}

}  // namespace tz::calendar
