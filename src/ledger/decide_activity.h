// Deciding about activities: recording one, once for all the units that took part.
#pragma once

#include "ledger/decide.h"

namespace tz::ledger {

// Refuses `programme_unknown`, `requirement_unknown`, `unit_unknown` and `unit_twice` (facts:
// unit), `units_of_several_posts`, `occurred_in_future` (facts: day), `item_unknown`, `item_twice`
// and `gap_elsewhere` (facts: item), `list_too_long`, `field_required` and `field_bad`, and as
// text_fault.
Result<Decision> decide_activity(const Circumstances& at, const RecordActivity& command);

}  // namespace tz::ledger
