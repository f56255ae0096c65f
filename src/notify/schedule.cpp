// Arithmetic on instants and days.
#include "notify/schedule.h"

#include <iterator>

namespace tz::notify {
namespace {

constexpr std::int64_t kMinuteUs = 60'000'000;
constexpr std::int64_t kPausesMinutes[] = {1, 5, 15, 60, 240, 720, 1440};

}  // namespace

bool digest_due(Instant now, const Zone& zone, const DigestTime& at, std::optional<Day> newest,
                const WorkingDay& working) {
  const Day today = day_of(now, zone);
  if (newest && *newest >= today) return false;
  const std::int64_t minute = (now.us - start_of(today, zone).us) / kMinuteUs;
  const bool hours = minute >= at.hour * 60 + at.minute && minute < kWorkEndHour * 60;
  return hours && working(today);
}

std::optional<Instant> next_try(std::uint8_t tries, Instant now) {
  if (tries < 1 || tries > std::size(kPausesMinutes)) return std::nullopt;
  return Instant{now.us + kPausesMinutes[tries - 1] * kMinuteUs};
}

}  // namespace tz::notify
