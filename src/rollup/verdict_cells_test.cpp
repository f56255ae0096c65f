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

}  // namespace
}  // namespace tz::rollup
