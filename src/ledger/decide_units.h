// Deciding about the tree: registering units, and what becomes of those that are there.
#pragma once

#include "ledger/decide.h"

namespace tz::ledger {

// Refuses `unit_code_taken` and `unit_parent_unknown` (code), `unit_parent_ended` (unit, parent),
// `unit_unknown`, `nothing_to_do`.
Result<Decision> decide_registration(const Circumstances& at, const RegisterUnits& command);

// Refuses as fault_in() (ledger/unit_changes.h) and decide_registration do; `change_day_ahead`
// (day: after today), `change_day_early` (unit: begun, or changed, after that day);
// `unit_below_ended` (unit, parent: what is left below a unit that ends), and `successor_missing`
// (unit: something is open there).
Result<Decision> decide_changes(const Circumstances& at, const ChangeUnits& command);

// `unit_ended` (unit, successor where there is one) of a unit that nothing can be given to any
// more.
std::optional<Error> ended_unit(const State& state, UnitId unit, Day day);

// The units that a command ends and names no successor of.
std::vector<UnitId> ended_alone(const ChangeUnits& command);

}  // namespace tz::ledger
