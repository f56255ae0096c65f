// When something is sent: one digest a person and day, in working hours, and how often a letter is
// tried. Pure: the time and the working days are handed in.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "base/time.h"

namespace tz::notify {

// When digests leave. The end is that of working hours: what could not leave before waits for the
// next working day.
struct DigestTime {
  std::int32_t hour = 8;
  std::int32_t minute = 30;
};
constexpr std::int32_t kWorkEndHour = 18;

using WorkingDay = std::function<bool(Day)>;

// Whether a digest may leave now, where the newest one left on that day.
bool digest_due(Instant now, const Zone& zone, const DigestTime& at, std::optional<Day> newest,
                const WorkingDay& working);

// When a letter that failed for the nth time (from 1) is tried again; none: it has failed for good.
// After 1, 5, 15 minutes, 1, 4, 12 and 24 hours.
std::optional<Instant> next_try(std::uint8_t tries, Instant now);

}  // namespace tz::notify
