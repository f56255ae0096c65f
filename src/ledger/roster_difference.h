// What the public rosters of a scheme tell together: a township for everybody, less those villages
// of it that are shown to their households.
#pragma once

#include <optional>
#include <vector>

#include "ledger/org_tree.h"
#include "ledger/resettlement.h"

namespace tz::ledger {

// The same rows with as few steps put together as it takes, so that no number under kRosterCellMin
// is had by subtracting newest rosters of the scheme from each other; none where that does not
// help. `unit`: as in PublishedRoster. Pure: the same rosters and rows, the same answer.
std::vector<RosterRow> rows_beside(const OrgTree& tree, const Scheme& scheme,
                                   std::optional<UnitId> unit, std::vector<RosterRow> rows);

}  // namespace tz::ledger
