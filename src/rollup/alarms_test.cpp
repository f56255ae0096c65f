// The index of what asks when, against a list that is looked through whole.
#include "rollup/alarms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/random.h"

namespace tz::rollup {
namespace {

Instant second(std::int64_t number) { return Instant{number * 1'000'000}; }

TEST(Alarms, ARowIsTakenOnceAndNotBeforeItsSecond) {
  Alarms alarms;
  alarms.set(3, Instant{5'000'001});
  EXPECT_TRUE(alarms.take(second(5), 10).empty()) << "a microsecond too early";
  EXPECT_EQ(alarms.next(), second(6));
  EXPECT_EQ(alarms.take(second(6), 10), std::vector<std::uint32_t>{3});
  EXPECT_TRUE(alarms.take(second(600), 10).empty());
  EXPECT_EQ(alarms.next(), std::nullopt);
}

TEST(Alarms, TheEarlierMomentHoldsUntilTheRowIsTaken) {
  Alarms alarms;
  alarms.set(0, second(20));
  alarms.set(0, second(10));
  alarms.set(0, second(30));
  EXPECT_EQ(alarms.take(second(10), 10).size(), 1);
  EXPECT_TRUE(alarms.take(second(30), 10).empty()) << "what was set before is forgotten";
  alarms.set(0, second(40));
  EXPECT_EQ(alarms.take(second(40), 10).size(), 1);
}

TEST(Alarms, LooksAtEveryRowOnceAgainWhenDaysAreAdopted) {
  Alarms alarms;
  using Rows = std::optional<std::pair<std::uint32_t, std::uint32_t>>;
  EXPECT_EQ(alarms.unseen(5, 3), Rows({0, 3}));
  EXPECT_EQ(alarms.unseen(5, 3), Rows({3, 5}));
  EXPECT_EQ(alarms.unseen(5, 3), Rows());
  EXPECT_EQ(alarms.unseen(6, 3), Rows()) << "a row that came since is set by who put it";
  alarms.note_unmoved(4);
  EXPECT_TRUE(alarms.unmoved(4));
  alarms.days_adopted(second(9));
  EXPECT_EQ(alarms.days_known(), second(9));
  EXPECT_FALSE(alarms.unmoved(4));
  EXPECT_EQ(alarms.unseen(6, 9), Rows({0, 6}));
}

TEST(Alarms, GivesWhatAWholeListGives) {
  SeededRandom random(7);
  const auto below = [&](std::uint64_t bound) { return random.next_u64() % bound; };
  Alarms alarms;
  std::map<std::uint32_t, std::int64_t> slow;
  std::int64_t now = 1;
  std::size_t taken_count = 0;
  for (int step = 0; step < 20'000; ++step) {
    if (below(3) != 0) {
      const auto row = static_cast<std::uint32_t>(below(300));
      const std::int64_t at = now + static_cast<std::int64_t>(below(100));
      alarms.set(row, second(at));
      const auto [held, added] = slow.try_emplace(row, at);
      if (!added) held->second = std::min(held->second, at);
      continue;
    }
    now += static_cast<std::int64_t>(below(4));
    const std::vector<std::uint32_t> taken = alarms.take(second(now), 1 + below(20));
    for (const std::uint32_t row : taken) {
      ASSERT_TRUE(slow.contains(row));
      ASSERT_LE(slow[row], now);
      slow.erase(row);
    }
    taken_count += taken.size();
    std::optional<std::int64_t> first;
    for (const auto& [row, at] : slow) first = std::min(first.value_or(at), at);
    if (alarms.next() && first) {
      ASSERT_LE(*alarms.next(), second(*first)) << "a row would be forgotten";
    }
    ASSERT_TRUE(alarms.next() || !first);
  }
  EXPECT_GT(taken_count, 1'000);
}

}  // namespace
}  // namespace tz::rollup
