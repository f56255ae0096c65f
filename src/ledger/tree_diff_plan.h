// What a difference of trees comes to in a ledger: the changes to be made, and what is left alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/command.h"
#include "ledger/tree_diff.h"
#include "ledger/unit_file.h"

namespace tz::ledger {

struct PlanCounts {
  std::uint32_t renamed = 0;
  std::uint32_t recoded = 0;
  std::uint32_t moved = 0;
  std::uint32_t ended = 0;
  std::uint32_t founded = 0;
  std::uint32_t succeeded = 0;  // successors of units that had ended before
  std::uint32_t followed = 0;   // moved because what they lay below ends, though no row says so
  std::uint32_t left = 0;       // to be decided, or waiting for what is
  std::uint32_t done = 0;       // so already
  friend bool operator==(const PlanCounts&, const PlanCounts&) = default;
};

struct DiffPlan {
  ChangeUnits command;
  PlanCounts counts;
  std::vector<std::size_t> left;  // lines
  std::vector<RowFault> faults;   // by line; if any, the rest does not matter
};

struct PlanRequest {
  std::string source;
  Day from;  // from which on the changes hold
  // Rows that wait for a decision, and those that need what these hold (a code, a parent, a
  // successor), are left as they are; else they are faults.
  bool leave_undecided = false;
  Day today;  // which units are over by
};

// A row that is so already is passed over, so that a file can be applied again once more of it is
// decided; but of a unit that has ended the successors that it still lacks are added. Faults:
// `diff_undecided`; `diff_unit_unknown` (code, name: no unit that goes on has both);
// `diff_parent_unknown`, `diff_successor_unknown` and `diff_parted_unknown` (code); `unit_is_root`
// (unit: it does not end).
DiffPlan plan_diff(const std::vector<DiffRow>& rows, const OrgTree& tree,
                   const PlanRequest& request);

}  // namespace tz::ledger
