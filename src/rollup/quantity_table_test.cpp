// Quantities of items: replaced as a whole, added with their doubts and within bounds.
#include "rollup/quantity_table.h"

#include <gtest/gtest.h>

#include <limits>

namespace tz::rollup {
namespace {

using ledger::ItemQuantity;
using ledger::Qualifier;

TEST(QuantityTable, ASumIsAsSureAsItsLeastSurePart) {
  const Qualifier all[] = {Qualifier::Exact, Qualifier::Over, Qualifier::About};
  for (const Qualifier other : all) {
    EXPECT_EQ(weaker(Qualifier::Exact, other), other);
    EXPECT_EQ(weaker(other, Qualifier::Exact), other);
    EXPECT_EQ(weaker(Qualifier::About, other), Qualifier::About);
    EXPECT_EQ(weaker(other, Qualifier::About), Qualifier::About);
  }
  EXPECT_EQ(weaker(Qualifier::Over, Qualifier::Over), Qualifier::Over);
}

TEST(QuantityTable, ASumBeyondTheGreatestNumberSaysSo) {
  std::int64_t sum = std::numeric_limits<std::int64_t>::max() - 1;
  Qualifier qualifier = Qualifier::Exact;
  add_value(sum, qualifier, 1);
  EXPECT_EQ(qualifier, Qualifier::Exact);
  add_value(sum, qualifier, 1);
  EXPECT_EQ(sum, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(qualifier, Qualifier::Over);
}

TEST(QuantityTable, ReplacesAndUsesEntriesAgain) {
  QuantityTable table;
  const ItemQuantity spaces{"spaces", "piece", 36, Qualifier::Exact};
  const ItemQuantity trees{"trees", "piece", 5, Qualifier::About};
  table.replace(3, std::vector{trees, spaces});
  table.replace(1, std::vector{spaces});
  ASSERT_EQ(table.of(3).size(), 2);
  EXPECT_EQ(table.of(3)[0].id, "spaces");
  EXPECT_EQ(table.rows(), (std::vector<std::uint32_t>{1, 3}));
  table.replace(3, {});
  EXPECT_TRUE(table.of(3).empty());
  table.replace(2, std::vector{trees});
  const QuantityTable::Snapshot snapshot = table.publish(1, 1);
  EXPECT_EQ(snapshot.end, 3) << "a freed entry is taken before a new one";
  table.replace(2, {});
  EXPECT_EQ(table.publish(2, 1).end, 3);
}

TEST(QuantityTable, TwoOfOneNameInAnItemAreOne) {
  QuantityTable table;
  table.replace(0, std::vector<ItemQuantity>{{"spaces", "piece", 1, Qualifier::Exact},
                                             {"spaces", "piece", 2, Qualifier::About},
                                             {"spaces", "row", 4, Qualifier::Exact}});
  const auto held = table.of(0);
  ASSERT_EQ(held.size(), 2);
  EXPECT_EQ(held[0].value, 3);
  EXPECT_EQ(held[0].qualifier, Qualifier::About);
  EXPECT_EQ(held[1].value, 4);
}

}  // namespace
}  // namespace tz::rollup
