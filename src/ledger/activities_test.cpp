// Counts of activities against a count by hand over random ones.
#include "ledger/activities.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/random.h"

namespace tz::ledger {
namespace {

OrgTree random_tree(Random& random, std::uint32_t size) {
  OrgTree tree;
  std::vector<UnitRow> rows;
  for (std::uint32_t i = 0; i < size; ++i) {
    const auto parent = i == 0 ? 0U : static_cast<std::uint32_t>(random.next_u64() % i);
    rows.push_back(
        {"u" + std::to_string(i), "unit", UnitId{parent}, UnitKind::Village, false, Day{0}, {}});
  }
  tree.add_units(rows);
  return tree;
}

TEST(Activities, EachIsCountedOnceHoweverManyUnitsTookPart) {
  SeededRandom random(11);
  const OrgTree tree = random_tree(random, 40);
  const Day first = *parse_day("2019-09-01");
  Activities all;
  std::vector<Activity> listed;
  for (int i = 0; i < 700; ++i) {
    Activity one;
    one.programme = static_cast<std::uint16_t>(random.next_u64() % 2);
    one.sort = static_cast<ActivitySort>(random.next_u64() % kActivitySortCount);
    one.day = Day{first.number + static_cast<std::int32_t>(random.next_u64() % 61)};
    std::set<UnitId> units;
    for (std::uint64_t n = 1 + random.next_u64() % 4; n > 0; --n)
      units.insert(UnitId{static_cast<std::uint32_t>(random.next_u64() % 40)});
    one.units.assign(units.begin(), units.end());
    listed.push_back(one);
    const Activities before = all;
    all.add(one);
    ASSERT_EQ(before.size() + 1, all.size());
  }
  for (std::uint32_t id = 0; id < 40; ++id)
    for (const auto& month : {std::optional<Day>(), std::optional(first)}) {
      const std::vector<Interval> positions = {tree.subtree(UnitId{id})};
      Activities::Question question;
      question.programme = 1;
      question.tree = &tree;
      question.positions = positions;
      question.month = month;
      ActivityCounts expected;
      for (const Activity& one : listed) {
        if (one.programme != 1 || (month && one.day.number >= first.number + 30)) continue;
        const auto below = static_cast<std::uint32_t>(
            std::count_if(one.units.begin(), one.units.end(),
                          [&](UnitId unit) { return tree.within(unit, UnitId{id}); }));
        const auto sort = static_cast<std::size_t>(one.sort);
        expected.held[sort] += below > 0 ? 1U : 0U;
        expected.taken_part[sort] += below;
      }
      ASSERT_EQ(all.counts(question), expected) << id;
    }
}

TEST(Activities, EverySortHasItsWord) {
  for (std::size_t i = 0; i < kActivitySortCount; ++i) {
    const auto sort = static_cast<ActivitySort>(i);
    EXPECT_EQ(activity_sort_named(to_text(sort)), sort);
  }
  EXPECT_EQ(activity_sort_named("study_hours"), std::nullopt);
}

}  // namespace
}  // namespace tz::ledger
