// Joining intervals, and looking a position up in them.
#include "ledger/interval.h"

#include <algorithm>
#include <iterator>

namespace tz::ledger {

std::vector<Interval> merged(std::vector<Interval> intervals) {
  std::sort(intervals.begin(), intervals.end(),
            [](const Interval& a, const Interval& b) { return a.begin < b.begin; });
  std::vector<Interval> out;
  for (const Interval& next : intervals) {
    if (next.begin >= next.end) continue;
    if (!out.empty() && next.begin <= out.back().end)
      out.back().end = std::max(out.back().end, next.end);
    else
      out.push_back(next);
  }
  return out;
}

bool holds(const std::vector<Interval>& intervals, std::uint32_t position) {
  const auto after = std::upper_bound(
      intervals.begin(), intervals.end(), position,
      [](std::uint32_t at, const Interval& interval) { return at < interval.begin; });
  return after != intervals.begin() && position < std::prev(after)->end;
}

}  // namespace tz::ledger
