// The growing tree and its right edge against the definition.
#include "merkle/tree.h"

#include <gtest/gtest.h>

#include <bit>

#include "merkle/slow_tree_test.h"

namespace tz::merkle {
namespace {

// Sizes at which an edge, a tile or a level begins or ends.
const std::uint64_t kTurningSizes[] = {0,     1,     2,     3,     255,   256,  257,
                                       511,   512,   513,   767,   4095,  4096, 32767,
                                       32768, 65535, 65536, 65537, 65792, 70000};

TEST(Tree, HashesAsRfc6962Says) {
  EXPECT_EQ(to_hex(empty_root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(leaf_hash({})),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  const Hash one = leaf_hash({});
  const Hash two = leaf_hash(Bytes{0});
  EXPECT_EQ(to_hex(node_hash(one, two)),
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
  EXPECT_NE(node_hash(one, two), node_hash(two, one));
}

TEST(Tree, AFrontierHasTheRootOfTheDefinitionAtEverySize) {
  SeededRandom random(test_seed());
  SlowTree tree(random_hashes(random, 601));
  Frontier frontier;
  for (std::uint64_t size = 0; size <= 600; ++size) {
    ASSERT_EQ(frontier.size(), size);
    ASSERT_EQ(frontier.root(), tree.root(size)) << "size " << size;
    frontier.append(tree.leaf(size));
  }
}

TEST(Tree, AFrontierTellsOfEachFullSubtreeOnceSmallestFirst) {
  SeededRandom random(test_seed());
  SlowTree tree(random_hashes(random, 70000));
  Frontier frontier;
  std::vector<FullSubtree> expected;
  std::vector<FullSubtree> completed;
  for (std::uint64_t size = 1; size <= 70000; ++size) {
    frontier.append(tree.leaf(size - 1), &completed);
    if (size % 256 == 0) expected.push_back({1, size / 256 - 1, tree.root(size - 256, size)});
    if (size % 65536 == 0) expected.push_back({2, size / 65536 - 1, tree.root(size - 65536, size)});
  }
  EXPECT_EQ(completed, expected);
  EXPECT_EQ(completed.size(), 274U);
  EXPECT_EQ(frontier.root(), tree.root(70000));
}

TEST(Tree, ASubtreeOfLevelThreeIsTold) {
  // The edge of a tree one leaf short of 256^3, as it would be kept.
  SeededRandom random(test_seed());
  const std::uint64_t size = (std::uint64_t{1} << 24) - 1;
  std::vector<Hash> edge = random_hashes(random, 24);
  const Hash leaf = random_hash(random);
  Frontier frontier(size, edge);
  std::vector<FullSubtree> completed;
  frontier.append(leaf, &completed);
  Hash hash = leaf;
  std::vector<FullSubtree> expected;
  for (int height = 1; height <= 24; ++height) {
    hash = node_hash(edge[static_cast<std::size_t>(24 - height)], hash);
    if (height % 8 == 0)
      expected.push_back({static_cast<std::uint8_t>(height / 8), ((size + 1) >> height) - 1, hash});
  }
  EXPECT_EQ(completed, expected);
  EXPECT_EQ(frontier.root(), hash);
}

TEST(Tree, TheEdgeIsFoundAgainAtEverySizeAndGrowsOnFromThere) {
  SeededRandom random(test_seed());
  SlowTree tree(random_hashes(random, 70001));
  std::vector<std::uint64_t> sizes(std::begin(kTurningSizes), std::end(kTurningSizes));
  for (std::uint64_t size = 0; size <= 600; ++size) sizes.push_back(size);
  for (int i = 0; i < 200; ++i) sizes.push_back(random.next_u64() % 70001);
  for (const std::uint64_t size : sizes) {
    const Result<Hash> root = root_at(size, tree.source());
    ASSERT_TRUE(root.ok());
    ASSERT_EQ(*root, tree.root(size)) << "size " << size;
    Result<Frontier> frontier = frontier_at(size, tree.source());
    ASSERT_TRUE(frontier.ok());
    frontier->append(tree.leaf(size));
    ASSERT_EQ(frontier->size(), size + 1);
    ASSERT_EQ(frontier->root(), tree.root(size + 1)) << "size " << size + 1;
  }
}

TEST(Tree, AnEdgeCostsOneReadOfLeavesAndAtMost255SubtreesALevel) {
  SeededRandom random(test_seed());
  SlowTree tree(random_hashes(random, 65535));
  ASSERT_TRUE(frontier_at(65535, tree.source()).ok());
  EXPECT_EQ(tree.leaf_reads, 1U);
  EXPECT_EQ(tree.subtree_reads, 255U);
}

TEST(Tree, WhatTheSourceReportsIsHandedOn) {
  SeededRandom random(test_seed());
  SlowTree tree(random_hashes(random, 300));
  HashSource broken = tree.source();
  broken.full_subtree = [](std::uint8_t, std::uint64_t) -> Result<Hash> {
    return failure("read_failed");
  };
  EXPECT_EQ(root_at(300, broken).error().code, "read_failed");
  EXPECT_EQ(inclusion_proof(299, 300, broken).error().code, "read_failed");
  HashSource short_of_leaves = tree.source();
  short_of_leaves.leaves = [](std::uint64_t, std::uint64_t) -> Result<std::vector<Hash>> {
    return std::vector<Hash>(3);
  };
  EXPECT_EQ(root_at(300, short_of_leaves).error().code, "leaves_missing");
  EXPECT_EQ(consistency_proof(3, 300, short_of_leaves).error().code, "leaves_missing");
}

TEST(TreeDeathTest, AnEdgeThatDoesNotFitItsSizeIsABug) {
  EXPECT_DEATH(Frontier(3, std::vector<Hash>(1)), "bug");
}

}  // namespace
}  // namespace tz::merkle
