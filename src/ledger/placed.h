// Facts of units, found once in a part of the tree and then counted for one unit after another.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/time.h"
#include "ledger/interval.h"
#include "ledger/org_tree.h"

namespace tz::ledger {

struct Placed {
  std::uint32_t position = 0;  // in that tree
  std::uint32_t index = 0;     // in the list
};
struct PlacedQuestion {
  const OrgTree& tree;
  const std::vector<Interval>& positions;  // merged
  Day from;
  Day to;  // the last day
};

// By position, and of one by their order. `T` has a `unit`, a `day` and `closed()`, from which on
// it stays where it counts. Looks at each of the list.
template <class List>
std::vector<Placed> placed(const List& list, const PlacedQuestion& question) {
  std::vector<Placed> out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto& one = list.at(i);
    if (one.day < question.from || question.to < one.day) continue;
    const UnitId unit = question.tree.counted_at(one.unit, one.closed());
    const std::uint32_t at = question.tree.position(unit);
    if (holds(question.positions, at)) out.push_back({at, static_cast<std::uint32_t>(i)});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Placed& a, const Placed& b) { return a.position < b.position; });
  return out;
}

// Calls it for each of these in those positions, which are merged.
template <class Work>
void for_each_in(std::span<const Placed> found, std::span<const Interval> positions,
                 const Work& work) {
  const auto before = [](const Placed& one, std::uint32_t from) { return one.position < from; };
  for (const Interval& part : positions) {
    auto one = std::lower_bound(found.begin(), found.end(), part.begin, before);
    for (; one != found.end() && one->position < part.end; ++one) work(one->index);
  }
}

}  // namespace tz::ledger
