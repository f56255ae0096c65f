// A group's numbers are those one counts item by item.
#include "ledger/group_summary.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/random.h"

namespace tz::ledger {
namespace {

std::uint64_t below(Random& random, std::uint64_t count) { return random.next_u64() % count; }

// As decisions leave it: each item is listed by one visit at most, and verified by one.
WorkGroup made_group(Random& random) {
  WorkGroup group;
  std::set<ItemNo> opened;
  std::set<ItemNo> checked;
  for (std::uint64_t i = below(random, 8); i > 0; --i) {
    Visit visit;
    visit.unit = UnitId{static_cast<std::uint32_t>(below(random, 3))};
    visit.asked = static_cast<std::int64_t>(below(random, 4));
    for (std::uint64_t n = below(random, 4); n > 0; --n) {
      const ItemNo no{below(random, 20)};
      if (below(random, 2) == 0 && opened.insert(no).second) visit.opened.push_back(no);
      if (below(random, 2) == 0 && checked.insert(no).second) visit.checked.push_back(no);
    }
    group.visits.add(std::move(visit));
  }
  return group;
}

TEST(GroupSummary, CountsWhatEveryItemByItselfSays) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SeededRandom random(seed);
    const WorkGroup group = made_group(random);
    // Odd ones are closed; every seventh is staged, and in no number.
    const auto row = [](ItemNo no) {
      ItemRow out;
      out.phase = no.value % 2 == 1 ? Phase::Closed : Phase::Working;
      if (no.value % 7 == 0) out.import = 1;
      return std::optional(out);
    };
    const std::vector<GroupTally> summary = summary_of(group, row);
    std::int64_t closed = 0;
    std::set<ItemNo> all;
    for (const Visit& visit : group.visits) {
      all.insert(visit.opened.begin(), visit.opened.end());
      all.insert(visit.checked.begin(), visit.checked.end());
    }
    for (const ItemNo no : all) closed += no.value % 2 == 1 && no.value % 7 != 0 ? 1 : 0;
    std::set<UnitId> units;
    for (const GroupTally& tally : summary) {
      EXPECT_TRUE(units.insert(tally.unit).second) << "seed " << seed;
      GroupTally slow{tally.unit, 0, 0, 0, 0, tally.closed};
      for (const Visit& visit : group.visits) {
        if (visit.unit != tally.unit) continue;
        ++slow.visits;
        slow.asked += visit.asked;
        for (const ItemNo no : visit.opened) slow.listed += no.value % 7 != 0 ? 1 : 0;
        for (const ItemNo no : visit.checked) slow.verified += no.value % 7 != 0 ? 1 : 0;
      }
      EXPECT_EQ(tally, slow) << "seed " << seed;
      closed -= tally.closed;
    }
    EXPECT_EQ(closed, 0) << "seed " << seed;
  }
}

}  // namespace
}  // namespace tz::ledger
