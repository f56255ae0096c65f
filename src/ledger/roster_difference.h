// What the public rosters of a scheme tell together: a township for everybody, less those villages
// of it that are shown to their households; and a roster and those before it of the same ones.
#pragma once

#include <optional>
#include <vector>

#include "ledger/org_tree.h"
#include "ledger/resettlement.h"

namespace tz::ledger {

// The same rows with steps put together until no number under kRosterCellMin is had by subtracting
// newest rosters of the scheme from each other, nor any earlier one of the same households; none
// where that does not help. `unit`: as in PublishedRoster. Pure: the same rosters and rows, the
// same answer.
std::vector<RosterRow> rows_beside(const OrgTree& tree, const Scheme& scheme,
                                   std::optional<UnitId> unit, std::vector<RosterRow> rows);

}  // namespace tz::ledger
