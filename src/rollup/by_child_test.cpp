// Rows by child add up to the unit's own total, whatever areas and placeholders there are.
#include "rollup/by_child.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "rollup/slow_twin.h"

namespace tz::rollup {
namespace {

// 0 nation, 1 prefecture, 2 its placeholder, 3 county in the placeholder, 4 village of the county,
// 5 area below the prefecture with the members 3, 4 and 6, 6 an area below the nation.
constexpr UnitId kNation{0}, kPrefecture{1}, kPlaceholder{2}, kCounty{3}, kVillage{4}, kArea{5},
    kOtherArea{6};
constexpr Day kFirst{18'000};
constexpr Day kLast{18'100};

ledger::OrgTree small_tree() {
  std::vector<ledger::UnitRow> rows(7);
  const std::vector<UnitId> parents = {kNation, kNation,     kPrefecture, kPlaceholder,
                                       kCounty, kPrefecture, kNation};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].code = rows[i].name = std::to_string(i);
    rows[i].parent = parents[i];
  }
  rows[kPlaceholder.value].placeholder = true;
  rows[kArea.value].kind = rows[kOtherArea.value].kind = ledger::UnitKind::Area;
  ledger::OrgTree tree;
  tree.add_units(rows);
  std::vector<ledger::LineEdge> edges;
  for (const UnitId member : {kVillage, kCounty, kOtherArea, kCounty})
    edges.push_back({member, kArea, ledger::LineKind::Area, kFirst, kLast});
  tree.add_lines(edges);
  return tree;
}

TEST(PartsOf, PlaceholdersAreReplacedAndAreasOverlap) {
  const auto tree = small_tree();
  EXPECT_EQ(parts_of(tree, kNation, kFirst),
            (std::vector<Part>{{kPrefecture, false}, {kOtherArea, true}}));
  EXPECT_EQ(parts_of(tree, kPrefecture, kFirst),
            (std::vector<Part>{{kCounty, false}, {kArea, true}}));
}

TEST(PartsOf, AnAreaHasItsMembersOfTheDayOnce) {
  const auto tree = small_tree();
  EXPECT_EQ(parts_of(tree, kArea, kLast),
            (std::vector<Part>{{kCounty, false}, {kVillage, true}, {kOtherArea, true}}));
  EXPECT_TRUE(parts_of(tree, kArea, Day{kLast.number + 1}).empty());
}

// The definition: of the items that count for the unit, those that no row that adds up covers.
Totals slow_rest(const SlowTwin& twin, UnitId unit, const std::vector<Part>& parts) {
  SlowTwin left = twin;
  left.entries.clear();
  for (const SlowTwin::Entry& entry : twin.entries) {
    bool in_row = false;
    for (const Part& part : parts)
      in_row = in_row || (!part.overlaps && twin.covers(part.unit, twin.place_of(entry.row)));
    if (!in_row) left.entries.push_back(entry);
  }
  return left.totals(unit);
}

TEST(RestOf, WithTheRowsItIsTheUnitsTotalOverRandomHistories) {
  const std::uint64_t seed = SystemRandom().next_u64();
  SCOPED_TRACE("seed " + std::to_string(seed));
  History history(seed);
  for (int round = 0; round < 12; ++round) {
    for (int step = 0; step < 60; ++step) history.step();
    const auto view = history.rollup.publish(1);
    const Day today = day_of(view->instant(), history.twin.zone);
    for (std::uint32_t i = 0; i < view->tree().size(); ++i) {
      const UnitId unit{i};
      const auto parts = parts_of(view->tree(), unit, today);
      const Totals rest = rest_of(*view, unit, parts);
      ASSERT_EQ(rest, slow_rest(history.twin, unit, parts)) << "unit " << i;
      Totals sum = rest;
      for (const Part& part : parts)
        if (!part.overlaps) sum += view->totals(part.unit);
      ASSERT_EQ(sum, view->totals(unit)) << "unit " << i;
    }
  }
}

RateTally answers(Fraction kept, Fraction told) {
  RateTally out;
  out.kept[static_cast<std::size_t>(RateName::Solved)] = kept;
  out.told_solved.kept = told;
  return out;
}

// Two parts left three answers each: they are told of the whole, and are nobody's own.
TEST(RestOf, TellsNothingOfWhatPartsHaveLeft) {
  std::vector<KindRates> counted(3);
  counted[0][0] = answers({4, 6}, {4, 6});
  counted[1][0] = answers({1, 3}, {});
  counted[2][0] = answers({3, 3}, {});
  const std::vector<Part> parts = {{kCounty, false}, {kVillage, false}};
  EXPECT_EQ(rest_of(counted, parts)[0], RateTally{});
  // Nor are they beside five of its own.
  counted[0][0] = answers({9, 11}, {9, 11});
  const KindRates rest = rest_of(counted, parts);
  EXPECT_EQ(rest[0].told_solved, ToldShare{});
  EXPECT_EQ(rest[0].kept[static_cast<std::size_t>(RateName::Solved)], (Fraction{5, 5}));
  counted[0][0] = answers({9, 11}, {5, 5});
  EXPECT_EQ(rest_of(counted, parts)[0].told_solved.kept, (Fraction{5, 5}));
}

}  // namespace
}  // namespace tz::rollup
