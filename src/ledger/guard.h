// What more than one step asks of a guard.
#pragma once

#include <optional>

#include "ledger/decide.h"

namespace tz::ledger {

// Why a community may not lead it: the list of its division does not name the matter. Refuses
// `community_not_listed` (facts: unit, category).
std::optional<Error> lead_unlisted(const Circumstances& at, const Item& item, UnitId lead);

}  // namespace tz::ledger
