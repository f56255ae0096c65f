// Chains of limits against a map, and what is published against both.
#include "rollup/limit_table.h"

#include <gtest/gtest.h>

#include <map>

#include "base/random.h"

namespace tz::rollup {
namespace {

using ledger::LiveLimit;

TEST(LimitTable, HoldsWhatAMapHoldsAndWhatWasPublishedStays) {
  SeededRandom random(11);
  const auto below = [&](std::uint64_t bound) { return random.next_u64() % bound; };
  using Rows = std::map<std::uint32_t, std::vector<LiveLimit>>;
  LimitTable table;
  Rows rows;
  Rows published_rows;
  LimitTable::Snapshot published = table.publish(1, 1);
  for (std::uint64_t step = 2; step < 4'000; ++step) {
    std::vector<LiveLimit> limits;
    const std::uint64_t count = below(4);
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto sign = static_cast<std::int64_t>(below(1'000)) - 500;
      limits.push_back({static_cast<std::uint16_t>(i == 3 ? LiveLimit::kDeadline : i * 7),
                        static_cast<std::uint8_t>(below(256)), below(2) == 0, below(2) == 0,
                        Instant{sign * 1'000'000'007}, Instant{sign},
                        Day{static_cast<std::int32_t>(sign)}});
    }
    const auto row = static_cast<std::uint32_t>(below(200));
    table.replace(row, limits);
    rows[row] = limits;
    ASSERT_EQ(table.of(row), limits);
    std::size_t held = 0;
    for (const auto& [number, of_row] : rows) held += of_row.size();
    ASSERT_EQ(table.count(), held);
    if (below(10) != 0) continue;
    for (const auto& [number, of_row] : published_rows)
      ASSERT_EQ(published.of(number), of_row) << "what was published has changed";
    for (const auto& [number, of_row] : rows) ASSERT_EQ(table.of(number), of_row);
    published = table.publish(step, step);
    published_rows = rows;
  }
}

}  // namespace
}  // namespace tz::rollup
