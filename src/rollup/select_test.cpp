// A page out of many ranks is the page of the sorted list, however few were kept meanwhile.
#include "rollup/select.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace tz::rollup {
namespace {

std::vector<Rank> any_ranks(SeededRandom& random, std::uint32_t count) {
  std::vector<Rank> out;
  for (std::uint32_t row = 0; row < count; ++row) out.push_back({random.next_u64() % 50, row});
  for (std::size_t i = out.size(); i > 1; --i) std::swap(out[i - 1], out[random.next_u64() % i]);
  return out;
}

std::vector<Rank> slow_page(std::vector<Rank> ranks, const Page& page,
                            const std::optional<Rank>& after) {
  std::sort(ranks.begin(), ranks.end());
  if (after) std::erase_if(ranks, [&](const Rank& rank) { return rank <= *after; });
  const auto at = [&](std::size_t index) {
    return ranks.begin() + static_cast<std::ptrdiff_t>(std::min(index, ranks.size()));
  };
  return {at(page.skip), at(page.skip + page.count_max)};
}

TEST(PagePicker, GivesThePageOfTheSortedList) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededRandom random(seed);
    const std::vector<Rank> ranks = any_ranks(random, 6000);
    const Page pages[] = {{{}, 0, 0},   {{}, 0, 1},      {{}, 0, 50},     {{}, 700, 50},
                          {{}, 0, 600}, {{}, 5990, 200}, {{}, 6000, 200}, {{}, 1'000'000, 200}};
    for (const Page& page : pages) {
      for (const bool after_one : {false, true}) {
        std::optional<Rank> after;
        if (after_one) after = ranks[random.next_u64() % ranks.size()];
        PagePicker picker(page, after);
        for (const Rank& rank : ranks) picker.offer(rank);
        EXPECT_EQ(picker.finish(), slow_page(ranks, page, after))
            << page.skip << " " << page.count_max << " " << after_one;
      }
    }
  }
}

TEST(PagePicker, OfNothingIsEmpty) { EXPECT_TRUE(PagePicker({{}, 0, 50}, {}).finish().empty()); }

}  // namespace
}  // namespace tz::rollup
