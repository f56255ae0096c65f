// Whether a fix can still be checked by somebody who is free of it, as its work is given out.
#pragma once

#include <optional>
#include <vector>

#include "ledger/acting.h"

namespace tz::ledger {

// Why nobody could check the fix once these units had a part in it: one of them stands above
// everybody, and who stands below a unit judges nothing that it does. Only of a kind that knows
// "fixed", whoever holds which post. Refuses `nobody_to_check` (facts: unit).
Refused nobody_to_check(const Acting& a, const std::vector<UnitId>& taking_part);

// How many persons in their posts of that day are free of the fix and could check it, and how many
// the flow asks for; no more are counted than that. None where nothing waits to be checked: nobody
// leads it yet, it is no longer open, or its kind knows no check.
struct Checkers {
  std::size_t there = 0;
  std::size_t needed = 0;
};
std::optional<Checkers> checkers_of(const State& state, const Item& item, Day day);

}  // namespace tz::ledger
