// What of a division's name is its own, without what it is and whose it is: by which one list of
// divisions is compared with another.
#pragma once

#include <string_view>

#include "ledger/org_tree.h"

namespace tz::ledger {

// The name without its parent's name before it and without the words for what it is at its end,
// but for what would leave nothing. "江东镇东光村民委员会" below 江东镇 has the stem "东光".
std::string_view unit_stem(UnitKind kind, std::string_view name, std::string_view parent_name);

// Whether two stems are much alike: at least half of the shorter one's characters stand in the
// other in the same order.
bool alike(std::string_view stem, std::string_view other);

}  // namespace tz::ledger
