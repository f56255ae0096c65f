// Sets of positions as intervals: sorted, disjoint, joined where they touch.
#pragma once

#include <cstdint>
#include <vector>

#include "ledger/org_tree.h"

namespace tz::ledger {

// The same positions in the one normal form; empty intervals fall away.
std::vector<Interval> merged(std::vector<Interval> intervals);

// Needs merged intervals.
bool holds(const std::vector<Interval>& intervals, std::uint32_t position);

}  // namespace tz::ledger
