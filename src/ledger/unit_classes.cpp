// One pass in pre-order gives the classes; the rest is arithmetic on intervals.
#include "ledger/unit_classes.h"

#include <algorithm>

#include "ledger/interval.h"

namespace tz::ledger {
namespace {

using Columns = OrgTree::Columns;

// 1 or 0; in numbers, because a branch that a processor guesses wrong costs more than both
// questions. A unit's first day is that of the data it was taken from, and so does not count.
unsigned counts_on(const Columns& columns, UnitId unit, Day day) {
  const unsigned lasts = day <= columns.tos[unit.value] ? 1 : 0;
  return lasts & (columns.placeholders[unit.value] ^ 1U);
}

Level level_above(const Columns& columns, UnitId unit, Day day) {
  for (UnitId at = columns.parents[unit.value];; at = columns.parents[at.value]) {
    const auto level = level_of(columns.kinds[at.value]);
    if (level && counts_on(columns, at, day) != 0) return *level;
    if (columns.parents[at.value] == at) return Level::Nation;
  }
}

Interval below(const Columns& columns, std::uint32_t position) {
  return {position + 1, columns.subtree_ends[columns.units_at[position].value]};
}

bool anything_counts(const Columns& columns, Interval positions, Day day) {
  for (std::uint32_t at = positions.begin; at < positions.end; ++at)
    if (counts_on(columns, columns.units_at[at], day) != 0) return true;
  return false;
}

constexpr UnitClass kLeafBit = 1;  // added to the class of a unit with others below it
static_assert(class_of({UnitKind::Village, Level::Village, true}) ==
              class_of({UnitKind::Village, Level::Village, false}) + kLeafBit);

// The class, with others below it, of the units whose level is their kind; of the rest 0.
constexpr std::array<UnitClass, kUnitKindCount> kInnerClasses = [] {
  std::array<UnitClass, kUnitKindCount> out{};
  for (std::size_t i = 0; i < kUnitKindCount; ++i) {
    const auto kind = static_cast<UnitKind>(i);
    if (level_of(kind)) out[i] = class_of({kind, *level_of(kind), false});
  }
  return out;
}();

// Nearly every unit is administrative, and nearly everything that has others below it has one that
// counts first. This pass is right about these; it gives the positions that need another look.
std::vector<std::uint32_t> usual_classes(Columns columns, Day day, std::span<UnitClass> classes) {
  std::vector<std::uint32_t> aside;
  const std::size_t size = classes.size();
  const auto inner_classes = kInnerClasses;
  unsigned after_inner = 0;  // whether the position before has others below it
  for (std::size_t at = 0; at < size; ++at) {
    const UnitId unit = columns.units_at[at];
    const unsigned inner = inner_classes[static_cast<std::size_t>(columns.kinds[unit.value])];
    const unsigned counts = counts_on(columns, unit, day);
    const unsigned leaf = columns.subtree_ends[unit.value] == at + 1 ? 1 : 0;
    classes[at] = counts != 0 ? static_cast<UnitClass>(inner + leaf) : UnitClass{0};
    if (counts != 0 ? inner == 0 : after_inner != 0)
      aside.push_back(static_cast<std::uint32_t>(at));
    after_inner = leaf ^ 1U;
  }
  return aside;
}

std::vector<Interval> extent_of(const std::vector<std::string>& codes, const OrgTree& tree,
                                Day day) {
  std::vector<Interval> found;
  for (const std::string& code : codes)
    if (const auto unit = tree.find(code)) {
      const std::vector<Interval> one = tree.extent(*unit, day);
      found.insert(found.end(), one.begin(), one.end());
    }
  return merged(std::move(found));
}

// What is in `a` and not in `b`; both sorted and disjoint.
std::vector<Interval> without(const std::vector<Interval>& a, const std::vector<Interval>& b) {
  std::vector<Interval> out;
  std::size_t next = 0;
  for (Interval one : a) {
    while (next < b.size() && b[next].end <= one.begin) ++next;
    for (std::size_t i = next; i < b.size() && b[i].begin < one.end; ++i) {
      if (one.begin < b[i].begin) out.push_back({one.begin, b[i].begin});
      one.begin = std::min(b[i].end, one.end);
    }
    if (one.begin < one.end) out.push_back(one);
  }
  return out;
}

}  // namespace

std::vector<UnitClass> unit_classes(const OrgTree& tree, Day day) {
  const Columns columns = tree.columns();
  std::vector<UnitClass> classes(tree.size());
  const std::vector<std::uint32_t> aside = usual_classes(columns, day, classes);
  for (const std::uint32_t at : aside) {
    const UnitId unit = columns.units_at[at];
    if (counts_on(columns, unit, day) != 0)
      classes[at] = class_of({columns.kinds[unit.value], level_above(columns, unit, day),
                              columns.subtree_ends[unit.value] == at + 1});
    else if (classes[at - 1] != 0 && !anything_counts(columns, below(columns, at - 1), day))
      classes[at - 1] = static_cast<UnitClass>(classes[at - 1] + kLeafBit);
  }
  return classes;
}

Reach reach_of(const Selector& selector, const OrgTree& tree, Day day) {
  Reach out;
  for (std::size_t i = 1; i < kUnitClassCount; ++i) {
    const UnitTraits unit = traits_of(static_cast<UnitClass>(i));
    out.classes[i] = takes(selector, unit.kind, unit.level, unit.leaf);
  }
  out.where = selector.under.empty()
                  ? std::vector<Interval>{{0, static_cast<std::uint32_t>(tree.size())}}
                  : extent_of(selector.under, tree, day);
  if (!selector.except.empty())
    out.where = without(out.where, extent_of(selector.except, tree, day));
  return out;
}

std::vector<std::uint32_t> cuts_of(const std::vector<Reach>& reaches, std::uint32_t size) {
  std::vector<std::uint32_t> cuts{0, size};
  for (const Reach& reach : reaches)
    for (const Interval& one : reach.where) {
      cuts.push_back(one.begin);
      cuts.push_back(one.end);
    }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

void count_classes(std::span<const UnitClass> classes, Stretch& stretch) {
  // Four sets of counters: neighbours are often of one class, and a counter waits for itself.
  constexpr std::size_t kSets = 4;
  std::array<std::array<std::uint32_t, 256>, kSets> counts{};
  const auto [begin, end] = stretch.positions;
  for (std::uint32_t at = begin; at < end; ++at) ++counts[at % kSets][classes[at]];
  stretch.present.clear();
  for (std::size_t i = 1; i < kUnitClassCount; ++i) {
    stretch.counts[i] = counts[0][i] + counts[1][i] + counts[2][i] + counts[3][i];
    if (stretch.counts[i] > 0) stretch.present.push_back(static_cast<UnitClass>(i));
  }
}

}  // namespace tz::ledger
