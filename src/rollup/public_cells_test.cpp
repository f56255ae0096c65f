// An attacker who has every public cell subtracts all he can, and is left with fewer than five
// never.
#include "rollup/public_cells.h"

#include <gtest/gtest.h>

#include <iostream>

#include "base/random.h"
#include "ledger/event.h"

namespace tz::rollup {
namespace {

using ledger::kPublicCountMin;
using Units = std::vector<CellUnit>;
using Cells = std::vector<std::optional<std::uint32_t>>;

bool small(std::int64_t count) { return count > 0 && count < kPublicCountMin; }

// Whether `below` lies somewhere below `above`.
bool lies_below(const Units& units, std::uint32_t below, std::uint32_t above) {
  auto at = units[below].parent;
  while (at && *at != above) at = units[*at].parent;
  return at.has_value();
}

struct Attack {
  std::uint64_t cells = 0;
  std::uint64_t pairs = 0;
  std::uint64_t sums = 0;
  std::uint64_t found = 0;  // counts of 1 to 4 that he comes to

  void run(const Units& units, const Cells& cells_seen) {
    for (std::uint32_t a = 0; a < units.size(); ++a) {
      if (!cells_seen[a]) continue;
      ++cells;
      if (small(*cells_seen[a])) ++found;
      for (std::uint32_t b = 0; b < units.size(); ++b) pair(units, cells_seen, a, b);
      sums_below(units, cells_seen, a);
    }
  }

 private:
  void pair(const Units& units, const Cells& seen, std::uint32_t a, std::uint32_t b) {
    if (!seen[b] || !lies_below(units, b, a)) return;
    ++pairs;
    if (small(std::int64_t{*seen[a]} - *seen[b])) ++found;
  }
  // Less every subset of the children's cells; of each child its cell, or those below it in turn.
  void sums_below(const Units& units, const Cells& seen, std::uint32_t a) {
    std::vector<std::uint32_t> below;
    for (std::uint32_t b = a + 1; b < units.size() && below.size() < 12; ++b)
      if (seen[b] && units[b].parent == a) below.push_back(b);
    for (std::uint32_t chosen = 1; chosen < 1U << below.size(); ++chosen) {
      std::int64_t left = *seen[a];
      std::int64_t deeper = *seen[a];
      for (std::size_t i = 0; i < below.size(); ++i) {
        if ((chosen >> i & 1U) == 0) continue;
        left -= *seen[below[i]];
        for (std::uint32_t c = below[i] + 1; c < units.size(); ++c)
          if (seen[c] && units[c].parent == below[i]) deeper -= *seen[c];
      }
      sums += 2;
      if (small(left) || small(deeper)) ++found;
    }
  }
};

Units random_units(SeededRandom& random) {
  Units units(1 + random.next_u64() % 60);
  const std::uint64_t spread = 1 + random.next_u64() % 12;
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    if (i > 0) units[i].parent = static_cast<std::uint32_t>(random.next_u64() % i);
    if (random.next_u64() % 3 != 0)
      units[i].own = static_cast<std::uint32_t>(random.next_u64() % spread);
  }
  return units;
}

// Without the complementary cells: what has to be found out, so that finding nothing means
// something.
Cells careless(const Units& units) {
  Cells out(units.size(), 0);
  for (std::size_t i = units.size(); i-- > 0;) {
    *out[i] += units[i].own;
    if (units[i].parent) *out[*units[i].parent] += *out[i];
  }
  for (auto& cell : out)
    if (*cell < kPublicCountMin) cell.reset();
  return out;
}

TEST(PublicCells, NoSubtractionLeavesFewerThanFive) {
  constexpr int kTrees = 4000;
  Attack attack;
  Attack on_careless;
  for (int seed = 0; seed < kTrees; ++seed) {
    SeededRandom random(static_cast<std::uint64_t>(seed));
    const Units units = random_units(random);
    const std::uint64_t before = attack.found;
    attack.run(units, public_cells(units));
    ASSERT_EQ(attack.found, before) << "seed " << seed;
    on_careless.run(units, careless(units));
  }
  EXPECT_GT(attack.cells, 10'000U);
  EXPECT_GT(on_careless.found, 1'000U) << "the attack finds nothing where there is something";
  std::cout << kTrees << " trees: " << attack.cells << " public cells, " << attack.pairs
            << " pairs and " << attack.sums << " sums subtracted, " << attack.found
            << " counts of 1 to 4; without complementary cells " << on_careless.found << "\n";
}

TEST(PublicCells, TheSmallestGoesWithOneThatIsTooSmall) {
  const Units units = {{{}, 0}, {0, 9}, {0, 3}, {0, 20}};
  const Cells cells = public_cells(units);
  EXPECT_EQ(cells, (Cells{32, std::nullopt, std::nullopt, 20}));
}

TEST(PublicCells, WhereNothingIsLeftOverAllAreShown) {
  EXPECT_EQ(public_cells({{{}, 0}, {0, 9}, {0, 0}, {0, 20}}), (Cells{29, 9, std::nullopt, 20}));
  EXPECT_EQ(public_cells({{{}, 6}, {0, 9}, {0, 20}}), (Cells{35, 9, 20}));
  EXPECT_EQ(public_cells({{{}, 2}, {0, 2}}), (Cells{std::nullopt, std::nullopt}));
}

TEST(PublicCells, BelowAWithheldCellNothingIsShown) {
  // The only child with enough is withheld for its sibling's sake; its own children would undo
  // that.
  EXPECT_EQ(public_cells({{{}, 0}, {0, 0}, {1, 8}, {0, 1}}),
            (Cells{9, std::nullopt, std::nullopt, std::nullopt}));
}

}  // namespace
}  // namespace tz::rollup
