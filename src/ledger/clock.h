// Time limits of one item: when a step starts, stops, holds or prolongs the clocks of its flow.
#pragma once

#include <optional>
#include <vector>

#include "ledger/decide.h"

namespace tz::ledger {

// What happens to the clocks of an item that is listed now. Appends to `out`; a clock whose rule is
// not in force there and on that day does not start. Fails as calendar::deadline.
Outcome start_clocks(const Circumstances& at, const Flow& flow, const ItemOpened& opened,
                     std::vector<EventDraft>& out);

// What happens to them by a step that was allowed, to the state `to`. Whatever ends the item stops
// all but those that the step itself starts. Refuses `field_required` (extension), `clock_none`,
// `clock_ended` (facts: clock, due), and as calendar::check_extensions.
Outcome turn_clocks(const Circumstances& at, const Item& item, const Transition& transition,
                    std::uint16_t to, const ActionInput& input, std::vector<EventDraft>& out);

// Whether a clock has ended by that moment: it stands still for ever where it stands still.
bool ended(const ItemClock& clock, Instant at);
// Stopped after its end, or not stopped and ended.
bool late(const ItemClock& clock, Instant at);

}  // namespace tz::ledger
