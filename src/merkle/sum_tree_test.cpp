// The sum tree against its definition, and what it refuses to be built of.
#include "merkle/sum_tree.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "merkle/slow_sum_tree_test.h"
#include "merkle/slow_tree_test.h"

namespace tz::merkle {
namespace {

SumTree built(const SumGrid& grid, const std::vector<SumLeaf>& leaves) {
  return SumTree::build(grid, static_cast<std::uint32_t>(leaves.size()), source_of(leaves)).value();
}

std::string refused(const std::vector<SumLeaf>& leaves, const SumGrid& grid = kUsualGrid) {
  const auto size = static_cast<std::uint32_t>(leaves.size());
  const Result<SumTree> tree = SumTree::build(grid, size, source_of(leaves));
  if (tree.ok()) return "";
  std::string text = tree.error().code;
  for (const auto& fact : tree.error().facts) text += " " + fact.first + "=" + fact.second;
  return text;
}

void expect_definition(const SumTree& tree, const SlowSumTree& slow, const SumRange& range) {
  const SumNode node = tree.node(range);
  ASSERT_EQ(node.hash, slow.hash(range.from, range.to)) << range.from << " to " << range.to;
  ASSERT_EQ(node.counts, slow.counts(range.from, range.to));
  if (range.size() == 1) return;
  const std::uint32_t middle = middle_of(range);
  expect_definition(tree, slow, {range.from, middle});
  expect_definition(tree, slow, {middle, range.to});
}

TEST(SumTree, EveryNodeOfASmallTreeIsTheDefinitions) {
  SeededRandom random(test_seed());
  for (std::size_t size = 1; size <= 70; ++size) {
    const SlowSumTree slow(kUsualGrid, random_leaves(random, kUsualGrid, size));
    const SumTree tree = built(kUsualGrid, slow.leaves());
    expect_definition(tree, slow, {0, static_cast<std::uint32_t>(size)});
    ASSERT_EQ(root_digest(tree.root()), slow.digest());
    if (HasFatalFailure()) return;
  }
}

TEST(SumTree, LargerTreesOfAnyGridAreTheDefinitions) {
  SeededRandom random(test_seed());
  for (const SumGrid& grid : {SumGrid{1, 0, 1}, SumGrid{2, 3, 4}, SumGrid{4, 0, 3}, kUsualGrid}) {
    const std::size_t size = 300 + random.next_u64() % 700;
    const SlowSumTree slow(grid, random_leaves(random, grid, size));
    const SumTree tree = built(grid, slow.leaves());
    expect_definition(tree, slow, {0, static_cast<std::uint32_t>(size)});
    ASSERT_EQ(root_digest(tree.root()), slow.digest());
    if (HasFatalFailure()) return;
  }
}

TEST(SumTree, AnythingAlteredInALeafAltersTheDigest) {
  SeededRandom random(test_seed());
  std::vector<SumLeaf> leaves = random_leaves(random, kUsualGrid, 100);
  for (SumLeaf& leaf : leaves) leaf.tier = leaf.type = leaf.status = 1;
  const Hash digest = root_digest(built(kUsualGrid, leaves).root());
  const auto altered = [&](auto alter) {
    std::vector<SumLeaf> others = leaves;
    alter(others);
    return root_digest(built(kUsualGrid, others).root()) != digest;
  };
  EXPECT_TRUE(altered([](auto& others) { others[40].unit_code += "0"; }));
  EXPECT_TRUE(altered([](auto& others) { ++others[40].level; }));
  EXPECT_TRUE(altered([](auto& others) { ++others[40].tier; }));
  EXPECT_TRUE(altered([](auto& others) { ++others[40].type; }));
  EXPECT_TRUE(altered([](auto& others) { ++others[40].status; }));
  EXPECT_TRUE(altered([](auto& others) {
    const auto two = std::find_if(others.begin(), others.end(),
                                  [](const SumLeaf& leaf) { return leaf.subtree == 2; });
    --two->subtree;  // what stood below it stands beside it
  }));
  EXPECT_TRUE(altered([](auto& others) { std::swap(others[1].unit_code, others[2].unit_code); }));
  EXPECT_TRUE(altered([](auto& others) { others.push_back({100, "9", 0, 1, 0, 0, 0}); }));
}

TEST(SumTree, TheDigestCommitsToTheSizeAndTheGrid) {
  SeededRandom random(test_seed());
  const std::vector<SumLeaf> leaves = random_leaves(random, {2, 2, 2}, 9);
  const SumRoot root = built({2, 2, 2}, leaves).root();
  SumRoot larger = root;
  ++larger.size;
  SumRoot turned = root;
  turned.grid = {2, 4, 1};
  EXPECT_NE(root_digest(larger), root_digest(root));
  EXPECT_NE(root_digest(turned), root_digest(root));
}

TEST(SumTree, WhatIsNoTreeOrderIsRefused) {
  SeededRandom random(test_seed());
  const std::vector<SumLeaf> leaves = {{0, "1", 0, 4, 0, 0, 0},
                                       {1, "11", 1, 2, 1, 1, 1},
                                       {2, "111", 2, 1, 1, 1, 1},
                                       {3, "12", 1, 1, 1, 1, 1}};
  ASSERT_EQ(refused(leaves), "");
  std::vector<SumLeaf> others = leaves;
  std::swap(others[1], others[2]);
  EXPECT_EQ(refused(others), "sum_leaf_wrong position=1 why=position");
  others = leaves;
  others[2].subtree = 2;  // beyond 11, which it stands below
  EXPECT_EQ(refused(others), "sum_leaf_wrong position=2 why=subtree");
  others = leaves;
  others[0].subtree = 5;
  EXPECT_EQ(refused(others), "sum_leaf_wrong position=0 why=subtree");
  others = leaves;
  others[3].subtree = 0;
  EXPECT_EQ(refused(others), "sum_leaf_wrong position=3 why=subtree");
  others = leaves;
  others[3].status = 5;
  EXPECT_EQ(refused(others), "sum_leaf_wrong position=3 why=status");
}

TEST(SumTree, NothingAndTooMuchAreRefused) {
  EXPECT_EQ(refused({}), "sum_tree_size size=0 size_max=16777215");
  EXPECT_EQ(refused({{0, "1", 0, 1, 0, 0, 0}}, {0, 1, 1}),
            "sum_grid_wrong tiers=0 types=1 statuses=1");
  const Result<SumTree> tree = SumTree::build(kUsualGrid, kSumLeavesMax + 1, [](std::uint32_t) {
    ADD_FAILURE() << "no leaf need be asked for";
    return SumLeaf{};
  });
  EXPECT_EQ(tree.error().code, "sum_tree_size");
}

TEST(SumTree, SumsThatDoNotFitAreRefusedAndOneByteLessIsNot) {
  // 111 cells: a table of 28 bytes, and one byte for each count up to 255.
  const SumGrid grid{1, 0, 110};
  const auto spread = [](std::uint8_t statuses) {
    std::vector<SumLeaf> leaves(400);
    for (std::uint32_t i = 0; i < leaves.size(); ++i)
      leaves[i] = {i, "1", 0, 1, 1, 0, static_cast<std::uint8_t>(i % statuses)};
    return leaves;
  };
  EXPECT_EQ(refused(spread(100), grid), "");
  EXPECT_EQ(refused(spread(101), grid), "sums_too_long bytes=129 bytes_max=128");
}

}  // namespace
}  // namespace tz::merkle
