// Which closed items something that comes in may be about again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/state.h"
#include "rollup/view.h"

namespace tz::http {

// What comes in: where, about what, and whether it is a report, which may tell of reports.
struct Incoming {
  UnitId place;
  std::optional<std::string> category;
  bool report = false;
};

// Closed within a year at the same place, or at one that it succeeded, about the same category, the
// newest first, at most ledger::kClosedBeforeMax. The ledger looks at each again.
std::vector<ledger::ItemNo> closed_before(const ledger::State& state, const rollup::View& view,
                                          const Incoming& incoming, Day today);

}  // namespace tz::http
