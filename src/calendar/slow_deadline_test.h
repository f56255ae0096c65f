// The slow and obvious deadline, day by day, that the fast one is compared with.
#pragma once

#include <algorithm>
#include <optional>
#include <set>

#include "calendar/deadline.h"

namespace tz::calendar {

// Which days are off, read from the notices by looking at every row.
inline bool slow_works(const std::vector<Notice>& notices, const CalendarVersion& version,
                       const Region& region, Day day) {
  bool works = (day.number + 3) % 7 < 5;
  std::size_t region_digits = 0;
  Day known{-1'000'000};
  for (std::size_t i = 0; i < version.notices; ++i) {
    const Notice& notice = notices[i];
    if (notice.known() > version.known || !region.code.starts_with(notice.region.code)) continue;
    if (notice.region.code.size() < region_digits) continue;
    if (notice.region.code.size() == region_digits && notice.known() < known) continue;
    for (const NamedDays& days : notice.days) {
      if (day < days.from || days.to < day) continue;
      works = days.kind == DayKind::Work;
      region_digits = notice.region.code.size();
      known = notice.known();
    }
  }
  return works;
}

inline bool slow_stands_still(const Question& question, Day day) {
  return std::any_of(question.pauses.begin(), question.pauses.end(), [&](const Pause& pause) {
    return pause.from < end_of(day, question.zone) && start_of(day, question.zone) < pause.to;
  });
}

// One day after the other; of hours one minute after the other, so that starts and pauses have to
// lie on whole minutes. `works` says of a day whether it is worked.
template <class Works>
Instant slow_due(const Question& question, const Works& works) {
  std::vector<Length> legs = question.extensions;
  legs.insert(legs.begin(), question.length);
  constexpr std::int64_t kMinuteUs = 60'000'000;
  if (question.length.unit == LengthUnit::Hours) {
    Instant at = question.from;
    for (const Length& leg : legs)
      for (std::int64_t left = leg.amount * std::int64_t{60}; left > 0; at.us += kMinuteUs)
        if (std::none_of(question.pauses.begin(), question.pauses.end(),
                         [&](const Pause& pause) { return pause.from <= at && at < pause.to; }))
          --left;
    return at;
  }
  Day day = day_of(question.from, question.zone);
  for (const Length& leg : legs) {
    std::int32_t left = leg.amount;
    if (leg.unit == LengthUnit::Months) left = months_later(day, leg.amount).number - day.number;
    while (left > 0) {
      ++day.number;
      if (slow_stands_still(question, day)) continue;
      if (leg.unit != LengthUnit::WorkingDays || works(day)) --left;
    }
  }
  while (question.rolls && !works(day)) ++day.number;
  return end_of(day, question.zone);
}

}  // namespace tz::calendar
