// What waits for somebody: the steps he may take that bring an item nearer to its end.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "ledger/decide.h"

namespace tz::ledger {

// Whether a transition taken from that state is a step towards the item's end. Not: giving more
// time, handing to another unit what is in hand, suspending, objecting, sending back, beginning
// again, and leaving the list without work. They are always open to some, and wait for nobody.
bool moves_on(const Flow& flow, const Transition& transition, std::uint16_t state);

// The offers that move the item on and against which nothing stands that their input could not
// mend; each names its post. A judgement waits only while the newest closing has none.
std::vector<Offer> waiting(const State& state, AccountId account, const Item& item, Instant now);

// Whether nobody is asked to take it before the deadline is over: who is asked then, and those who
// were drawn of what is open.
bool waits_for_deadline(const Flow& flow, const Transition& transition, std::uint16_t state);

// When a step waits: whenever an item is in its state, or only of those past their deadline.
enum class WaitsFrom : std::uint8_t { Ever, Deadline };

// The flow and state, as indexes, from which some transition moves on that a post of the role may
// take, however it must stand to the item: where to look for what waits. With Deadline those alone
// in which nothing of the role waits before that.
std::vector<std::pair<std::uint16_t, std::uint16_t>> states_that_wait(
    const State& state, Role role, WaitsFrom from = WaitsFrom::Ever);

}  // namespace tz::ledger
