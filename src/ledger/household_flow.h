// What the flow of a kind of households keeps to, beside what every flow does.
#pragma once

#include <vector>

#include "ledger/flow.h"

namespace tz::ledger {

// Nothing for any other kind.
std::vector<FlowFault> household_faults(const Flow& flow);

}  // namespace tz::ledger
