// Kept lists against plain ones, with every copy as it was, and what copies share.
#include "ledger/kept_list.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/random.h"

namespace tz::ledger {
namespace {

template <class T>
void expect_same(const KeptList<T>& list, const std::vector<T>& plain) {
  ASSERT_EQ(list.size(), plain.size());
  EXPECT_EQ(list.empty(), plain.empty());
  EXPECT_TRUE(std::equal(list.begin(), list.end(), plain.begin(), plain.end()));
  EXPECT_TRUE(std::equal(list.rbegin(), list.rend(), plain.rbegin(), plain.rend()));
  for (std::size_t i = 0; i < plain.size(); i += 1 + i / 7) ASSERT_EQ(list[i], plain[i]) << i;
  if (plain.empty()) return;
  EXPECT_EQ(list.front(), plain.front());
  EXPECT_EQ(list.back(), plain.back());
}

// Long enough for nodes above nodes: 64 leaves of 32 words, or of 256 numbers, are one node.
template <class T, class Make>
void compare(std::uint64_t seed, std::size_t length, const Make& make) {
  SeededRandom random(seed);
  KeptList<T> list;
  std::vector<T> plain;
  std::vector<std::pair<KeptList<T>, std::vector<T>>> copies;
  while (plain.size() < length) {
    if (plain.empty() || random.next_u64() % 4 > 0) {
      plain.push_back(make(random.next_u64()));
      list.add(plain.back());
    } else {
      const std::size_t at = random.next_u64() % plain.size();
      plain[at] = make(random.next_u64());
      list.change(at, [&](T& one) { one = plain[at]; });
    }
    if (random.next_u64() % (length / 4) == 0) copies.emplace_back(list, plain);
  }
  copies.emplace_back(list, plain);
  copies.emplace_back();
  for (const auto& [copy, then] : copies) expect_same(copy, then);
}

TEST(KeptList, IsAsAPlainOneWouldBeAndSoIsEveryCopy) {
  compare<std::string>(1, 5'000, [](std::uint64_t number) { return std::to_string(number); });
  compare<std::uint64_t>(2, 40'000, [](std::uint64_t number) { return number; });
}

TEST(KeptList, IsTheSameAtEveryLengthThatFillsALeafOrANode) {
  KeptList<std::string> list;
  std::vector<std::string> plain;
  for (std::size_t i = 0; i < 32 * 64 * 2 + 40; ++i) {
    plain.push_back(std::to_string(i));
    list.add(plain.back());
    ASSERT_EQ(list.back(), plain.back());
    ASSERT_EQ(list[i / 2], plain[i / 2]);
    if (i % 32 < 2) expect_same(list, plain);
  }
}

TEST(KeptList, ACopySharesAllLeavesButTheOneThatChanged) {
  KeptList<std::string> list;
  for (std::size_t i = 0; i < 10'000; ++i) list.add(std::to_string(i));
  const KeptList<std::string> copy = list;
  list.change(5'000, [](std::string& one) { one = "changed"; });
  list.add("added");
  EXPECT_EQ(copy[5'000], "5000");
  EXPECT_EQ(copy.size(), 10'000U);
  std::size_t moved = 0;
  for (std::size_t i = 0; i < copy.size(); ++i) moved += &list[i] == &copy[i] ? 0 : 1;
  EXPECT_EQ(moved, 32U + 10'000 % 32);
}

}  // namespace
}  // namespace tz::ledger
