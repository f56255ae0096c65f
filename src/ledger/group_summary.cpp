// One pass over the visits; an item that was listed and verified by the group is one.
#include "ledger/group_summary.h"

#include <algorithm>
#include <set>

namespace tz::ledger {

std::vector<GroupTally> summary_of(const WorkGroup& group,
                                   const std::function<std::optional<ItemRow>(ItemNo)>& row) {
  std::vector<GroupTally> out;
  std::set<ItemNo> seen;
  for (const Visit& visit : group.visits) {
    auto tally = std::find_if(out.begin(), out.end(),
                              [&](const GroupTally& one) { return one.unit == visit.unit; });
    if (tally == out.end()) tally = out.insert(out.end(), GroupTally{visit.unit, 0, 0, 0, 0, 0});
    ++tally->visits;
    tally->asked += visit.asked;
    for (const auto* items : {&visit.opened, &visit.checked})
      for (const ItemNo no : *items) {
        const std::optional<ItemRow> now = row(no);
        if (!now || now->import) continue;
        ++(items == &visit.opened ? tally->listed : tally->verified);
        if (seen.insert(no).second && now->phase == Phase::Closed) ++tally->closed;
      }
  }
  return out;
}

}  // namespace tz::ledger
