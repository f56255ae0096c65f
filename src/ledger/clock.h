// Time limits of one item: when a step starts, stops, holds or prolongs the clocks of its flow.
#pragma once

#include <optional>
#include <vector>

#include "ledger/decide.h"

namespace tz::ledger {

// What happens to the clocks of an item that is listed now; one that starts on the day of feedback
// began then. Appends to `out`; a clock whose rule is
// not in force there and on that day does not start. Fails as calendar::deadline.
Outcome start_clocks(const Circumstances& at, const Flow& flow, const ItemOpened& opened,
                     std::vector<EventDraft>& out);

// What happens to them by a step that was allowed, to the state `to`. Whatever ends the item, or
// begins it again, stops all but those that the step itself starts. Refuses `field_required`
// (extension), `clock_none`, `clock_ended` (facts: clock, due), and as calendar::check_extensions.
Outcome turn_clocks(const Circumstances& at, const Item& item, const Transition& transition,
                    std::uint16_t to, const ActionInput& input, std::vector<EventDraft>& out);

// What happens to those that begin on the day of feedback when that day, or the source, turns out
// to be another: `item` as it is corrected. One that held wrongly is stopped, one that ran is
// reckoned anew, and one that never ran begins, unless the item has ended or its plan is made.
// Fails as calendar::deadline.
Outcome correct_clocks(const Circumstances& at, const Item& item, std::vector<EventDraft>& out);

// The last day of the limit of that name for what starts now of that item, and the article it rests
// on; none where it holds not there or not now. Fails as calendar::deadline.
struct LastDay {
  Day day;
  std::string basis;
};
Result<std::optional<LastDay>> last_day(const Circumstances& at, const Item& item,
                                        std::string_view rule);

// What a limit does by itself, and when each step is due.
struct Limit {
  std::vector<FlowStep> steps;
  Instant due;            // the first moment that is too late
  Day due_day;            // the last day
  Instant set;            // when it was reckoned: what would have been due by then is passed over
  std::uint8_t done = 0;  // steps that were taken since: bits
};
struct StepDue {
  ClockStep step = ClockStep::Remind;
  Instant at;
};
// The next step to fall due of a limit of something at `place`; none where all are done.
std::optional<StepDue> next_step(const State& state, UnitId place, const Limit& limit);

// What the clock has to do about an item by now: limits that were provisional are reckoned anew,
// then each step that is due is taken, in its order, with the moment it was due. For the program
// alone. Refuses `item_unknown` and `nothing_due`.
Result<Decision> decide_turn(const Circumstances& at, const TurnClock& command);

// Whether a clock has ended by that moment: it stands still for ever where it stands still.
bool ended(const ItemClock& clock, Instant at);
// Stopped after its end, or not stopped and ended.
bool late(const ItemClock& clock, Instant at);

}  // namespace tz::ledger
