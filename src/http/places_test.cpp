// Places of several accounts, taken and given back by many threads.
#include "http/places.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "base/id.h"

namespace tz::http {
namespace {

TEST(Places, NobodyTakesMoreThanHisOwn) {
  Places<AccountId> places(2);
  const auto first = places.take(AccountId{1});
  auto second = places.take(AccountId{1});
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(places.take(AccountId{1}));
  EXPECT_TRUE(places.take(AccountId{2})) << "another's places are his own";
  const auto copy = second;
  second.reset();
  EXPECT_FALSE(places.take(AccountId{1})) << "a copy holds it still";
}

TEST(Places, AreGivenBack) {
  Places<AccountId> places(1);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(places.take(AccountId{1})) << i;
  EXPECT_FALSE(Places<AccountId>(0).take(AccountId{1}));
}

TEST(Places, MayOutliveWhoGaveThem) {
  std::shared_ptr<void> place;
  {
    Places<AccountId> places(1);
    place = places.take(AccountId{1});
  }
  EXPECT_TRUE(place);
  place.reset();
}

TEST(Places, ManyThreadsNeverHoldMore) {
  constexpr std::size_t kMax = 3;
  Places<AccountId> places(kMax);
  std::atomic<std::size_t> held{0};
  std::atomic<std::size_t> most{0};
  std::atomic<std::size_t> taken{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 2000; ++i) {
        const auto place = places.take(AccountId{7});
        if (!place) continue;
        const std::size_t now = ++held;
        std::size_t seen = most.load();
        while (now > seen && !most.compare_exchange_weak(seen, now)) {
        }
        ++taken;
        --held;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most.load(), kMax);
  EXPECT_GT(taken.load(), 0U);
  EXPECT_TRUE(places.take(AccountId{7})) << "all were given back";
}

}  // namespace
}  // namespace tz::http
