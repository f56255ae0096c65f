// Who may know of records that are about persons though they name none: of a handling, a dispute, a
// fund or a scheme, and of what each of many says of an item.
#pragma once

#include "ledger/item.h"
#include "ledger/state.h"

namespace tz::ledger {

// Whether an account may see such a record of an event; of any other event it says yes.
bool may_know(const State& state, const Event& event, AccountId account, Day day);

// Whether the event of that record, or where none is given the newest of its sort, is what one of
// many who were drawn says, or the step that took it down, or what so few of them come to that it
// would tell.
bool tells_drawn(const State& state, const Item& item, const Event& event,
                 std::optional<Seq> record);
// Whether an account may hear what each of those says who were drawn for an item: whoever may draw
// or ask them, and had no part in the work; everybody else hears the sum.
bool hears_drawn(const State& state, const Item& item, AccountId account, Day day);

}  // namespace tz::ledger
