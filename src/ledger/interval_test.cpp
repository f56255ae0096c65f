// Merged intervals hold exactly the positions that the given ones hold, in their normal form; so do
// what two of them share, and what one has beyond the other.
#include "ledger/interval.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace tz::ledger {
namespace {

std::vector<Interval> drawn(Random& random) {
  std::vector<Interval> out;
  for (std::uint64_t i = random.next_u64() % 8; i > 0; --i) {
    const auto begin = static_cast<std::uint32_t>(random.next_u64() % 60);
    out.push_back({begin, begin + static_cast<std::uint32_t>(random.next_u64() % 12)});
  }
  return out;
}

bool normal(const std::vector<Interval>& intervals) {
  for (std::size_t i = 0; i < intervals.size(); ++i) {
    if (intervals[i].begin >= intervals[i].end) return false;
    if (i > 0 && intervals[i - 1].end > intervals[i].begin) return false;
  }
  return true;
}

TEST(Interval, MergedHoldsWhatTheGivenOnesHold) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SeededRandom random(seed);
    const std::vector<Interval> given = drawn(random);
    const std::vector<Interval> normal = merged(given);
    for (std::uint32_t position = 0; position < 80; ++position) {
      const bool slow = std::any_of(given.begin(), given.end(), [&](const Interval& one) {
        return one.begin <= position && position < one.end;
      });
      ASSERT_EQ(holds(normal, position), slow) << "seed " << seed << " position " << position;
    }
    for (std::size_t i = 0; i < normal.size(); ++i) {
      ASSERT_LT(normal[i].begin, normal[i].end) << "seed " << seed;
      if (i > 0) {
        ASSERT_LT(normal[i - 1].end, normal[i].begin) << "seed " << seed;
      }
    }
  }
}

TEST(Interval, CommonAndLessAreBothAndOnlyTheFirst) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SeededRandom random(seed);
    const std::vector<Interval> a = merged(drawn(random));
    const std::vector<Interval> b = merged(drawn(random));
    const std::vector<Interval> both = common(a, b);
    const std::vector<Interval> rest = less(a, b);
    EXPECT_TRUE(normal(both)) << "seed " << seed;
    EXPECT_TRUE(normal(rest)) << "seed " << seed;
    for (std::uint32_t position = 0; position < 80; ++position) {
      ASSERT_EQ(holds(both, position), holds(a, position) && holds(b, position)) << "seed " << seed;
      ASSERT_EQ(holds(rest, position), holds(a, position) && !holds(b, position))
          << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace tz::ledger
