// How long a public notice may be asked to run (domain rules 1.5).
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace tz::ledger {

constexpr std::int64_t kNoticeWorkingDaysMin = 3;
constexpr std::int64_t kNoticeWorkingDaysMax = 15;
// As many, with a weekend in between, and with three.
constexpr std::int64_t kNoticeNaturalDaysMin = kNoticeWorkingDaysMin + 2;
constexpr std::int64_t kNoticeNaturalDaysMax = kNoticeWorkingDaysMax + 6;

// Whether every limit `KIND.notice` of that file that has not ended by today lies within that: in
// working days, or in the natural days that are as many at the least (5) and at the most (21).
// Refuses `notice_length` (facts: line, column, rule, length), and as calendar::Rules::parse.
Outcome notice_lengths(std::string_view limits, Day today);

}  // namespace tz::ledger
