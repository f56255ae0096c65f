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

// Positions that both have; those of the first that the second has not. Need merged intervals.
std::vector<Interval> common(const std::vector<Interval>& some,
                             const std::vector<Interval>& others);
std::vector<Interval> less(const std::vector<Interval>& from, const std::vector<Interval>& taken);

// Positions of all units from which `superior` is reached by place or by line on that day: those
// of which OrgTree::below_on_any_edge is true. Merged.
std::vector<Interval> units_below(const OrgTree& tree, UnitId superior, Day day);

}  // namespace tz::ledger
