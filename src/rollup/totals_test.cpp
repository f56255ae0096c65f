// Inner units are numbered from the root down, and folding up equals adding along each path.
#include "rollup/totals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
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

void expect_same(StandingTotals& one, StandingTotals& other, const InnerUnits& inner) {
  const auto a = one.publish(1, 1);
  const auto b = other.publish(1, 1);
  for (std::uint32_t slot = 0; slot < inner.count(); ++slot) {
    Totals x, y;
    a.add_to(x, slot);
    b.add_to(y, slot);
    ASSERT_EQ(x, y) << "slot " << slot;
  }
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
    ASSERT_NO_FATAL_FAILURE(expect_same(along, folded, inner));
  }
}

// Few changes in a large tree go path by path, many are summed first.
TEST(StandingTotals, PathsTogetherAreAsOneByOne) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededRandom random(seed);
    const auto below = [&](std::uint64_t bound) { return random.next_u64() % bound; };
    const ledger::OrgTree tree = random_tree(random, seed % 2 == 0 ? 60 : 3000);
    const InnerUnits inner(tree);
    const auto any_share = [&] {
      return Share{static_cast<std::uint8_t>(below(ledger::kPhaseCount)), below(2) == 0,
                   below(2) == 0, below(2) == 0};
    };
    StandingTotals one_by_one;
    StandingTotals together;
    std::vector<StandingTotals::Change> there;  // as `after` has them
    for (const std::uint64_t count : {std::uint64_t{0}, below(8), below(500), below(20)}) {
      std::vector<StandingTotals::Change> changes;
      for (std::uint64_t i = 0; i < count; ++i) {
        const auto place = UnitId{static_cast<std::uint32_t>(below(tree.size()))};
        StandingTotals::Change change{inner.nearest(place), static_cast<std::uint8_t>(below(3)),
                                      std::nullopt, any_share()};
        if (!there.empty() && below(2) == 0) {
          change = there.back();
          there.pop_back();
          change.before = change.after;
          change.after.reset();
          if (below(2) == 0) change.after = any_share();
        }
        changes.push_back(change);
      }
      for (const StandingTotals::Change& one : changes) {
        one_by_one.change_path(inner, one.slot, one.kind, one.before, one.after);
        if (one.after) there.push_back(one);
      }
      together.change_paths(inner, changes);
      std::shuffle(there.begin(), there.end(), std::minstd_rand(static_cast<unsigned>(seed)));
    }
    ASSERT_NO_FATAL_FAILURE(expect_same(one_by_one, together, inner));
  }
}

}  // namespace
}  // namespace tz::rollup
