// What came of a work group's visits, by unit: counted from the ledger, never stated.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "ledger/item_row.h"
#include "ledger/work_group.h"

namespace tz::ledger {

struct GroupTally {
  UnitId unit;  // that was visited
  std::int64_t visits = 0;
  std::int64_t asked = 0;     // papers
  std::int64_t listed = 0;    // problems that the group listed there
  std::int64_t verified = 0;  // items that it verified there
  std::int64_t closed = 0;    // of both, each once: those that are closed now
  friend bool operator==(const GroupTally&, const GroupTally&) = default;
};

// By unit, in the order of their first visits. `row` gives an item's row; none of what is in no
// number.
std::vector<GroupTally> summary_of(const WorkGroup& group,
                                   const std::function<std::optional<ItemRow>(ItemNo)>& row);

}  // namespace tz::ledger
