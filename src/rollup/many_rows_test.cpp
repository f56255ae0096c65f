// What is found many at a time is what the view finds one by one.
#include "rollup/many_rows.h"

#include <gtest/gtest.h>

#include "rollup/slow_twin.h"

namespace tz::rollup {
namespace {

std::vector<std::optional<RowIndex>> one_by_one(const View& view,
                                                std::span<const ledger::ItemNo> numbers) {
  std::vector<std::optional<RowIndex>> found;
  for (const ledger::ItemNo no : numbers) found.push_back(view.find(no));
  return found;
}

TEST(ManyRows, FindsWhatTheViewFinds) {
  constexpr std::uint64_t kSeed = 3;
  SCOPED_TRACE(kSeed);
  History history(kSeed);
  while (history.twin.entries.size() < 200) history.step();
  const auto then = history.rollup.publish(1);
  const std::uint32_t row_count = then->row_count();
  while (history.twin.entries.size() < 300) history.step();
  const auto now = history.rollup.publish(2);
  const auto earlier = Rollup::earlier(now, {1, then->instant(), history.twin.tree, row_count});

  std::vector<ledger::ItemNo> numbers;
  for (std::size_t i = 0; i < history.twin.entries.size(); ++i) {
    numbers.push_back(history.twin.entries[i].row.no);
    if (i % 3 == 0)
      numbers.push_back(ledger::ItemNo{numbers.back().value + 1});  // most often nobody's
  }
  for (const auto& view : {then, now, earlier}) {
    const ManyRows many(*view);
    for (const std::size_t count : {0U, 1U, 7U, 8U, 16U, 17U}) {
      const std::span<const ledger::ItemNo> some(numbers.data(), count);
      EXPECT_EQ(many.find(some), one_by_one(*view, some));
    }
    const auto found = many.find(numbers);
    EXPECT_EQ(found, one_by_one(*view, numbers));
    for (const auto& row : found)
      if (row) many.fetch_ahead(*row);
  }
  EXPECT_FALSE(ManyRows(*then).find({&history.twin.entries.back().row.no, 1})[0])
      << "it came later";
  EXPECT_TRUE(ManyRows(*now).find({&history.twin.entries.back().row.no, 1})[0]);
}

}  // namespace
}  // namespace tz::rollup
