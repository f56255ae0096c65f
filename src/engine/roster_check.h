// Whether what is recorded of a resettlement register is what the households before it make: their
// number never changes once the register is closed, so that it can be counted again at any time.
#pragma once

#include "ledger/state.h"
#include "rollup/view.h"

namespace tz::engine {

// Each record of a count goes on where the one before it ended; by unit, going up.
bool counts_register(const ledger::State& state, const rollup::View& view,
                     const ledger::RosterFrozen& event, Day day);
// Whether all of the register was counted, which it is once anything is recorded that rests on it.
bool counted_whole(const ledger::State& state, const rollup::View& view, std::string_view scheme,
                   Day day);
// Whether each row has as many households as its units have, and every household is in one row. How
// far they were is not counted again: it may have changed between the counting and the record.
bool rows_of_register(const ledger::State& state, const rollup::View& view,
                      const ledger::RosterPublished& event, Day day);

}  // namespace tz::engine
