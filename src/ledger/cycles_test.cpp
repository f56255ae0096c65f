// Knots of small random graphs against reachability, and of large simple ones.
#include "ledger/cycles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/random.h"

namespace tz::ledger {
namespace {

using Knots = std::set<std::set<std::uint32_t>>;

Knots as_sets(const std::vector<std::vector<std::uint32_t>>& found) {
  Knots sets;
  for (const auto& knot : found) sets.insert({knot.begin(), knot.end()});
  return sets;
}

// An arrow is in the knot of all arrows that it can reach and that can reach it.
Knots slow_knots(std::size_t node_count, const std::vector<Arrow>& arrows) {
  std::vector<std::vector<bool>> reach(node_count, std::vector<bool>(node_count, false));
  for (const Arrow& arrow : arrows) reach[arrow.from][arrow.to] = true;
  for (std::size_t middle = 0; middle < node_count; ++middle)
    for (std::size_t a = 0; a < node_count; ++a)
      for (std::size_t b = 0; b < node_count; ++b)
        if (reach[a][middle] && reach[middle][b]) reach[a][b] = true;
  Knots sets;
  for (const Arrow& arrow : arrows) {
    if (!reach[arrow.to][arrow.from]) continue;
    std::set<std::uint32_t> knot;
    for (std::uint32_t i = 0; i < arrows.size(); ++i)
      if (reach[arrow.from][arrows[i].from] && reach[arrows[i].to][arrow.from]) knot.insert(i);
    sets.insert(knot);
  }
  return sets;
}

TEST(Cycles, KnotsAgreeWithReachability) {
  std::size_t found = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    SeededRandom random(seed);
    const std::size_t node_count = 1 + random.next_u64() % 9;
    std::vector<Arrow> arrows(random.next_u64() % 16);
    for (Arrow& arrow : arrows)
      arrow = {static_cast<std::uint32_t>(random.next_u64() % node_count),
               static_cast<std::uint32_t>(random.next_u64() % node_count)};
    const auto given = knots(node_count, arrows);
    for (const auto& knot : given) EXPECT_TRUE(std::is_sorted(knot.begin(), knot.end()));
    ASSERT_EQ(as_sets(given), slow_knots(node_count, arrows)) << "seed " << seed;
    found += given.size();
  }
  EXPECT_GT(found, 1000u);
}

TEST(Cycles, ALongChainAndALongRing) {
  std::vector<Arrow> arrows;
  constexpr std::uint32_t kCount = 300'000;
  for (std::uint32_t i = 0; i + 1 < kCount; ++i) arrows.push_back({i, i + 1});
  EXPECT_TRUE(knots(kCount, arrows).empty());
  arrows.push_back({kCount - 1, 0});
  const auto ring = knots(kCount, arrows);
  ASSERT_EQ(ring.size(), 1u);
  EXPECT_EQ(ring[0].size(), arrows.size());
}

TEST(Cycles, NothingHasNoKnots) {
  EXPECT_TRUE(knots(0, {}).empty());
  EXPECT_TRUE(knots(5, {}).empty());
}

}  // namespace
}  // namespace tz::ledger
