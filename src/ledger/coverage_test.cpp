// Coverage against a list of units that is counted anew each time.
#include "ledger/coverage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "base/random.h"

namespace tz::ledger {
namespace {

constexpr Day kAdopted{18'140};

std::shared_ptr<const AskedUnits> asked_units(std::uint32_t size, SeededRandom& random) {
  OrgTree tree;
  std::vector<UnitRow> rows;
  for (std::uint32_t i = 0; i < size; ++i)
    rows.push_back({"u" + std::to_string(i),
                    "unit",
                    UnitId{i == 0 ? 0 : static_cast<std::uint32_t>(random.next_u64() % i)},
                    static_cast<UnitKind>(random.next_u64() % 14),
                    false,
                    Day{0},
                    {}});
  tree.add_units(rows);
  auto out = std::make_shared<AskedUnits>();
  out->tree = std::make_shared<const OrgTree>(std::move(tree));
  out->day = out->first = kAdopted;
  out->tier_count = 3;
  for (std::uint32_t i = 0; i < size; ++i)
    out->tier_at.push_back(static_cast<std::uint8_t>(random.next_u64() % 4));
  return out;
}

// The slow, obvious twin.
struct Listed {
  std::shared_ptr<const AskedUnits> asked;
  std::vector<std::pair<CoverageStatus, Day>> units;

  explicit Listed(const std::shared_ptr<const AskedUnits>& of)
      : asked(of), units(of->tier_at.size(), {CoverageStatus::Open, kAdopted}) {}

  [[nodiscard]] std::string difference(const Coverage& coverage, const Interval& in) const {
    std::map<std::tuple<std::uint8_t, UnitKind, CoverageStatus>, std::uint32_t> counts;
    std::vector<std::uint32_t> missing;
    std::uint32_t all = 0;
    std::uint32_t covered = 0;
    for (std::uint32_t at = in.begin; at < in.end; ++at) {
      if (asked->tier_at[at] == 0) continue;
      const CoverageStatus status = units[at].first;
      const auto tier = static_cast<std::uint8_t>(asked->tier_at[at] - 1);
      ++counts[{tier, asked->tree->kind(asked->tree->at(at)), status}];
      ++all;
      const bool open = status == CoverageStatus::Open || status == CoverageStatus::NoneClaimed;
      covered += open ? 0U : 1U;
      if (open) missing.push_back(at);
      if (coverage.status(at) != status || coverage.since(at) != units[at].second)
        return "unit " + std::to_string(at);
    }
    const CoverageCounts got = coverage.counts(in);
    if (got.asked() != all || got.covered() != covered) return "sums";
    for (std::uint8_t tier = 0; tier < 3; ++tier)
      for (std::size_t kind = 0; kind < 14; ++kind)
        for (std::size_t status = 0; status < kCoverageStatusCount; ++status) {
          const auto k = static_cast<UnitKind>(kind);
          const auto s = static_cast<CoverageStatus>(status);
          if (got.of(tier, k, s) != counts[{tier, k, s}]) return "a cell";
        }
    if (coverage.uncovered(in, 0, all + 1) != missing) return "the list";
    if (missing.size() > 2) {
      const auto some = coverage.uncovered(in, missing[1], 1);
      if (some != std::vector<std::uint32_t>{missing[1]}) return "a page of the list";
    }
    return {};
  }
};

TEST(Coverage, CountsWhatAListOfUnitsCounts) {
  SeededRandom random(5);
  for (const std::uint32_t size : {1U, 40U, 4'096U, 4'097U, 20'000U}) {
    const auto asked = asked_units(size, random);
    Coverage coverage(asked);
    Listed listed(asked);
    for (int round = 0; round < 8; ++round) {
      for (std::uint32_t i = 0; i < size / 2; ++i) {
        const auto at = static_cast<std::uint32_t>(random.next_u64() % size);
        if (!coverage.asks(at)) continue;
        const auto status = static_cast<CoverageStatus>(random.next_u64() % kCoverageStatusCount);
        const Day day{kAdopted.number + round};
        coverage.set(at, status, day);
        listed.units[at] = {status, day};
      }
      for (int i = 0; i < 6; ++i) {
        auto a = static_cast<std::uint32_t>(random.next_u64() % (size + 1));
        auto b = static_cast<std::uint32_t>(random.next_u64() % (size + 1));
        if (i == 0) a = 0, b = size;
        if (b < a) std::swap(a, b);
        ASSERT_EQ(listed.difference(coverage, {a, b}), "") << size << " " << a << " " << b;
      }
    }
  }
}

TEST(Coverage, PassesOverWhereNobodyIsMissing) {
  SeededRandom random(6);
  const auto asked = asked_units(10'000, random);
  Coverage coverage(asked);
  Listed listed(asked);
  for (std::uint32_t at = 0; at < 10'000; ++at)
    if (coverage.asks(at) && at != 9'001) {
      coverage.set(at, CoverageStatus::Met, kAdopted);
      listed.units[at].first = CoverageStatus::Met;
    }
  EXPECT_EQ(listed.difference(coverage, {0, 10'000}), "");
  EXPECT_LE(coverage.uncovered({0, 10'000}, 0, 10).size(), 1U);
}

TEST(Coverage, ACopyIsNotChangedByWhatComesAfter) {
  SeededRandom random(7);
  const auto asked = asked_units(100, random);
  Coverage now(asked);
  const Coverage then = now;
  std::uint32_t at = 0;
  while (!now.asks(at)) ++at;
  now.set(at, CoverageStatus::Late, Day{kAdopted.number + 9});
  EXPECT_EQ(then.status(at), CoverageStatus::Open);
  EXPECT_EQ(then.counts({0, 100}).of(CoverageStatus::Late), 0U);
  EXPECT_EQ(now.counts({0, 100}).of(CoverageStatus::Late), 1U);
}

TEST(Coverage, WhatIsOnlyClaimedIsNotCovered) {
  EXPECT_FALSE(is_covered(CoverageStatus::NoneClaimed));
  EXPECT_FALSE(is_covered(CoverageStatus::Open));
  for (const CoverageStatus status : {CoverageStatus::Met, CoverageStatus::Late,
                                      CoverageStatus::Exempt, CoverageStatus::NoneChecked})
    EXPECT_TRUE(is_covered(status));
  for (std::size_t i = 0; i < kCoverageStatusCount; ++i)
    EXPECT_EQ(coverage_status_named(to_text(static_cast<CoverageStatus>(i))),
              static_cast<CoverageStatus>(i));
}

}  // namespace
}  // namespace tz::ledger
