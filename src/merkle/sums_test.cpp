// Cells and their encoding: one spelling, bounded length, no overflow.
#include "merkle/sums.h"

#include <gtest/gtest.h>

#include "merkle/slow_sum_tree_test.h"
#include "merkle/slow_tree_test.h"

namespace tz::merkle {
namespace {

std::string why(const Error& error) {
  for (const auto& [name, value] : error.facts)
    if (name == "why") return value;
  return "";
}

SumCounts random_counts(Random& random, std::size_t cells) {
  SumCounts counts(cells);
  for (std::uint32_t& count : counts)
    count = static_cast<std::uint32_t>(random.next_u64() >> (40 + random.next_u64() % 24));
  return counts;
}

TEST(Sums, AGridHasAtLeastOneTierAndOneStatusAndAtMost256Cells) {
  EXPECT_TRUE(check_grid({1, 0, 1}).ok());
  EXPECT_TRUE(check_grid(kUsualGrid).ok());
  EXPECT_TRUE(check_grid({1, 254, 1}).ok());
  EXPECT_EQ(check_grid({1, 255, 1}).error().code, "sum_grid_wrong");
  EXPECT_EQ(check_grid({0, 6, 5}).error().code, "sum_grid_wrong");
  EXPECT_EQ(check_grid({3, 6, 0}).error().code, "sum_grid_wrong");
  EXPECT_EQ(cell_count(kUsualGrid), 46U);
}

TEST(Sums, EveryCellHasAPlaceOfItsOwn) {
  std::vector<std::size_t> cells{0};
  for (std::uint8_t tier = 1; tier <= 3; ++tier)
    for (std::uint8_t status = 0; status < 5; ++status)
      cells.push_back(tier_cell(kUsualGrid, tier, status));
  for (std::uint8_t type = 1; type <= 6; ++type)
    for (std::uint8_t status = 0; status < 5; ++status)
      cells.push_back(type_cell(kUsualGrid, type, status));
  for (std::size_t i = 0; i < cells.size(); ++i) EXPECT_EQ(cells[i], i);
}

TEST(Sums, ALeafOutsideTheGridIsRefused) {
  const SumLeaf good{4, "220204000000", 3, 7, 2, 6, 4};
  ASSERT_TRUE(check_leaf(kUsualGrid, good).ok());
  const auto refused = [&](auto alter) {
    SumLeaf leaf = good;
    alter(leaf);
    const Outcome outcome = check_leaf(kUsualGrid, leaf);
    return outcome.ok() ? "" : why(outcome.error());
  };
  EXPECT_EQ(refused([](SumLeaf& leaf) { leaf.subtree = 0; }), "subtree");
  EXPECT_EQ(refused([](SumLeaf& leaf) { leaf.tier = 4; }), "tier");
  EXPECT_EQ(refused([](SumLeaf& leaf) { leaf.tier = 0; }), "type");
  EXPECT_EQ(refused([](SumLeaf& leaf) { leaf.tier = leaf.type = 0; }), "status");
  EXPECT_EQ(refused([](SumLeaf& leaf) { leaf.type = 0; }), "type");
  EXPECT_EQ(refused([](SumLeaf& leaf) { leaf.type = 7; }), "type");
  EXPECT_EQ(refused([](SumLeaf& leaf) { leaf.status = 5; }), "status");
  EXPECT_EQ(refused([](SumLeaf& leaf) { leaf.unit_code = ""; }), "code");
  EXPECT_EQ(refused([](SumLeaf& leaf) { leaf.unit_code = "22 02"; }), "code");
  EXPECT_EQ(refused([](SumLeaf& leaf) { leaf.unit_code = "吉林"; }), "code");
  EXPECT_EQ(refused([](SumLeaf& leaf) { leaf.unit_code = std::string(65, '2'); }), "code");
  EXPECT_EQ(refused([](SumLeaf& leaf) { leaf.tier = leaf.type = leaf.status = 0; }), "");
}

TEST(Sums, ALeafCountsOnceByTierAndOnceByType) {
  const SumCounts counts = counts_of(kUsualGrid, {0, "22", 1, 1, 3, 2, 4});
  EXPECT_TRUE(adds_up(kUsualGrid, counts, 1));
  EXPECT_EQ(counts[tier_cell(kUsualGrid, 3, 4)], 1U);
  EXPECT_EQ(counts[type_cell(kUsualGrid, 2, 4)], 1U);
  const SumCounts not_asked = counts_of(kUsualGrid, {0, "22", 1, 1, 0, 0, 0});
  EXPECT_TRUE(adds_up(kUsualGrid, not_asked, 1));
  EXPECT_EQ(not_asked[0], 1U);
  EXPECT_TRUE(adds_up({3, 0, 5}, counts_of({3, 0, 5}, {0, "22", 1, 1, 3, 9, 4}), 1));
}

TEST(Sums, WhatDoesNotCountEveryLeafByTierAndByTypeDoesNotAddUp) {
  SumCounts counts = counts_of(kUsualGrid, {0, "22", 1, 1, 3, 2, 4});
  EXPECT_FALSE(adds_up(kUsualGrid, counts, 2));
  EXPECT_FALSE(adds_up({2, 6, 5}, counts, 1));
  counts[type_cell(kUsualGrid, 2, 4)] = 0;
  EXPECT_FALSE(adds_up(kUsualGrid, counts, 1));
}

TEST(Sums, AnySumsAreReadAsTheyWereWritten) {
  SeededRandom random(test_seed());
  for (int round = 0; round < 2000; ++round) {
    const SumGrid grid{static_cast<std::uint8_t>(1 + below(random, 4)), below(random, 7),
                       static_cast<std::uint8_t>(1 + below(random, 5))};
    const SumCounts counts = random_counts(random, cell_count(grid));
    const Bytes bytes = encode(counts);
    ASSERT_EQ(bytes.size(), encoded_bytes(counts));
    if (bytes.size() > kSumBytesMax) continue;
    const Result<SumCounts> read = decode_sums(grid, bytes);
    ASSERT_TRUE(read.ok());
    ASSERT_EQ(*read, counts);
  }
}

TEST(Sums, EverySumsHaveOneSpelling) {
  SeededRandom random(test_seed());
  std::size_t read = 0;
  for (int round = 0; round < 20000; ++round) {
    Bytes bytes = encode(random_counts(random, 6));
    for (std::uint64_t changes = random.next_u64() % 3; changes > 0 && !bytes.empty(); --changes)
      bytes[random.next_u64() % bytes.size()] ^= static_cast<std::uint8_t>(1U << below(random, 8));
    if (random.next_u64() % 4 == 0) bytes.push_back(below(random, 2));
    if (random.next_u64() % 8 == 0) bytes.pop_back();
    const Result<SumCounts> counts = decode_sums({1, 1, 2}, bytes);  // 5 cells
    if (!counts.ok()) continue;
    ++read;
    ASSERT_EQ(encode(*counts), bytes);
  }
  EXPECT_GT(read, 100U);
}

TEST(Sums, WhatTheGrammarDoesNotHaveIsRefused) {
  const SumGrid grid{1, 1, 2};  // 5 cells: a table of two bytes
  const auto reason = [&](const Bytes& bytes) {
    const Result<SumCounts> counts = decode_sums(grid, bytes);
    return counts.ok() ? "" : why(counts.error());
  };
  EXPECT_EQ(reason({0x01, 0x00, 0x09}), "");
  EXPECT_EQ(reason({}), "table");
  EXPECT_EQ(reason({0x00}), "table");
  EXPECT_EQ(reason({0x01, 0x04, 0x09, 0x09}), "table");  // a sixth cell
  EXPECT_EQ(reason({0x01, 0x00, 0x00}), "count");        // zero, written out
  EXPECT_EQ(reason({0x02, 0x00, 0x00, 0x09}), "count");  // a leading zero byte
  EXPECT_EQ(reason({0x02, 0x00, 0x09}), "count");        // a byte too few
  EXPECT_EQ(reason({0x01, 0x00, 0x09, 0x00}), "count");  // a byte too many
  EXPECT_EQ(reason(Bytes(kSumBytesMax + 1)), "size");
}

TEST(Sums, AnOverflowIsRefusedAndChangesNothing) {
  SumCounts counts{5, kSumCountMax - 1, 7};
  ASSERT_TRUE(add(counts, {1, 1, 1}).ok());
  EXPECT_EQ(add(counts, {1, 1, 1}).error().code, "sums_overflow");
  EXPECT_EQ(add(counts, {0, 0xffffffff, 0}).error().code, "sums_overflow");
  EXPECT_EQ(counts, (SumCounts{6, kSumCountMax, 8}));
}

// The worst of all spreads, by trying them all with the least count of each length.
std::size_t worst_by_trying(std::size_t cells, std::uint32_t leaves) {
  std::size_t worst = 0;
  for (std::size_t three = 0; three <= cells; ++three)
    for (std::size_t two = 0; two + three <= cells; ++two)
      for (std::size_t one = 0; one + two + three <= cells; ++one)
        if (three * 65536 + two * 256 + one <= leaves)
          worst = std::max(worst, 3 * three + 2 * two + one);
  return worst;
}

TEST(Sums, TheWorstLengthIsThatOfTheWorstSpread) {
  SeededRandom random(test_seed());
  for (int round = 0; round < 300; ++round) {
    const SumGrid grid{static_cast<std::uint8_t>(1 + below(random, 4)), 0,
                       static_cast<std::uint8_t>(1 + below(random, 5))};
    const auto leaves = static_cast<std::uint32_t>(random.next_u64() >> (40 + below(random, 24)));
    const std::size_t cells = cell_count(grid);
    ASSERT_EQ(worst_bytes(grid, leaves), (cells + 3) / 4 + worst_by_trying(cells, leaves))
        << cells << " cells, " << leaves << " leaves";
  }
}

TEST(Sums, ThreeTiersSixTypesAndFiveStatusesOfTheWholeCountryAlwaysFit) {
  EXPECT_EQ(worst_bytes(kUsualGrid, 704474), 124U);
  EXPECT_LE(worst_bytes(kUsualGrid, 800000), kSumBytesMax);
  EXPECT_GT(worst_bytes({5, 8, 6}, 704474), kSumBytesMax);
}

}  // namespace
}  // namespace tz::merkle
