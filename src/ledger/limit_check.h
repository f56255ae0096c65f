// Whether a file of limits fits the flows it speaks of.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "ledger/flow.h"

namespace tz::ledger {

// Whether it may be adopted where those flows are, every version in the order of adoption. Rows
// that have ended by today may say what they say. Refuses as calendar::Rules::parse, notice_lengths
// and check_form, and with `line`, `column` and `code`: `limit_kind_unknown` (kind, kinds),
// `limit_clock_unknown` (kind, clock, clocks), `limit_step_unknown` (steps), `limit_not_a_length`
// (length), `limit_no_checkers` (kind), `limit_checkers_below` (kind, count, count_min) and
// `limit_lights_order` (behind, far_behind).
Outcome check_limits(std::string_view text, std::span<const std::shared_ptr<const Flow>> flows,
                     Day today);

}  // namespace tz::ledger
