// The scan behind rates: what one row counts in, and to which parts of a unit it belongs.
#pragma once

#include <vector>

#include "rollup/columns.h"
#include "rollup/rates.h"
#include "rollup/view.h"

namespace tz::rollup {

// When numbers are true.
struct RateMoment {
  Instant instant;
  Day today;  // of that instant
};

// Counts one item, which is not staged, in all but what is told of verdicts.
void count(RateTally& tally, const ScanRow& scan, const StoredRow& stored,
           const OutcomeSorts& outcomes, const RateMoment& at);

// One scan of the rows below `end`, whatever the number of parts and kinds. Answers as
// View::rates().
std::vector<KindRates> scan_rates(const ColumnSnapshots& columns, std::uint32_t end,
                                  const ledger::OrgTree& tree, const RateMoment& at,
                                  const RateQuestion& question);

}  // namespace tz::rollup
