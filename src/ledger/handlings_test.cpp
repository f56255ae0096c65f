// Counts of handlings against a count by hand over random ones, in any part of a tree.
#include "ledger/handlings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "base/random.h"

namespace tz::ledger {
namespace {

constexpr std::uint32_t kUnits = 40;

OrgTree random_tree(Random& random) {
  OrgTree tree;
  std::vector<UnitRow> rows;
  for (std::uint32_t i = 0; i < kUnits; ++i) {
    const auto parent = i == 0 ? 0U : static_cast<std::uint32_t>(random.next_u64() % i);
    rows.push_back(
        {"u" + std::to_string(i), "unit", UnitId{parent}, UnitKind::Village, false, Day{0}, {}});
  }
  tree.add_units(rows);
  return tree;
}

HandlingRecorded random_handling(Random& random) {
  HandlingRecorded out;
  out.unit = UnitId{static_cast<std::uint32_t>(random.next_u64() % kUnits)};
  out.day = Day{static_cast<std::int32_t>(18'000 + random.next_u64() % 60)};
  out.visits = static_cast<std::int64_t>(random.next_u64() % 6);
  for (std::int64_t i = 1; i < out.visits; ++i) {
    FurtherVisit visit{static_cast<VisitReason>(random.next_u64() % kVisitReasonCount), {}, {}};
    if (visit.reason == VisitReason::MaterialMissing)
      visit = {visit.reason, "paper",
               static_cast<MissingWhy>(random.next_u64() % kMissingWhyCount)};
    out.further.push_back(visit);
  }
  return out;
}

// As the median of all numbers of visits written down one after another: the lower of two.
std::optional<std::int64_t> slow_median(std::vector<std::int64_t> visits) {
  if (visits.empty()) return std::nullopt;
  std::sort(visits.begin(), visits.end());
  return visits[(visits.size() - 1) / 2];
}

TEST(Handlings, AreCountedWhereAndWhenTheyWereGiven) {
  SeededRandom random(5);
  const OrgTree tree = random_tree(random);
  Handlings all;
  std::vector<HandlingRecorded> listed;
  for (int i = 0; i < 700; ++i) {
    listed.push_back(random_handling(random));
    const Handlings before = all;
    all.add(handling_of(listed.back(), static_cast<std::uint16_t>(i % 3)));
    ASSERT_EQ(before.size() + 1, all.size());
  }
  for (std::uint32_t id = 0; id < kUnits; ++id) {
    const std::vector<Interval> where = {tree.subtree(UnitId{id})};
    const PlacedQuestion question{tree, where, Day{18'010}, Day{18'040}};
    const auto found = placed(all, question);
    HandlingCounts expected;
    std::vector<std::int64_t> visits;
    for (std::size_t i = 0; i < listed.size(); ++i) {
      const HandlingRecorded& one = listed[i];
      if (i % 3 != 1 || one.day < question.from || question.to < one.day ||
          !tree.within(one.unit, UnitId{id}))
        continue;
      visits.push_back(one.visits);
      ++expected.by_visits[static_cast<std::size_t>(one.visits)];
      for (const FurtherVisit& visit : one.further) {
        ++expected.reasons[static_cast<std::size_t>(visit.reason)];
        if (visit.why) ++expected.missing[static_cast<std::size_t>(*visit.why)];
      }
    }
    const HandlingCounts counts = counts_of(all, found, where, std::uint16_t{1});
    EXPECT_EQ(counts, expected) << "unit " << id;
    EXPECT_EQ(counts.handled(), visits.size());
    EXPECT_EQ(counts.median_visits(), slow_median(visits));
  }
}

TEST(Handlings, PartsAddUpToTheWhole) {
  SeededRandom random(6);
  const OrgTree tree = random_tree(random);
  Handlings all;
  for (int i = 0; i < 500; ++i) all.add(handling_of(random_handling(random), 0));
  for (std::uint32_t id = 0; id < kUnits; ++id) {
    const std::vector<Interval> where = {tree.subtree(UnitId{id})};
    const auto found = placed(all, PlacedQuestion{tree, where, Day{0}, Day{20'000}});
    const std::uint32_t at = tree.position(UnitId{id});
    HandlingCounts sum = counts_of(all, found, std::vector<Interval>{{at, at + 1}}, {});
    for (const UnitId child : tree.children(UnitId{id}))
      sum += counts_of(all, found, std::vector<Interval>{tree.subtree(child)}, {});
    EXPECT_EQ(sum, counts_of(all, found, where, {}));
  }
}

TEST(Handlings, WithoutAnyThereIsNoMedian) {
  EXPECT_EQ(HandlingCounts{}.median_visits(), std::nullopt);
  EXPECT_EQ(HandlingCounts{}.at_most_once(), 0U);
}

}  // namespace
}  // namespace tz::ledger
