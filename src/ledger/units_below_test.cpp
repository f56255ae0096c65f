// A scope as intervals says the same as asking the tree unit by unit, over made trees.
#include <gtest/gtest.h>

#include "base/random.h"
#include "ledger/interval.h"

namespace tz::ledger {
namespace {

constexpr Day kToday{18'000};

OrgTree made_tree(Random& random) {
  const auto units = static_cast<std::uint32_t>(1 + random.next_u64() % 40);
  std::vector<UnitRow> rows;
  for (std::uint32_t i = 0; i < units; ++i) {
    const auto parent = static_cast<std::uint32_t>(i == 0 ? 0 : random.next_u64() % i);
    rows.push_back({"u" + std::to_string(i),
                    "unit",
                    UnitId{parent},
                    UnitKind::Agency,
                    false,
                    Day{17'000},
                    {}});
  }
  std::vector<LineEdge> edges;
  for (std::uint64_t i = random.next_u64() % 12; i > 0; --i) {
    const UnitId unit{static_cast<std::uint32_t>(random.next_u64() % units)};
    const UnitId superior{static_cast<std::uint32_t>(random.next_u64() % units)};
    if (unit == superior) continue;
    const auto line = static_cast<LineKind>(random.next_u64() % 3);
    const Day from{static_cast<std::int32_t>(17'990 + random.next_u64() % 20)};
    std::optional<Day> to;
    if (random.next_u64() % 3 == 0) to = Day{from.number + 5};
    edges.push_back({unit, superior, line, from, to});
  }
  OrgTree tree;
  tree.add_units(rows);
  tree.add_lines(edges);
  return tree;
}

TEST(UnitsBelow, AreThoseFromWhichTheSuperiorIsReached) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SeededRandom random(seed);
    const OrgTree tree = made_tree(random);
    for (std::uint32_t s = 0; s < tree.size(); ++s) {
      const auto below = units_below(tree, UnitId{s}, kToday);
      for (std::uint32_t u = 0; u < tree.size(); ++u) {
        const std::uint32_t at = tree.position(UnitId{u});
        bool inside = false;
        for (const auto& interval : below) inside |= interval.begin <= at && at < interval.end;
        ASSERT_EQ(inside, tree.below_on_any_edge(UnitId{u}, UnitId{s}, kToday))
            << "seed " << seed << " unit " << u << " superior " << s;
      }
    }
  }
}

}  // namespace
}  // namespace tz::ledger
