// Deadlines for calendar programs (iCalendar, RFC 5545): a number, a day and a link each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace tz::exchange {

struct CalendarEntry {
  std::string uid;  // the same for the same deadline, whenever it is asked for
  Day day;
  std::string summary;
  std::string link;
};
struct CalendarFeed {
  std::string name;
  Instant stamp;  // when this was made
  std::vector<CalendarEntry> entries;
};

// Whole days; lines end in CRLF and are folded at 75 bytes, never within a character.
std::string write_calendar(const CalendarFeed& feed);

// A text as RFC 5545, 3.3.11 has it.
std::string escaped_text(std::string_view text);
// One line of content, folded, with its end.
std::string folded_line(std::string_view line);

}  // namespace tz::exchange
