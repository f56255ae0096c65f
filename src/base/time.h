// Instants, days and the ledger's own zone; nothing here reads a clock.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tz {

// Microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t us = 0;
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

// Days since 1970-01-01 in the proleptic Gregorian calendar; of no zone.
struct Day {
  std::int32_t number = 0;
  friend auto operator<=>(const Day&, const Day&) = default;
};

// A fixed offset from UTC. China has had no summer time since 1992.
struct Zone {
  std::string name = "Asia/Shanghai";
  std::int32_t offset_seconds = 8 * 3600;
};

constexpr std::int64_t kDayUs = 86'400'000'000;

// "Asia/Shanghai", "Asia/Urumqi" (+06:00) or "UTC"; else refuses `unknown_zone`.
Result<Zone> zone_named(std::string_view name);

Day day_of(Instant at, const Zone& zone);
Instant start_of(Day day, const Zone& zone);  // 00:00 of that day
Instant end_of(Day day, const Zone& zone);    // 24:00 of that day: the first instant after it

Day first_of_month(Day day);
Day next_month(Day day);  // the first day of the month after that day's

// "2019-09-08". Years 1900 to 2999. Refuses `bad_day`.
Result<Day> parse_day(std::string_view text);
std::string to_text(Day day);
std::string month_text(Day day);  // "2019-09"

// RFC 3339 with the zone's offset and milliseconds: "2019-09-08T09:30:00.000+08:00".
std::string to_text(Instant at, const Zone& zone);
// RFC 3339, any offset, up to six digits of a second. Refuses `bad_instant`.
Result<Instant> parse_instant(std::string_view text);

// Where the time comes from: the machine's clock, or a simulated one.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;  // any thread
};

class SystemClock final : public Clock {
 public:
  Instant now() override;
};

}  // namespace tz
