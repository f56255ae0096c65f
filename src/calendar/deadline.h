// When a time limit ends, and why: a pure function of its start, its length and the calendar.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/calendar.h"

namespace tz::calendar {

// A count is no time: of persons, of points, of times.
enum class LengthUnit { Hours, NaturalDays, WorkingDays, Months, Count };

struct Length {
  LengthUnit unit = LengthUnit::NaturalDays;
  std::int32_t amount = 1;
  friend bool operator==(const Length&, const Length&) = default;
};

constexpr std::int32_t kLengthMax = 9'999;

std::string to_text(const Length& length);           // "24h", "15d", "5wd", "2m"; a count: "3"
std::string_view to_text(LengthUnit unit);           // "hours", "natural_days", …
Result<Length> parse_length(std::string_view text);  // 1 to kLengthMax; refuses `bad_length` (text)
// A length, or a count from 0 to kLengthMax. Refuses as parse_length.
Result<Length> parse_length_or_count(std::string_view text);

// The day of the same number so many months later, or the last of that month where it has none.
// Needs months >= 0.
Day months_later(Day day, std::int32_t months);

// The clock stands still from `from` until before `to`. Needs from < to.
struct Pause {
  Instant from;
  Instant to;
};

constexpr std::size_t kPausesMax = 1'000;
constexpr std::size_t kExtensionsMax = 16;

// What is asked, of lengths that are no counts. How it is reckoned, with the articles, stands in
// docs/calendar.md.
struct Question {
  Instant from;  // hours run from this moment, all else from its day, which is not counted
  Length length;
  bool rolls = true;               // a last day that is not worked moves to the next that is
  std::vector<Pause> pauses;       // in any order; they may overlap
  std::vector<Length> extensions;  // each goes on where the limit before it ends
  Zone zone;
};

enum class StepCode {
  StartMoment,   // hours: from this moment (from_at)
  StartDay,      // the day (from) is not counted
  Counted,       // the length ends on that day (to), or for hours at that moment (to_at)
  MonthShort,    // the month has no such day: its last (to)
  Paused,        // stood still from `from` to `to`, which are not counted; amount: days lost
  PausedHours,   // stood still from from_at until to_at
  Extended,      // by a length, to `to` or to_at
  RestWeekend,   // the last day (from) is a Saturday or Sunday
  RestHoliday,   // the last day (from) is a public holiday
  Worked,        // the last day (from) is worked though a Saturday or Sunday
  Rolled,        // moved to the next working day (to)
  EndOfDay,      // ends at 24:00 of that day (to)
  Provisional,   // the notice that decides is not known; certain up to `to`
  LocalUnknown,  // local holidays of the region are not known for that year (amount)
};

struct Step {
  StepCode code = StepCode::StartDay;
  Day from = {};
  Day to = {};
  Instant from_at = {};
  Instant to_at = {};
  Length length = {};
  std::int32_t amount = 0;
};

struct Deadline {
  Instant due;  // the first moment that is too late
  Day due_day;  // the last day; for hours the day of `due`
  std::vector<Step> steps;
  CalendarVersion version;
  bool provisional = false;  // a notice still to come may move it
};

// Refuses `calendar_before` (facts: day, first) for a start before the calendar, `calendar_beyond`
// (facts: last) for an end after it, `pause_backwards`, `pauses_too_many` (facts: count,
// count_max), `extensions_too_many`, and `extension_unit` (facts: extension, length) where hours
// are extended by days, days by hours, or anything by months.
Result<Deadline> deadline(const Question& question, const WorkingDays& days);

// A stable name ("rest_holiday") and the facts of its sentence "deadline.step." + name.
std::string_view to_text(StepCode code);
Facts facts_of(const Step& step, const WorkingDays& days, const Zone& zone);

}  // namespace tz::calendar
