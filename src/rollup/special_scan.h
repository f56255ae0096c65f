// One look at the rows that roll up to special rectification items, and what they add up to.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ledger/special_items.h"
#include "rollup/columns.h"
#include "rollup/view.h"

namespace tz::rollup {

std::vector<SpecialCounts> scan_specials(const ColumnSnapshots& columns, std::uint32_t row_count,
                                         const ledger::OrgTree& tree, Day day,
                                         const SpecialQuestion& question);

// More of the same: phase by phase and source by source. The special item stays that of `to`.
void add(SpecialCounts& to, const SpecialCounts& more);

// Of each node of a programme's tree, with all that is part of it; in the order of the tree. Needs
// counts that are in order of their special items.
std::vector<SpecialCounts> with_parts(std::span<const ledger::SpecialNode> tree,
                                      std::span<const SpecialCounts> counts);

}  // namespace tz::rollup
