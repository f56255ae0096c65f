// Special items' counts with those of their parts; that the counts themselves are right, random
// histories say (rollup/history_test.cpp).
#include "rollup/special_scan.h"

#include <gtest/gtest.h>

namespace tz::rollup {
namespace {

PhaseCounts counts(std::uint32_t listed, std::uint32_t closed) {
  PhaseCounts out;
  out.count[static_cast<std::size_t>(ledger::Phase::Listed)] = listed;
  out.count[static_cast<std::size_t>(ledger::Phase::Closed)] = closed;
  return out;
}

TEST(SpecialScan, PartsAreAddedToAllThatTheyArePartOf) {
  // 4, and below it 7, and below that 2; 3 by itself.
  const std::vector<ledger::SpecialNode> tree = {
      {4, std::nullopt, 0}, {7, 0, 1}, {2, 1, 2}, {3, std::nullopt, 0}};
  const std::vector<SpecialCounts> own = {
      {2, counts(1, 0), counts(0, 2), {{{0, 1}, counts(1, 0)}}},
      {5, counts(9, 9), {}, {}},  // of another programme
      {7, counts(0, 3), {}, {{{0, 1}, counts(0, 1)}, {{0, 2}, counts(0, 2)}}}};
  const std::vector<SpecialCounts> whole = with_parts(tree, own);
  ASSERT_EQ(whole.size(), 4U);
  EXPECT_EQ(whole[0].special, 4U);
  EXPECT_EQ(whole[0].findings, counts(1, 3));
  EXPECT_EQ(whole[0].shares, counts(0, 2));
  ASSERT_EQ(whole[0].sources.size(), 2U);
  EXPECT_EQ(whole[0].sources[0], (SourceCounts{{0, 1}, counts(1, 1)}));
  EXPECT_EQ(whole[0].sources[1], (SourceCounts{{0, 2}, counts(0, 2)}));
  EXPECT_EQ(whole[1].findings, counts(1, 3));
  EXPECT_EQ(whole[2].findings, counts(1, 0));
  EXPECT_EQ(whole[3].findings, counts(0, 0));
  EXPECT_TRUE(whole[3].sources.empty());
}

}  // namespace
}  // namespace tz::rollup
