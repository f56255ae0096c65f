// What everybody may see of a kind about persons: how many came in within a month, by unit.
#pragma once

#include <vector>

#include "ledger/event.h"
#include "ledger/state.h"
#include "rollup/view.h"

namespace tz::rollup {

// Whether a unit may have a figure: a township or above it. What lies elsewhere counts for the
// nearest such unit above.
bool has_figure(const ledger::OrgTree& tree, UnitId unit);

// The units with a figure whose nearest such unit above is this one, of those that were there when
// the tree had `unit_count` units; in order of registration.
std::vector<UnitId> figure_units_below(const ledger::OrgTree& tree, UnitId unit,
                                       std::size_t unit_count);

// What may be counted in public of a kind: all but what complains of units. Those it is kept from
// may see all the rest, so that a figure with it would tell them, less their own count, of it.
Filter countable(const View& view, const ledger::Accusations& accusations, std::uint8_t kind);

// The figures of one month, by unit, going up; none where a count is withheld (public_cells.h).
// A month is a population of its own, counted once when it is over: figures of two days never
// differ by the few that came in between. One scan of the countable rows of that month.
std::vector<ledger::PublicFigure> public_figures(const View& view, const Filter& countable,
                                                 Day month);

}  // namespace tz::rollup
