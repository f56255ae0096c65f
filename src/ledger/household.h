// What holds of households that move, whatever a flow file says: who is counted, when an agreement
// holds, and that money comes before moving out and moving out before demolition.
#pragma once

#include <optional>
#include <vector>

#include "ledger/acting.h"
#include "ledger/decide.h"

namespace tz::ledger {

// Why a household may not be registered so, or something else not within a scheme.
std::optional<Error> household_fault(const Circumstances& at, const Flow& flow,
                                     const OpenItem& command);
// Both are told that the one was part of the other.
void note_split(ItemNo no, ItemNo of, std::vector<EventDraft>& out);

// Why a household may not take that step now; none for any other item. Refuses, first of all,
// `vacating_before_payment` and `demolition_before_vacating`.
std::optional<Error> household_refused(const Circumstances& at, const Transition& transition,
                                       const Item& item);
// The same as far as the household alone says it: no other item is looked at.
std::optional<Error> household_refused_alone(const Circumstances& at, const Transition& transition,
                                             const Item& item);

// What signing and revoking record beside the step (ledger/acting.h).
Refused sign(Acting& a);
Refused revoke(Acting& a);

}  // namespace tz::ledger
