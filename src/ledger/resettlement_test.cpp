// What a public roster may show, whatever a village is like.
#include "ledger/resettlement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/random.h"

namespace tz::ledger {
namespace {

StagesOfUnit unit_with(std::uint32_t unit, std::vector<std::int64_t> counts) {
  StagesOfUnit out{UnitId{unit}, {}};
  std::copy(counts.begin(), counts.end(), out.counts.begin() + 1);
  return out;
}

std::int64_t sum_of(const StagesOfUnit& unit) {
  return std::accumulate(unit.counts.begin(), unit.counts.end(), std::int64_t{0});
}
std::int64_t sum_of(const RosterRow& row) {
  std::int64_t sum = 0;
  for (const RosterCell& cell : row.cells) sum += cell.households;
  return sum;
}

TEST(PublicRows, AGroupOfTwentyStandsAlone) {
  const auto rows = public_rows({unit_with(1, {20}), unit_with(2, {7, 13})});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].units, std::vector<UnitId>{UnitId{1}});
  EXPECT_EQ(rows[0].cells.front(),
            (RosterCell{HouseholdStage::Registered, HouseholdStage::Registered, 20}));
  EXPECT_EQ(rows[0].cells.back(), (RosterCell{HouseholdStage::Told, HouseholdStage::Archived, 0}));
  EXPECT_EQ(rows[1].cells[1], (RosterCell{HouseholdStage::Told, HouseholdStage::Told, 13}));
}

TEST(PublicRows, SmallGroupsStandTogether) {
  const auto rows = public_rows({unit_with(1, {19}), unit_with(2, {30}), unit_with(3, {6})});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].units, (std::vector<UnitId>{UnitId{1}, UnitId{3}}));
  EXPECT_EQ(sum_of(rows[1]), 25);
}

TEST(PublicRows, WhatIsLeftOverTakesTheSmallestWithIt) {
  const auto rows = public_rows({unit_with(1, {1}), unit_with(2, {30}), unit_with(3, {40})});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].units, std::vector<UnitId>{UnitId{3}});
  EXPECT_EQ(rows[1].units, (std::vector<UnitId>{UnitId{1}, UnitId{2}}));
}

TEST(PublicRows, NothingIsShownOfAFew) {
  EXPECT_TRUE(public_rows({unit_with(1, {19})}).empty());
  EXPECT_TRUE(public_rows({}).empty());
}

TEST(PublicRows, SmallNumbersStandWithTheirNeighbours) {
  const auto rows = public_rows({unit_with(1, {4, 0, 3, 20, 0, 4})});
  ASSERT_EQ(rows.size(), 1U);
  ASSERT_EQ(rows[0].cells.size(), 2U);
  EXPECT_EQ(rows[0].cells[0],
            (RosterCell{HouseholdStage::Registered, HouseholdStage::Surveyed, 7}));
  EXPECT_EQ(rows[0].cells[1],
            (RosterCell{HouseholdStage::Confirmed, HouseholdStage::Archived, 24}));
}

TEST(MayBePublic, NoRowOfAFewAndNoNumberOfAFew) {
  const RosterCell all{HouseholdStage::Registered, HouseholdStage::Archived, 20};
  EXPECT_TRUE(may_be_public({{{UnitId{1}}, {all}}}));
  EXPECT_FALSE(may_be_public({{{}, {all}}}));
  RosterCell few = all;
  few.households = 19;
  EXPECT_FALSE(may_be_public({{{UnitId{1}}, {few}}}));
  few.households = 4;
  EXPECT_FALSE(may_be_public({{{UnitId{1}}, {all, few}}}));
  few.households = -1;
  EXPECT_FALSE(may_be_public({{{UnitId{1}}, {all, few}}}));
}

// Every household is in one row and one number, or nothing is shown at all.
TEST(PublicRows, HoldWhateverThereIs) {
  SeededRandom random(20'190'909);
  for (int round = 0; round < 2'000; ++round) {
    std::vector<StagesOfUnit> units(random.next_u64() % 8);
    std::int64_t all = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
      units[i].unit = UnitId{static_cast<std::uint32_t>(i)};
      for (std::size_t stage = 1; stage < kHouseholdStageCount; ++stage)
        if (random.next_u64() % 3 == 0)
          units[i].counts[stage] = static_cast<std::int64_t>(random.next_u64() % 9);
      all += sum_of(units[i]);
    }
    const auto rows = public_rows(units);
    EXPECT_TRUE(may_be_public(rows)) << round;
    EXPECT_EQ(rows.empty(), all < kRosterRowMin) << round;
    std::int64_t shown = 0;
    for (const RosterRow& row : rows) {
      shown += sum_of(row);
      auto next = HouseholdStage::Registered;
      for (const RosterCell& cell : row.cells) {
        EXPECT_EQ(cell.first, next) << round;
        next = static_cast<HouseholdStage>(static_cast<int>(cell.last) + 1);
      }
      EXPECT_EQ(static_cast<std::size_t>(next), kHouseholdStageCount) << round;
    }
    EXPECT_EQ(shown, rows.empty() ? 0 : all) << round;
  }
}

}  // namespace
}  // namespace tz::ledger
