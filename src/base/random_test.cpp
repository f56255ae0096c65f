// Seeded bytes are repeatable, the system's are not.
#include "base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

namespace tz {
namespace {

TEST(SeededRandomBytes, AreTheSameForTheSameSeed) {
  SeededRandom first(7);
  SeededRandom second(7);
  SeededRandom other(8);
  std::vector<std::uint8_t> a(1001), b(1001), c(1001);
  first.fill(a);
  second.fill(b);
  other.fill(c);
  EXPECT_EQ(a, b);
  EXPECT_NE(a, c);
}

// The generator's own published test values: what a seed printed by a test gives must never change.
TEST(SeededRandomBytes, AreSplitMix64) {
  SeededRandom random(1234567);
  EXPECT_EQ(random.next_u64(), 6457827717110365317U);
  EXPECT_EQ(random.next_u64(), 3203168211198807973U);
  EXPECT_EQ(random.next_u64(), 9817491932198370423U);
}

TEST(SeededRandomBytes, FillEveryLengthAndNothingBeyond) {
  for (std::size_t length = 0; length < 40; ++length) {
    SeededRandom random(3);
    std::vector<std::uint8_t> bytes(length + 8, 0xee);
    random.fill(std::span(bytes).first(length));
    EXPECT_EQ(std::count(bytes.begin() + static_cast<std::ptrdiff_t>(length), bytes.end(), 0xee),
              8);
  }
}

TEST(SystemRandomBytes, NeverRepeat) {
  SystemRandom random;
  SystemRandom other;
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 2000; ++i) {  // several times the pool
    EXPECT_TRUE(seen.insert(random.next_u64()).second);
    EXPECT_TRUE(seen.insert(other.next_u64()).second);
  }
}

TEST(SystemRandomBytes, FillRequestsLargerThanThePool) {
  SystemRandom random;
  for (std::size_t length : {4095, 4096, 4097, 100'000}) {
    std::vector<std::uint8_t> bytes(length);
    random.fill(bytes);
    // All 256 values stand in so many random bytes but for a chance of about 2 in 100,000.
    EXPECT_GT(std::set<std::uint8_t>(bytes.begin(), bytes.end()).size(), 250U);
  }
}

}  // namespace
}  // namespace tz
