// Every number is found, in the growing table and in each snapshot of it.
#include "rollup/item_index.h"

#include <gtest/gtest.h>

#include <unordered_map>
#include <vector>

#include "base/random.h"

namespace tz::rollup {
namespace {

TEST(ItemIndex, FindsWhatAMapFindsWhileItGrows) {
  constexpr std::uint64_t kSeed = 5;
  SCOPED_TRACE(kSeed);
  SeededRandom random(kSeed);
  StoredRows stored;
  ItemIndex index;
  std::unordered_map<std::uint64_t, std::uint32_t> map;
  for (std::uint32_t row = 0; row < 20'000; ++row) {
    // Half of them one after the other, as no random numbers would be.
    std::uint64_t no = row % 2 == 0 ? row : random.next_u64() % ledger::kItemNoCount;
    while (map.contains(no)) ++no;
    EXPECT_FALSE(index.find(stored, ledger::ItemNo{no}));
    stored.write(row).no = no;
    ASSERT_TRUE(index.insert_next(stored));
    map[no] = row;
    const auto& [known, known_row] = *map.begin();
    ASSERT_EQ(index.find(stored, ledger::ItemNo{known}), known_row);
  }
  EXPECT_EQ(index.count(), map.size());
  for (const auto& [no, row] : map) ASSERT_EQ(index.find(stored, ledger::ItemNo{no}), row);
}

TEST(ItemIndex, WithRoomReservedFindsTheSameAndGrowsBeyond) {
  for (const std::uint32_t reserved : {0U, 1U, 31U, 32U, 500U}) {
    StoredRows stored;
    ItemIndex index;
    index.reserve(reserved);
    for (std::uint32_t row = 0; row < 700; ++row) {
      stored.write(row).no = row * std::uint64_t{31};
      ASSERT_TRUE(index.insert_next(stored));
    }
    for (std::uint32_t no = 0; no < 21'700; ++no)
      ASSERT_EQ(index.find(stored, ledger::ItemNo{no}).has_value(), no % 31 == 0) << no;
  }
}

TEST(ItemIndex, RefusesANumberTwice) {
  StoredRows stored;
  ItemIndex index;
  stored.write(0).no = 9;
  stored.write(1).no = 9;
  EXPECT_TRUE(index.insert_next(stored));
  EXPECT_FALSE(index.insert_next(stored));
  EXPECT_EQ(index.count(), 1);
}

TEST(ItemIndex, SnapshotsKnowWhatWasThereAndNoMore) {
  struct Kept {
    ItemIndex::Snapshot index;
    StoredRows::Snapshot stored;
    std::uint32_t count;
  };
  StoredRows stored;
  ItemIndex index;
  std::vector<Kept> kept;
  for (std::uint32_t row = 0; row < 3'000; ++row) {
    if (row % 97 == 0) {
      const std::uint64_t number = kept.size() + 1;
      kept.push_back({index.publish(number, 1), stored.publish(number, 1), row});
    }
    stored.write(row).no = row * std::uint64_t{1'000'003};
    ASSERT_TRUE(index.insert_next(stored));
  }
  for (const Kept& each : kept) {
    for (std::uint32_t row = 0; row < 3'000; row += 7) {
      const ledger::ItemNo no{row * std::uint64_t{1'000'003}};
      const auto found = ItemIndex::find(each.index.slots, each.index.mask, each.stored, no);
      ASSERT_EQ(found.has_value(), row < each.count);
      ASSERT_EQ(found.value_or(row), row);
    }
  }
}

}  // namespace
}  // namespace tz::rollup
