// Kept maps against plain ones, with every copy as it was, and what copies share.
#include "ledger/kept_map.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "base/random.h"

namespace tz::ledger {
namespace {

template <class Key, class Make>
void compare(std::uint64_t seed, const Make& make) {
  SeededRandom random(seed);
  KeptMap<Key, std::uint64_t> kept;
  std::map<Key, std::uint64_t> plain;
  std::vector<std::pair<KeptMap<Key, std::uint64_t>, std::map<Key, std::uint64_t>>> copies(1);
  for (int i = 0; i < 8'000; ++i) {
    const Key key = make(random.next_u64() % 5'000);
    if (random.next_u64() % 3 == 0) {
      plain[key] += 1;
      kept.change(key, [](std::uint64_t& value) { ++value; });
    } else {
      plain[key] = random.next_u64();
      kept.put(key, plain[key]);
    }
    if (i % 1'000 == 17) copies.emplace_back(kept, plain);
  }
  copies.emplace_back(kept, plain);
  for (const auto& [copy, then] : copies) {
    ASSERT_EQ(copy.size(), then.size());
    EXPECT_EQ(copy.empty(), then.empty());
    auto at = then.begin();
    for (const auto* entry : copy.entries()) {
      ASSERT_EQ(entry->first, at->first);
      ASSERT_EQ(entry->second, at->second);
      ASSERT_EQ(copy.find(at->first), &entry->second);
      ++at;
    }
    for (std::uint64_t i = 0; i < 5'000; ++i)
      ASSERT_EQ(copy.contains(make(i)), then.contains(make(i)));
  }
}

TEST(KeptMap, IsAsAPlainOneWouldBeAndSoIsEveryCopy) {
  compare<UnitId>(1,
                  [](std::uint64_t number) { return UnitId{static_cast<std::uint32_t>(number)}; });
  compare<std::uint64_t>(2, [](std::uint64_t number) { return number << 40U; });
  // Hashes that are alike in all that places are told by.
  compare<Hash>(3, [](std::uint64_t number) {
    Hash hash{};
    hash[0] = static_cast<std::uint8_t>(number % 50);
    hash[30] = static_cast<std::uint8_t>(number >> 8U);
    hash[31] = static_cast<std::uint8_t>(number);
    return hash;
  });
}

TEST(KeptMap, ACopySharesAllButTheFewBesideWhatWasPut) {
  KeptMap<std::uint64_t, std::uint64_t> kept;
  for (std::uint64_t i = 0; i < 100'000; ++i) kept.put(i, i);
  const auto copy = kept;
  kept.put(70'000, 1);
  kept.put(200'000, 2);
  EXPECT_EQ(*copy.find(70'000), 70'000U);
  EXPECT_FALSE(copy.contains(200'000));
  std::size_t moved = 0;
  for (std::uint64_t i = 0; i < 100'000; ++i) moved += kept.find(i) == copy.find(i) ? 0 : 1;
  EXPECT_GE(moved, 1U);
  EXPECT_LE(moved, 32U);
}

}  // namespace
}  // namespace tz::ledger
