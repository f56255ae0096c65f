// The leaves of a coverage tree beside a published list of divisions.
#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "ledger/org_tree.h"
#include "merkle/sums.h"

namespace tz::engine {

struct ComparedDivisions {
  std::size_t listed = 0;    // divisions, of which each is a leaf, once, in its order and place
  std::size_t unlisted = 0;  // leaves that the list does not know: agencies, branches and the like
};

// Needs leaves that make a tree, and a list in tree order whose parents are indices into it, as
// read_divisions gives it. Refuses `coverage_divisions_differ` with the first unit that does and
// why: missing, order, parent (it stands below another division) or level.
Result<ComparedDivisions> compare(const std::vector<merkle::SumLeaf>& leaves,
                                  const std::vector<ledger::UnitRow>& divisions);

}  // namespace tz::engine
