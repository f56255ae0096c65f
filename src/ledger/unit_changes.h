// Whether changes may be made to a tree: asked when they are decided and when they are read back.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "base/result.h"
#include "ledger/org_tree.h"

namespace tz::ledger {

// What is wrong with the first of the changes of one record, made in their order and codes at once;
// none: nothing. The tree may wait for settle(). `succeeded` says whose matters are another's
// though the unit goes on. With the fact unit (a code, or the number of an unknown one):
// `unit_unknown`, `unit_ended` (nothing but a successor is said of a unit that is over),
// `unit_is_root` (it neither moves nor ends), `change_day_early` (it ends before it began),
// `unit_code_bad` (code alone), `unit_name_bad`, `unit_code_taken` (code), `unit_recoded_twice`,
// `unit_parent_ended` and `unit_below_itself` (parent), `unit_parent_area` (code, parent),
// `unit_not_ended` (of whom a successor is said), `succession_bad` (successor: over, or succeeded
// itself). Whose code another has since is over whatever the day.
std::optional<Error> fault_in(const OrgTree& tree, const std::function<bool(UnitId)>& succeeded,
                              std::span<const UnitChange> changes, Day day);

}  // namespace tz::ledger
