// Notices about public holidays: which days are off, which are worked instead, and since when it
// was known.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace tz::calendar {

// Where a calendar holds: the beginning of a division code, of 2, 4 or 6 digits; empty for the
// whole country.
struct Region {
  std::string code;
  // The region lies in the other, or is it.
  [[nodiscard]] bool within(const Region& other) const { return code.starts_with(other.code); }
  friend bool operator==(const Region&, const Region&) = default;
};

// Refuses `bad_region` (facts: text).
Result<Region> parse_region(std::string_view text);

enum class DayKind { Off, Work };

// Days that a notice names, both ends included.
struct NamedDays {
  DayKind kind = DayKind::Off;
  Day from;
  Day to;
  std::string holiday;  // a code: "national_day"
};

struct Notice {
  std::string id;
  Region region;
  std::optional<Day> issued;     // the day under it
  std::optional<Day> published;  // the day it was made public, where that was found
  std::string number;            // empty where it was not found
  std::optional<int> year;       // whose whole arrangement it is; none for a single change
  std::string supersedes;        // the notice some of whose days it changes, or empty
  std::vector<NamedDays> days;

  // Since when it could be reckoned with.
  [[nodiscard]] Day known() const { return published ? *published : *issued; }
};

// A holiday that a region has every year, on days that only a notice of its own tells.
struct LocalHoliday {
  Region region;
  int from = 0;           // the first year
  std::optional<int> to;  // the last; none: for good
  std::string holiday;    // a code: "corban"
};

struct NoticeFile {
  std::vector<Notice> notices;
  std::vector<LocalHoliday> locals;
};

// From comma-separated text, in its order:
//
//   line   = "#" comment | notice | days | local
//   notice = "notice" ID REGION ISSUED PUBLISHED NUMBER YEAR SUPERSEDES
//   days   = ( "off" | "work" ) FROM TO HOLIDAY        belong to the notice above
//   local  = "local" REGION FROM TO HOLIDAY            the first year and the last, or empty
//
// Refuses `calendar_malformed` (facts: line; column, its name; why: one of word, cells, text,
// day, order, year, region, twice, unknown, orphan, known) and what base/csv.h refuses. `twice`: a
// name stands already, or a day was named for the region by a notice that this one does not
// supersede.
Result<NoticeFile> read_notices(std::string_view text);

}  // namespace tz::calendar
