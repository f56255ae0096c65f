// Who may know of the record of a handling, a dispute, a fund or a scheme: it is about no item, yet
// about persons.
#pragma once

#include "ledger/state.h"

namespace tz::ledger {

// Whether an account may see such a record of an event; of any other event it says yes.
bool may_know(const State& state, const Event& event, AccountId account, Day day);

}  // namespace tz::ledger
