// Joining intervals, and looking a position up in them.
#include "ledger/interval.h"

#include <algorithm>
#include <iterator>

namespace tz::ledger {
namespace {

bool holds_on(const LineEdge& edge, Day day) {
  return edge.from <= day && (!edge.to || day <= *edge.to);
}

}  // namespace

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

std::vector<Interval> common(const std::vector<Interval>& some,
                             const std::vector<Interval>& others) {
  std::vector<Interval> out;
  auto a = some.begin();
  auto b = others.begin();
  while (a != some.end() && b != others.end()) {
    const Interval both{std::max(a->begin, b->begin), std::min(a->end, b->end)};
    if (both.begin < both.end) out.push_back(both);
    a->end < b->end ? ++a : ++b;
  }
  return out;
}

std::vector<Interval> less(const std::vector<Interval>& from, const std::vector<Interval>& taken) {
  std::vector<Interval> out;
  auto next = taken.begin();
  for (Interval rest : from) {
    while (next != taken.end() && next->end <= rest.begin) ++next;
    for (auto at = next; at != taken.end() && at->begin < rest.end; ++at) {
      if (rest.begin < at->begin) out.push_back({rest.begin, at->begin});
      rest.begin = std::max(rest.begin, std::min(at->end, rest.end));
    }
    if (rest.begin < rest.end) out.push_back(rest);
  }
  return out;
}

std::vector<Interval> units_below(const OrgTree& tree, UnitId superior, Day day) {
  std::vector<Interval> out{tree.subtree(superior)};
  // Each round adds what lies below, by line, of what was found; lines are few.
  for (bool grown = true; grown;) {
    grown = false;
    for (const LineEdge& edge : tree.lines()) {
      if (edge.line == LineKind::Area || !holds_on(edge, day)) continue;
      if (!holds(out, tree.position(edge.superior)) || holds(out, tree.position(edge.unit)))
        continue;
      out.push_back(tree.subtree(edge.unit));
      out = merged(std::move(out));
      grown = true;
    }
  }
  return out;
}

}  // namespace tz::ledger
