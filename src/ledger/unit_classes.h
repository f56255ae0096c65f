// Units by what selectors ask of them, a byte each, and the tree cut where areas begin and end.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "ledger/programme.h"

namespace tz::ledger {

// Kind, level and whether anything is below it, packed; 0 is a unit that nothing selects.
using UnitClass = std::uint8_t;
constexpr std::size_t kUnitClassCount = 1 + kUnitKindCount * kLevelCount * 2;
static_assert(kUnitClassCount <= 256);

struct UnitTraits {
  UnitKind kind = UnitKind::Nation;
  Level level = Level::Nation;
  bool leaf = false;
};
constexpr UnitClass class_of(const UnitTraits& unit) {
  return static_cast<UnitClass>(
      1 +
      (static_cast<std::size_t>(unit.kind) * kLevelCount + static_cast<std::size_t>(unit.level)) *
          2 +
      (unit.leaf ? 1 : 0));
}
// Needs a class that is not 0.
constexpr UnitTraits traits_of(UnitClass of) {
  const std::size_t packed = of - std::size_t{1};
  return {static_cast<UnitKind>(packed / 2 / kLevelCount),
          static_cast<Level>(packed / 2 % kLevelCount), packed % 2 == 1};
}

// The class of each position. Placeholders and units that ended before that day have 0, and are
// passed over in what stands above or below a unit.
std::vector<UnitClass> unit_classes(const OrgTree& tree, Day day);

// What a selector takes: classes, and where.
struct Reach {
  std::bitset<kUnitClassCount> classes;
  std::vector<Interval> where;  // sorted, disjoint
};
// Codes that the tree does not know cover nothing.
Reach reach_of(const Selector& selector, const OrgTree& tree, Day day);

// Positions between two cuts, with how many units there are of each class. No reach begins or ends
// inside; `active` says which of them cover it.
struct Stretch {
  Interval positions;
  std::array<std::uint32_t, kUnitClassCount> counts{};
  std::vector<UnitClass> present;  // those with units
  std::vector<bool> active;        // by reach
};

// Where the reaches cut the tree: sorted, from 0 to `size`.
std::vector<std::uint32_t> cuts_of(const std::vector<Reach>& reaches, std::uint32_t size);
// Counts the classes in stretch.positions.
void count_classes(std::span<const UnitClass> classes, Stretch& stretch);

// Calls `use` with each stretch, from the first position to the last.
template <class Use>
void each_stretch(std::span<const UnitClass> classes, const std::vector<Reach>& reaches, Use use) {
  const std::vector<std::uint32_t> cuts =
      cuts_of(reaches, static_cast<std::uint32_t>(classes.size()));
  std::vector<std::size_t> next(reaches.size(), 0);  // of each reach, the interval not yet passed
  Stretch stretch;
  stretch.active.assign(reaches.size(), false);
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    stretch.positions = {cuts[i], cuts[i + 1]};
    for (std::size_t r = 0; r < reaches.size(); ++r) {
      const std::vector<Interval>& where = reaches[r].where;
      while (next[r] < where.size() && where[next[r]].end <= cuts[i]) ++next[r];
      stretch.active[r] = next[r] < where.size() && where[next[r]].begin <= cuts[i];
    }
    count_classes(classes, stretch);
    use(std::as_const(stretch));
  }
}

}  // namespace tz::ledger
