// Merged intervals hold exactly the positions that the given ones hold, in their normal form.
#include "ledger/interval.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace tz::ledger {
namespace {

TEST(Interval, MergedHoldsWhatTheGivenOnesHold) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SeededRandom random(seed);
    std::vector<Interval> given;
    for (std::uint64_t i = random.next_u64() % 8; i > 0; --i) {
      const auto begin = static_cast<std::uint32_t>(random.next_u64() % 60);
      given.push_back({begin, begin + static_cast<std::uint32_t>(random.next_u64() % 12)});
    }
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

}  // namespace
}  // namespace tz::ledger
