// A reader who has the newest roster of every village and that for everybody, and subtracts.
#include "ledger/roster_difference.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace tz::ledger {
namespace {

constexpr Day kToday{18'147};
constexpr std::uint32_t kFirstVillage = 2;
constexpr std::uint32_t kVillages = 4;

// 0 county, 1 township, 2 to 5 its villages.
OrgTree small_tree() {
  const auto row = [](std::string code, std::uint32_t parent, UnitKind kind) {
    return UnitRow{code, code, UnitId{parent}, kind, false, Day{1}, {}};
  };
  std::vector<UnitRow> rows = {row("0", 0, UnitKind::County), row("1", 0, UnitKind::Township)};
  for (std::uint32_t i = 0; i < kVillages; ++i)
    rows.push_back(row(std::to_string(kFirstVillage + i), 1, UnitKind::Village));
  OrgTree tree;
  tree.add_units(rows);
  return tree;
}

StagesOfUnit unit_with(std::uint32_t unit, std::vector<std::int64_t> counts) {
  StagesOfUnit out{UnitId{unit}, {}};
  std::copy(counts.begin(), counts.end(), out.counts.begin() + 1);
  return out;
}

class Beside : public testing::Test {
 protected:
  // False: there is none that may be shown.
  bool publish(std::optional<UnitId> unit, const std::vector<StagesOfUnit>& counts) {
    auto rows = rows_beside(tree, scheme, unit, public_rows(counts));
    if (rows.empty()) return false;
    EXPECT_TRUE(may_be_public(rows));
    EXPECT_EQ(rows_beside(tree, scheme, unit, rows), rows);
    PublishedRoster roster;
    roster.unit = unit;
    roster.first = roster.last = kToday;
    roster.rows = std::move(rows);
    scheme.publish(std::move(roster), kToday);
    return true;
  }
  const std::vector<RosterRow>& newest(std::optional<UnitId> unit) {
    return scheme.rosters.at(scheme.rosters_of(unit)->numbers.back() - 1)->rows;
  }
  OrgTree tree = small_tree();
  Scheme scheme;
};

// What a row tells of the stages from one to another; none where it does not tell. Where nobody is
// at several stages, nobody is at any of them.
std::optional<std::int64_t> told(const RosterRow& row, std::size_t from, std::size_t to) {
  std::int64_t sum = 0;
  bool begins = false;
  for (const RosterCell& cell : row.cells) {
    const auto first = static_cast<std::size_t>(cell.first);
    const auto last = static_cast<std::size_t>(cell.last);
    const bool nobody = cell.households == 0;
    begins = begins || (nobody ? first <= from && from <= last : first == from);
    if (begins) sum += cell.households;
    if (begins && (nobody ? first <= to && to <= last : last == to)) return sum;
  }
  return std::nullopt;
}

TEST_F(Beside, StagesStandTogetherWhereTheRestWouldBeAFew) {
  ASSERT_TRUE(publish(UnitId{2}, {unit_with(2, {20, 6})}));
  ASSERT_TRUE(publish(std::nullopt, {unit_with(1, {40, 8})}));
  EXPECT_EQ(newest(std::nullopt)[0].cells.size(), 2U);  // one step, and none beyond it
  EXPECT_EQ(newest(std::nullopt)[0].cells[0].households, 48);
}

TEST_F(Beside, AVillageGivesWayToItsTownship) {
  ASSERT_TRUE(publish(std::nullopt, {unit_with(1, {40, 8})}));
  ASSERT_TRUE(publish(UnitId{2}, {unit_with(2, {20, 6})}));
  EXPECT_EQ(newest(UnitId{2})[0].cells.size(), 2U);
  EXPECT_EQ(told(newest(UnitId{2})[0], 2, 2), std::nullopt);
}

TEST_F(Beside, NothingIsShownWhereTheRestIsAFew) {
  ASSERT_TRUE(publish(UnitId{2}, {unit_with(2, {30})}));
  EXPECT_FALSE(publish(std::nullopt, {unit_with(1, {33})}));
  EXPECT_TRUE(publish(std::nullopt, {unit_with(1, {35})}));
}

TEST_F(Beside, WhatIsOverIsForgottenByTheListButNotTheNewest) {
  ASSERT_TRUE(publish(UnitId{2}, {unit_with(2, {30})}));
  PublishedRoster later = *scheme.rosters.at(0);
  later.first = later.last = Day{kToday.number + 1};
  scheme.publish(later, Day{kToday.number + 1});
  EXPECT_EQ(scheme.rosters_of(UnitId{2})->numbers, std::vector<std::uint32_t>{2});
  EXPECT_EQ(scheme.rosters_of(UnitId{3}), nullptr);
  EXPECT_EQ(scheme.rosters_of(std::nullopt), nullptr);
}

// Of three who moved since, and since any roster before, nothing is told; of five it is.
TEST_F(Beside, FewWhoMovedWaitUntilMoreDid) {
  ASSERT_TRUE(publish(UnitId{2}, {unit_with(2, {24, 6})}));
  ASSERT_TRUE(publish(UnitId{2}, {unit_with(2, {21, 9})}));
  EXPECT_EQ(told(newest(UnitId{2})[0], 1, 1), std::nullopt);
  EXPECT_EQ(newest(UnitId{2})[0].cells.front().households, 30);
  ASSERT_TRUE(publish(UnitId{2}, {unit_with(2, {19, 11})}));
  EXPECT_EQ(told(newest(UnitId{2})[0], 1, 1), 19);
  ASSERT_TRUE(publish(UnitId{2}, {unit_with(2, {17, 13})}));
  EXPECT_EQ(told(newest(UnitId{2})[0], 1, 1), std::nullopt) << "two since the last one";
}

// Where nobody was, one knows how many were no further than each stage in between.
TEST_F(Beside, WhereNobodyWasEachStageIsKnown) {
  ASSERT_TRUE(publish(UnitId{2}, {unit_with(2, {10, 0, 0, 0, 10})}));
  EXPECT_EQ(told(newest(UnitId{2})[0], 1, 2), 10);
  ASSERT_TRUE(publish(UnitId{2}, {unit_with(2, {4, 3, 3, 0, 10})}));
  EXPECT_EQ(told(newest(UnitId{2})[0], 1, 2), std::nullopt) << "three went further";
  EXPECT_EQ(told(newest(UnitId{2})[0], 1, 5), 20);
}

// The reader takes away the village where nobody is at the second stage too.
TEST_F(Beside, APartInWhichNobodyIsCanBeTakenAway) {
  ASSERT_TRUE(publish(UnitId{2}, {unit_with(2, {15, 0, 0, 10})}));
  ASSERT_TRUE(publish(UnitId{3}, {unit_with(3, {0, 20, 0, 10})}));
  ASSERT_TRUE(publish(std::nullopt, {unit_with(1, {16, 21, 10, 30})}));
  const auto left = told(newest(std::nullopt)[0], 1, 2);
  EXPECT_FALSE(left.has_value()) << "one at each of two stages, in a village that is not shown";
}

TEST_F(Beside, OfWhomStoodWithOthersOnlyTheNumberIsTold) {
  ASSERT_TRUE(publish(UnitId{2}, {unit_with(6, {24, 6}), unit_with(7, {9, 8})}));
  const auto rows = rows_beside(tree, scheme, UnitId{2},
                                public_rows({unit_with(6, {24, 6}), unit_with(7, {10, 12})}));
  ASSERT_EQ(rows.size(), 2U);
  for (const RosterRow& row : rows) EXPECT_EQ(row.cells.size(), 1U);
}

// Whatever was published when, and whoever moved in between, wherever.
TEST_F(Beside, NobodyIsToldByTwoDays) {
  SeededRandom random(20'191'231);
  std::size_t told_twice = 0;
  for (int round = 0; round < 300; ++round) {
    scheme = Scheme{};
    StagesOfUnit village{UnitId{2}, {}};
    for (std::size_t stage = 1; stage < kHouseholdStageCount; ++stage)
      village.counts[stage] = static_cast<std::int64_t>(random.next_u64() % 12);
    std::vector<RosterRow> days;
    for (int day = 0; day < 5; ++day) {
      if (publish(UnitId{2}, {village})) days.push_back(newest(UnitId{2})[0]);
      for (std::uint64_t moves = random.next_u64() % 9; moves > 0; --moves) {
        const std::size_t from = 1 + random.next_u64() % (kHouseholdStageCount - 2);
        if (village.counts[from] == 0) continue;
        --village.counts[from];
        ++village.counts[from + 1];
      }
    }
    for (std::size_t a = 0; a < days.size(); ++a)
      for (std::size_t b = a + 1; b < days.size(); ++b)
        for (std::size_t end = 1; end + 1 < kHouseholdStageCount; ++end) {
          const auto before = told(days[a], 1, end);
          const auto after = told(days[b], 1, end);
          if (!before || !after) continue;
          ++told_twice;
          const std::int64_t moved = *before - *after;
          ASSERT_TRUE(moved == 0 || moved >= kRosterCellMin) << round;
        }
  }
  EXPECT_GT(told_twice, 100U);
}

// Any villages are taken from their township, whatever was published in whatever order.
TEST_F(Beside, NobodyGetsAFewBySubtracting) {
  SeededRandom random(20'190'919);
  std::size_t shown = 0;
  for (int round = 0; round < 400; ++round) {
    scheme = Scheme{};
    StagesOfUnit whole{UnitId{1}, {}};
    std::vector<StagesOfUnit> villages;
    for (std::uint32_t i = 0; i < kVillages; ++i) {
      StagesOfUnit one{UnitId{kFirstVillage + i}, {}};
      for (std::size_t stage = 1; stage < kHouseholdStageCount; ++stage) {
        if (random.next_u64() % 2 == 0)
          one.counts[stage] = static_cast<std::int64_t>(random.next_u64() % 12);
        whole.counts[stage] += one.counts[stage];
      }
      villages.push_back(one);
    }
    std::vector<const RosterRow*> parts;
    const std::uint64_t when = random.next_u64() % (kVillages + 1);
    for (std::uint32_t i = 0; i <= kVillages; ++i) {
      if (i == when) publish(std::nullopt, {whole});
      if (i < kVillages && random.next_u64() % 4 != 0)
        publish(UnitId{kFirstVillage + i}, {villages[i]});
    }
    if (scheme.rosters_of(std::nullopt) == nullptr) continue;
    for (std::uint32_t i = 0; i < kVillages; ++i)
      if (scheme.rosters_of(UnitId{kFirstVillage + i}) != nullptr)
        for (const RosterRow& row : newest(UnitId{kFirstVillage + i})) parts.push_back(&row);
    ++shown;
    for (std::size_t from = 1; from < kHouseholdStageCount; ++from)
      for (std::size_t to = from; to < kHouseholdStageCount; ++to)
        for (std::uint64_t some = 0; some < std::uint64_t{1} << parts.size(); ++some) {
          auto left = told(newest(std::nullopt)[0], from, to);
          for (std::size_t i = 0; left && i < parts.size(); ++i) {
            if ((some >> i & 1U) == 0) continue;
            const auto taken = told(*parts[i], from, to);
            left = taken ? std::optional(*left - *taken) : std::nullopt;
          }
          ASSERT_FALSE(left && *left > 0 && *left < kRosterCellMin) << round;
        }
  }
  EXPECT_GT(shown, 200U);
}

}  // namespace
}  // namespace tz::ledger
