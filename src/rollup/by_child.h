// A unit's totals cut by child: which rows there are, which of them add up, and what is left.
#pragma once

#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "ledger/org_tree.h"
#include "rollup/view.h"

namespace tz::rollup {

// One row of the cut. A row that overlaps counts what is counted elsewhere too: an area, or a
// member that lies within what another row counts.
struct Part {
  UnitId unit;
  bool overlaps = false;
  friend bool operator==(const Part&, const Part&) = default;
};

// Children by place, those of a placeholder in its stead, in order of registration; below an area
// also the members that it has on that day.
std::vector<Part> parts_of(const ledger::OrgTree& tree, UnitId unit, Day day);

// What counts for the unit but in no row that adds up: its own items, those of hidden placeholders
// and of areas. With these rows' totals it is the unit's own total. Needs parts_of that unit on the
// day of the view's instant.
Totals rest_of(const View& view, UnitId unit, const std::vector<Part>& parts);
// The same of rates: `counted` is what View::rates() gave for the unit and these parts. Of verdicts
// it tells none where units below it have left some to it.
KindRates rest_of(const std::vector<KindRates>& counted, const std::vector<Part>& parts);

}  // namespace tz::rollup
