// Whether there is anybody whose the deadline of an item is to keep: without one it does not run.
#pragma once

#include <optional>

#include "ledger/state.h"

namespace tz::ledger {

// The unit that leads, or of a loan that was paid whoever is to get it back.
bool has_keeper(const State& state, ItemNo no, const std::optional<UnitId>& lead);

}  // namespace tz::ledger
