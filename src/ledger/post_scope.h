// What a post is over by the place and the lines of its unit.
#pragma once

#include <vector>

#include "ledger/interval.h"
#include "ledger/state.h"

namespace tz::ledger {

// Positions of all that lies below the post's unit on that day, and below the units whose matters
// are that unit's now. An area may reach beyond the unit in which it lies, and so beyond this.
// Merged.
std::vector<Interval> scope_of(const State& state, PostId post, Day day);

}  // namespace tz::ledger
