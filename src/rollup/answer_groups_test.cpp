// Answers are told in groups, and nobody gets a part of one by subtracting.
#include "rollup/answer_groups.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "base/random.h"
#include "ledger/interval.h"

namespace tz::rollup {
namespace {

constexpr std::uint8_t kKind = 3;

// 0 a county; 1 and 2 townships; 3 and 4 villages of the one, 5 of the other.
ledger::OrgTree small_tree() {
  const auto row = [](std::string code, std::uint32_t parent) {
    ledger::UnitRow out;
    out.code = out.name = std::move(code);
    out.parent = UnitId{parent};
    return out;
  };
  ledger::OrgTree tree;
  tree.add_units(std::vector<ledger::UnitRow>{row("0", 0), row("1", 0), row("2", 0), row("3", 1),
                                              row("4", 1), row("5", 2)});
  return tree;
}

struct Asking {
  ledger::OrgTree tree = small_tree();
  AnswerGroups groups;
  std::vector<std::uint8_t> levels;

  void say(std::uint32_t unit, int count, bool yes = true) {
    for (int i = 0; i < count; ++i)
      groups.add(kKind, tree.position(UnitId{unit}), AnswerSort::Solved, yes);
  }
  // By unit: how many answers of how many groups, as of everything below `unit`.
  std::map<std::uint32_t, std::vector<std::uint64_t>> made(std::uint32_t unit = 0) {
    std::map<std::uint32_t, std::vector<std::uint64_t>> out;
    for (const AnswerGroup& one : groups.made(tree, {tree.subtree(UnitId{unit})}, levels))
      out[tree.at(one.place).value].push_back(one.said.denominator);
    return out;
  }
};
using Made = std::map<std::uint32_t, std::vector<std::uint64_t>>;

TEST(AnswerGroups, WhatIsTooFewWaitsForMoreFurtherUp) {
  Asking of;
  of.say(3, 3);
  EXPECT_EQ(of.made(), Made{});
  of.say(4, 7);
  EXPECT_EQ(of.made(), (Made{{4, {7}}})) << "the three of 3 are told nowhere";
  of.say(5, 2);
  EXPECT_EQ(of.made(), (Made{{4, {7}}, {0, {5}}})) << "with the two of 5, in the county";
  EXPECT_EQ(of.made(1), (Made{{4, {7}}})) << "as in their township";
  of.say(1, 2);
  EXPECT_EQ(of.made(), (Made{{4, {7}}, {1, {5}}})) << "they are told there, and the two wait again";
}

TEST(AnswerGroups, WhatAUnitHasItselfStandsAlone) {
  Asking of;
  of.say(1, 5);
  of.say(3, 4);
  of.say(4, 4);
  EXPECT_EQ(of.made(), (Made{{1, {5, 8}}}));
}

TEST(AnswerGroups, AreOfALevelWhereAllOfThemAre) {
  Asking of;
  of.levels.assign(of.tree.size(), 0);
  for (const std::uint32_t village : {3U, 4U, 5U}) of.levels[of.tree.position(UnitId{village})] = 1;
  of.say(3, 3);
  of.say(4, 3);
  auto groups = of.groups.made(of.tree, {of.tree.subtree(UnitId{0})}, of.levels);
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups.front().of, 1);
  EXPECT_EQ(groups.front().kind, kKind);
  of.say(1, 1);
  groups = of.groups.made(of.tree, {of.tree.subtree(UnitId{0})}, of.levels);
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups.front().of, AnswerGroup::kMixed);
}

// A reader who has the page of every unit and subtracts from each any that lie in it.
TEST(AnswerGroups, NobodyGetsAFewBySubtracting) {
  SeededRandom random(20'190'917);
  std::size_t told_at_all = 0;
  for (int round = 0; round < 2'000; ++round) {
    Asking of;
    for (std::uint32_t unit = 0; unit < of.tree.size(); ++unit)
      of.say(unit, static_cast<int>(random.next_u64() % 9), random.next_u64() % 2 == 0);
    const auto told = [&](std::uint32_t page, std::uint32_t unit) {
      std::uint64_t sum = 0;
      for (const auto& [at, groups] : of.made(page))
        if (of.tree.within(UnitId{at}, UnitId{unit}))
          for (const std::uint64_t each : groups) sum += each;
      return sum;
    };
    for (std::uint32_t unit = 0; unit < of.tree.size(); ++unit) {
      const std::uint64_t whole = told(unit, unit);
      EXPECT_EQ(told(0, unit), whole) << "every page tells the same of a unit";
      told_at_all += whole > 0 ? 1 : 0;
      std::vector<std::uint32_t> below;
      for (std::uint32_t child = 0; child < of.tree.size(); ++child)
        if (child != unit && of.tree.parent(UnitId{child}) == UnitId{unit}) below.push_back(child);
      for (std::uint32_t some = 0; some < 1U << below.size(); ++some) {
        std::uint64_t left = whole;
        for (std::size_t i = 0; i < below.size(); ++i)
          if ((some >> i & 1U) != 0) left -= told(below[i], below[i]);
        ASSERT_TRUE(left == 0 || left >= kVerdictsShownMin) << round << " " << unit;
      }
    }
  }
  EXPECT_GT(told_at_all, 2'000U);
}

}  // namespace
}  // namespace tz::rollup
