// Numbers that were read are kept for as long as nothing comes, and are given by one at a time.
#include "engine/numbers_read.h"

#include <gtest/gtest.h>

#include <future>

namespace tz::engine {
namespace {

ledger::ItemRow row_of(std::uint64_t no, std::uint64_t last) {
  ledger::ItemRow row;
  row.no.value = no;
  row.last.value = last;
  return row;
}

TEST(NumbersRead, AreKeptUntilTheItemHasANewerRecord) {
  NumbersRead read(10);
  const std::vector<Hash> marks = {mark_of({"audit", "first", "B1"})};
  EXPECT_FALSE(read.of(row_of(1, 5)));
  read.keep(row_of(1, 5), marks);
  EXPECT_EQ(read.of(row_of(1, 5)), marks);
  EXPECT_FALSE(read.of(row_of(1, 6))) << "corrected, redacted or ended since";
  EXPECT_FALSE(read.of(row_of(2, 5)));
  read.keep(row_of(1, 6), {});
  EXPECT_EQ(read.of(row_of(1, 6)), std::vector<Hash>{});
}

TEST(NumbersRead, AreNoMoreThanTheLimit) {
  NumbersRead read(2);
  for (std::uint64_t no = 1; no <= 3; ++no) read.keep(row_of(no, 1), {});
  EXPECT_FALSE(read.of(row_of(1, 1)));
  EXPECT_TRUE(read.of(row_of(3, 1)));
}

TEST(NumbersRead, ANumberIsOfItsSourceAndBatch) {
  const Hash mark = mark_of({"audit", "first", "B1"});
  EXPECT_EQ(mark_of({"audit", "first", " B1 "}), mark);
  EXPECT_NE(mark_of({"audit", "", "firstB1"}), mark);
  EXPECT_NE(mark_of({"audit", "second", "B1"}), mark);
  EXPECT_NE(mark_of({"inspection", "first", "B1"}), mark);
}

TEST(NumbersRead, AreGivenByOneAtATime) {
  NumbersRead read(1);
  const auto asks = [&] {
    return std::async(std::launch::async,
                      [&] { return read.turn(std::chrono::milliseconds(0)) != nullptr; })
        .get();
  };
  NumbersRead::Turn turn = read.turn();
  ASSERT_NE(turn, nullptr);
  EXPECT_FALSE(asks());
  turn.reset();
  EXPECT_TRUE(asks());
}

}  // namespace
}  // namespace tz::engine
