// Lists of leaves: read as they were written, and refused with the line that is wrong.
#include "merkle/sum_leaves.h"

#include <gtest/gtest.h>

#include "merkle/slow_sum_tree_test.h"
#include "merkle/slow_tree_test.h"

namespace tz::merkle {
namespace {

std::string malformed(std::string_view text) {
  const Result<SumLeafList> list = parse_sum_leaves(text);
  if (list.ok()) return "";
  EXPECT_EQ(list.error().code, "sum_leaves_malformed");
  return list.error().facts.at(0).second + " " + list.error().facts.at(1).second;
}

TEST(SumLeaves, AnyListIsReadAsItWasWrittenAndHasTheSameRoot) {
  SeededRandom random(test_seed());
  for (const SumGrid& grid : {SumGrid{1, 0, 1}, SumGrid{2, 3, 4}, kUsualGrid}) {
    const SlowSumTree slow(grid, random_leaves(random, grid, 1 + random.next_u64() % 300));
    const std::string text = to_text(SumLeafList{grid, slow.leaves()});
    const Result<SumLeafList> list = parse_sum_leaves(text);
    ASSERT_TRUE(list.ok());
    EXPECT_EQ(list->grid, grid);
    EXPECT_EQ(list->leaves, slow.leaves());
    const auto size = static_cast<std::uint32_t>(list->leaves.size());
    const Result<SumTree> tree = SumTree::build(list->grid, size, source_of(list->leaves));
    ASSERT_TRUE(tree.ok());
    EXPECT_EQ(root_digest(tree->root()), slow.digest());
  }
}

TEST(SumLeaves, WhatTheGrammarDoesNotHaveIsRefusedWithItsLine) {
  const std::string first = "taizhang-coverage-leaves/1\n";
  const std::string head = first + "grid 1 1 2\nsize 2\n";
  const std::string leaves = "0 2 0 1 1 1 22\n1 1 1 0 0 0 2202\n";
  EXPECT_EQ(malformed(head + leaves), "");
  EXPECT_EQ(malformed(""), "1 version");
  EXPECT_EQ(malformed("taizhang-coverage-leaves/1"), "1 version");
  EXPECT_EQ(malformed("taizhang-coverage-leaves/2\n"), "1 version");
  EXPECT_EQ(malformed(first), "2 grid");
  EXPECT_EQ(malformed(first + "grid 0 1 2\n"), "2 grid");
  EXPECT_EQ(malformed(first + "grid 1 1 2\n"), "3 tree_size");
  for (const char* size : {"0", "02", "2 ", "16777216", "4294967298", ""})
    EXPECT_EQ(malformed(first + "grid 1 1 2\nsize " + size + "\n" + leaves), "3 tree_size");
  EXPECT_EQ(malformed(first + "grid 1 1 2\nsize 3\n" + leaves), "6 leaf_count");
  EXPECT_EQ(malformed(first + "grid 1 1 2\nsize 16777215\n" + leaves), "6 leaf_count");
  EXPECT_EQ(malformed(first + "grid 1 1 2\nsize 1\n" + leaves), "5 leaf_count");
  EXPECT_EQ(malformed(head + leaves + "\n"), "6 leaf_count");
  EXPECT_EQ(malformed(head + leaves.substr(0, leaves.size() - 1)), "5 leaf_count");
  EXPECT_EQ(malformed(head + "0 2 0 1 1 1 22\n1 1 1 2 1 0 2202\n"), "5 leaf");
  EXPECT_EQ(malformed(head + "0 2 0 1 1 1 22 \n"), "4 leaf");
  EXPECT_EQ(malformed(head + std::string(100000, ' ') + "\n"), "4 leaf");
}

}  // namespace
}  // namespace tz::merkle
