// Rows that add up are subtrees of which none lies within another; the rest is the difference.
#include "rollup/by_child.h"

#include <algorithm>

namespace tz::rollup {
namespace {

bool is_area(const ledger::OrgTree& tree, UnitId unit) {
  return tree.kind(unit) == ledger::UnitKind::Area;
}

void take_away(Totals& sum, const Totals& part) {
  for (std::size_t kind = 0; kind < ledger::kKindCountMax; ++kind) {
    PhaseCounts& counts = sum.kinds[kind];
    const PhaseCounts& less = part.kinds[kind];
    for (std::size_t phase = 0; phase < ledger::kPhaseCount; ++phase) {
      counts.count[phase] -= less.count[phase];
      counts.overdue[phase] -= less.overdue[phase];
    }
    counts.closed_fixed -= less.closed_fixed;
    counts.reopened -= less.reopened;
  }
}

// A group of what the parts have left, with the rest's own or without, is in none of them. Of a
// rest of which more answers would be told than it has, none are.
void leave_apart(ToldShare& told, const RateTally& rest, RateName rate) {
  const auto name = static_cast<std::size_t>(rate);
  if (told.kept.denominator > rest.kept[name].denominator) told.kept = {};
  if (told.taken_out.denominator > rest.taken_out[name].denominator) told.taken_out = {};
}

// Members in order of position, so that whatever holds another comes before it.
std::vector<UnitId> members_of(const ledger::OrgTree& tree, UnitId area, Day day) {
  std::vector<UnitId> out;
  for (const ledger::LineEdge& edge : tree.lines())
    if (edge.superior == area && edge.line == ledger::LineKind::Area && edge.from <= day &&
        (!edge.to || day <= *edge.to))
      out.push_back(edge.unit);
  std::sort(out.begin(), out.end(),
            [&](UnitId a, UnitId b) { return tree.position(a) < tree.position(b); });
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

std::vector<Part> parts_of(const ledger::OrgTree& tree, UnitId unit, Day day) {
  std::vector<Part> out;
  for (const UnitId child : tree.visible_children(unit))
    out.push_back({child, is_area(tree, child)});
  if (!is_area(tree, unit)) return out;
  UnitId holder = unit;  // of all that was met so far, the last that adds up
  for (const UnitId member : members_of(tree, unit, day)) {
    const bool listed =
        std::any_of(out.begin(), out.end(), [&](const Part& part) { return part.unit == member; });
    if (listed) continue;
    const bool overlaps = is_area(tree, member) || tree.within(member, unit) ||
                          tree.within(unit, member) || tree.within(member, holder);
    if (!overlaps) holder = member;
    out.push_back({member, overlaps});
  }
  return out;
}

Totals rest_of(const View& view, UnitId unit, const std::vector<Part>& parts) {
  Totals rest = view.totals(unit);
  for (const Part& part : parts)
    if (!part.overlaps) take_away(rest, view.totals(part.unit));
  return rest;
}

KindRates rest_of(const std::vector<KindRates>& counted, const std::vector<Part>& parts) {
  TZ_ASSERT(counted.size() == parts.size() + 1);
  KindRates rest = counted.front();
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (!parts[i].overlaps)
      for (std::size_t kind = 0; kind < rest.size(); ++kind) rest[kind] -= counted[i + 1][kind];
  for (RateTally& of_kind : rest) {
    leave_apart(of_kind.told_solved, of_kind, RateName::Solved);
    leave_apart(of_kind.told_satisfied, of_kind, RateName::Satisfied);
  }
  return rest;
}

}  // namespace tz::rollup
