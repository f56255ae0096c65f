// Inner units are numbered from the root down, and folding up equals adding along each path.
#include "rollup/totals.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/random.h"

namespace tz::rollup {
namespace {

ledger::OrgTree random_tree(SeededRandom& random, std::uint32_t unit_count) {
  std::vector<ledger::UnitRow> rows(unit_count);
  for (std::uint32_t number = 0; number < unit_count; ++number) {
    rows[number].code = rows[number].name = "u" + std::to_string(number);
    if (number > 0)
      rows[number].parent.value = static_cast<std::uint32_t>(random.next_u64() % number);
  }
  ledger::OrgTree tree;
  tree.add_units(rows);
  return tree;
}

TEST(InnerUnits, EveryUnitFindsItsNearest) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededRandom random(seed);
    const ledger::OrgTree tree = random_tree(random, static_cast<std::uint32_t>(seed));
    const InnerUnits inner(tree);
    std::uint32_t inner_count = 0;
    for (std::uint32_t number = 0; number < tree.size(); ++number) {
      const UnitId unit{number};
      const auto slot = inner.slot(unit);
      ASSERT_EQ(slot.has_value(), !tree.leaf(unit));
      if (!slot && number > 0) {
        ASSERT_EQ(inner.unit(inner.nearest(unit)), tree.parent(unit));
      }
      if (!slot) continue;
      ++inner_count;
      ASSERT_EQ(inner.unit(*slot), unit);
      ASSERT_EQ(inner.unit(inner.parent(*slot)), tree.parent(unit));
      ASSERT_TRUE(*slot == 0 || inner.parent(*slot) < *slot);
    }
    ASSERT_EQ(inner.count(), inner_count);
  }
}

TEST(StandingTotals, FoldingUpEqualsAddingAlongThePath) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededRandom random(seed);
    const ledger::OrgTree tree = random_tree(random, 60);
    const InnerUnits inner(tree);
    StandingTotals along, folded;
    for (int i = 0; i < 200; ++i) {
      const UnitId place{static_cast<std::uint32_t>(random.next_u64() % tree.size())};
      const auto kind = static_cast<std::uint8_t>(random.next_u64() % ledger::kKindCountMax);
      const Share share{static_cast<std::uint8_t>(random.next_u64() % ledger::kPhaseCount),
                        random.next_u64() % 2 == 0, random.next_u64() % 2 == 0, false};
      along.change_path(inner, inner.nearest(place), kind, std::nullopt, share);
      folded.change(inner.nearest(place), kind, std::nullopt, share);
    }
    folded.fold_up(inner);
    const auto a = along.publish(1, 1);
    const auto b = folded.publish(1, 1);
    for (std::uint32_t slot = 0; slot < inner.count(); ++slot) {
      Totals x, y;
      a.add_to(x, slot);
      b.add_to(y, slot);
      ASSERT_EQ(x, y) << "slot " << slot;
    }
  }
}

}  // namespace
}  // namespace tz::rollup
