// A published array never changes and costs only what changed since.
#include "rollup/cow_table.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/random.h"

namespace tz::rollup {
namespace {

struct Pair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  friend bool operator==(const Pair&, const Pair&) = default;
};
using Table = CowTable<Pair, 2>;

struct Kept {
  std::shared_ptr<Lease> lease;
  Table::Snapshot snapshot;
  std::vector<Pair> expected;
};

void expect_same(const Kept& kept, std::uint32_t index) {
  const Pair wanted = index < kept.expected.size() ? kept.expected[index] : Pair{};
  ASSERT_EQ(kept.snapshot[index], wanted) << "at " << index;
}

TEST(CowTable, UnwrittenElementsAreEmpty) {
  Table table;
  EXPECT_EQ(table[0], Pair{});
  EXPECT_EQ(table[4'000'000'000], Pair{});
  const Table::Snapshot snapshot = table.publish(1, 1);
  EXPECT_EQ(snapshot[4'000'000'000], Pair{});
  table.write(5'000).a = 3;
  EXPECT_EQ(table[5'000].a, 3);
  EXPECT_EQ(table[5'001], Pair{});
  EXPECT_EQ(snapshot[5'000], Pair{});
}

TEST(CowTable, SnapshotsStayAsAPlainCopyWould) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededRandom random(seed);
    const auto below = [&](std::uint64_t bound) {
      return static_cast<std::uint32_t>(random.next_u64() % bound);
    };
    Table table;
    Publications publications;
    std::vector<Pair> plain(1 + below(3'000));
    std::vector<Kept> kept;
    for (int round = 0; round < 60; ++round) {
      for (std::uint32_t i = below(200); i > 0; --i) {
        const std::uint32_t index = below(plain.size());
        table.write(index).a = plain[index].a = below(1'000);
        if (below(2) == 0) table.write(index).b = plain[index].b = below(1'000);
      }
      const std::uint64_t oldest = publications.oldest_read();
      const std::shared_ptr<Lease> lease = publications.open();
      kept.push_back({lease, table.publish(lease->number(), oldest), plain});
      while (kept.size() > 1 + below(5)) {
        const auto gone = kept.begin() + below(kept.size());
        gone->lease->give_up();
        kept.erase(gone);
      }
      for (const Kept& each : kept)
        for (int i = 0; i < 40; ++i) expect_same(each, below(plain.size() + 10));
      for (std::uint32_t i = 0; i < plain.size(); ++i) ASSERT_EQ(table[i], plain[i]);
    }
    for (const Kept& each : kept)
      for (std::uint32_t i = 0; i < plain.size(); ++i) expect_same(each, i);
  }
}

TEST(CowTable, MemoryOfViewsGivenUpIsUsedAgain) {
  Table table;
  Publications publications;
  for (std::uint32_t i = 0; i < 10'000; ++i) table.write(i).a = i;
  std::size_t settled = 0;
  for (std::uint32_t round = 0; round < 500; ++round) {
    const std::uint64_t oldest = publications.oldest_read();
    const std::shared_ptr<Lease> lease = publications.open();
    const Table::Snapshot snapshot = table.publish(lease->number(), oldest);
    for (std::uint32_t i = 0; i < 50; ++i) table.write(i * 199).b = round;
    EXPECT_EQ(snapshot[199].b, round == 0 ? 0 : round - 1);
    lease->give_up();
    if (round == 10) settled = table.bytes();
  }
  EXPECT_EQ(table.bytes(), settled);
}

TEST(CowTable, AnUnchangedTableIsPublishedAtNoCost) {
  CowTable<std::uint32_t, 6> table;
  for (std::uint32_t i = 0; i < 100'000; ++i) table.write(i) = i;
  const auto first = table.publish(1, 1);
  const std::size_t bytes = table.bytes();
  const auto second = table.publish(2, 1);
  EXPECT_EQ(table.bytes(), bytes);
  EXPECT_EQ(first.chunk(7).data(), second.chunk(7).data());
  table.write(7 * 64) = 1;
  const auto third = table.publish(3, 1);
  EXPECT_NE(third.chunk(7).data(), second.chunk(7).data());
  EXPECT_EQ(third.chunk(8).data(), second.chunk(8).data()) << "neighbours are shared";
}

TEST(Publications, OldestReadWaitsForTheOldest) {
  Publications publications;
  EXPECT_EQ(publications.oldest_read(), 1);
  const auto first = publications.open();
  const auto second = publications.open();
  second->give_up();
  EXPECT_EQ(publications.oldest_read(), 1);
  first->give_up();
  EXPECT_EQ(publications.oldest_read(), 3);
}

}  // namespace
}  // namespace tz::rollup
