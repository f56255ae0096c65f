// Which rows of a table show what was answered.
#pragma once

#include <cstdint>
#include <vector>

#include "rollup/by_child.h"
#include "rollup/rates.h"

namespace tz::rollup {

// Of the number of answers in rows that share none and add up to a sum that is shown: true for
// those that are kept back. A row with too few is; and where all that is kept back comes to too
// few, so that the sum would tell it, the next smallest too. A row without answers has nothing to
// keep back.
std::vector<bool> kept_back(const std::vector<std::uint64_t>& answers);

// What is kept back of a row though it has enough answers, because the sum would tell another's.
struct VerdictRow {
  RateTally tally;
  bool solved_kept_back = false;
  bool satisfied_kept_back = false;

  [[nodiscard]] bool keeps_back(RateName name) const;
};
// Of rows that share no item and add up to a sum that is shown: what each keeps back.
std::vector<VerdictRow> verdict_rows(const std::vector<RateTally>& tallies);

// Of one kind, what is shown of a unit, of each part of it and of what is in none. A part that
// overlaps stands in no sum.
struct VerdictTable {
  VerdictRow whole;
  std::vector<VerdictRow> parts;
  VerdictRow own;
};
// `rates` is what View::rates() gave for the unit and these parts, `own` the rest_of them.
VerdictTable verdict_table(const std::vector<KindRates>& rates, const std::vector<Part>& parts,
                           const KindRates& own, std::uint8_t kind);

}  // namespace tz::rollup
