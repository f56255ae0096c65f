// What is kept back cannot be told from what is shown.
#include "rollup/verdict_cells.h"

#include <gtest/gtest.h>

#include <numeric>

namespace tz::rollup {
namespace {

using Rows = std::vector<std::uint64_t>;

TEST(VerdictCells, TheFewAreKeptBack) {
  EXPECT_EQ(kept_back({40, 4, 3, 0}), (std::vector<bool>{false, true, true, false}));
  EXPECT_EQ(kept_back({5, 6}), (std::vector<bool>{false, false}));
  EXPECT_EQ(kept_back({}), std::vector<bool>());
}

TEST(VerdictCells, OneThatTheSumWouldTellTakesTheNextSmallestWithIt) {
  EXPECT_EQ(kept_back({40, 2, 9, 0}), (std::vector<bool>{false, true, true, false}));
  EXPECT_EQ(kept_back({2}), std::vector<bool>{true});
}

// Every table of up to three rows: what is hidden together is nothing, or not few, unless nothing
// is shown at all.
TEST(VerdictCells, NoSumTellsFew) {
  for (std::uint64_t a = 0; a < 12; ++a)
    for (std::uint64_t b = 0; b < 12; ++b)
      for (std::uint64_t c = 0; c < 12; ++c) {
        const Rows rows{a, b, c};
        const std::vector<bool> hidden = kept_back(rows);
        std::uint64_t sum = 0;
        bool shown = false;
        for (std::size_t i = 0; i < rows.size(); ++i) {
          if (hidden[i]) sum += rows[i];
          if (!hidden[i] && rows[i] > 0) shown = true;
          if (!hidden[i]) {
            EXPECT_TRUE(rows[i] == 0 || rows[i] >= 5);
          }
        }
        EXPECT_TRUE(sum == 0 || sum >= 5 || !shown) << a << " " << b << " " << c;
      }
}

RateTally said(std::uint64_t solved, std::uint64_t satisfied) {
  RateTally out;
  out.kept[static_cast<std::size_t>(RateName::Solved)] = {solved, solved};
  out.kept[static_cast<std::size_t>(RateName::Satisfied)] = {satisfied, satisfied};
  return out;
}

// What an area counts stands in other rows too, and what lies at the unit itself in none.
TEST(VerdictCells, ATableHidesByWhatAddsUp) {
  constexpr std::uint8_t kKind = 1;
  std::vector<KindRates> rates(4);
  rates[0][kKind] = said(50, 50);
  rates[1][kKind] = said(40, 30);
  rates[2][kKind] = said(9, 20);
  rates[3][kKind] = said(8, 8);
  const std::vector<Part> parts{{UnitId{1}, false}, {UnitId{2}, false}, {UnitId{3}, true}};
  const VerdictTable table = verdict_table(rates, parts, rest_of(rates, parts), kKind);
  EXPECT_FALSE(table.whole.solved_kept_back);
  ASSERT_EQ(table.parts.size(), 3U);
  EXPECT_FALSE(table.parts[0].solved_kept_back);
  EXPECT_TRUE(table.parts[1].keeps_back(RateName::Solved)) << "else the one of its own is told";
  EXPECT_FALSE(table.parts[1].keeps_back(RateName::Satisfied));
  EXPECT_FALSE(table.parts[2].solved_kept_back);
  EXPECT_TRUE(table.own.solved_kept_back);
  EXPECT_EQ(table.own.tally.after(RateName::Solved).denominator, 1U);
}

}  // namespace
}  // namespace tz::rollup
