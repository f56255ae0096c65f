// Beside a plain set of what is late: all of it is found by its day, and little else stays for
// long.
#include "rollup/fallen_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/random.h"

namespace tz::rollup {
namespace {

class Beside {
 public:
  explicit Beside(std::uint64_t seed) : random_(seed) {}

  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(random_.next_u64() % bound);
  }
  void fall(std::uint32_t row, Day due) {
    late[row] = due;
    fallen.add(due, row);
  }
  void fetch_ahead(std::uint32_t) const {}
  [[nodiscard]] bool stands(std::uint32_t row, Day due) const {
    const auto found = late.find(row);
    return found != late.end() && found->second == due;
  }
  FallenRows::Snapshot publish() { return fallen.publish(*this); }

  FallenRows fallen;
  std::map<std::uint32_t, Day> late;

 private:
  SeededRandom random_;
};

std::multimap<std::uint32_t, Day> content(const FallenRows::Portions& portions) {
  std::multimap<std::uint32_t, Day> out;
  for (const auto& portion : portions)
    for (const std::uint32_t row : portion->rows) out.emplace(row, portion->due);
  return out;
}

void check(const FallenRows::Portions& portions, const std::map<std::uint32_t, Day>& late) {
  ASSERT_TRUE(std::is_sorted(portions.begin(), portions.end(),
                             [](const auto& a, const auto& b) { return a->due < b->due; }));
  for (const auto& portion : portions) {
    ASSERT_FALSE(portion->rows.empty());
    ASSERT_LE(portion->rows.size(), FallenRows::kPortionRows);
  }
  const auto all = content(portions);
  for (const auto& each : late) {
    const auto [begin, end] = all.equal_range(each.first);
    ASSERT_TRUE(std::any_of(begin, end, [&](const auto& one) { return one.second == each.second; }))
        << "row " << each.first;
  }
}

TEST(FallenRows, HoldEveryLateRowByItsDay) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Beside rows(seed);
    std::vector<std::pair<FallenRows::Snapshot, std::multimap<std::uint32_t, Day>>> kept;
    for (int step = 0; step < 80; ++step) {
      const std::uint32_t count = rows.below(5) == 0 ? rows.below(6000) : rows.below(4);
      for (std::uint32_t i = 0; i < count; ++i)
        rows.fall(rows.below(20'000), Day{static_cast<std::int32_t>(rows.below(30))});
      const std::uint32_t gone = rows.below(3000);
      for (std::uint32_t i = 0; i < gone; ++i) rows.late.erase(rows.below(20'000));
      const auto shown = rows.publish();
      ASSERT_NO_FATAL_FAILURE(check(*shown, rows.late));
      if (step % 20 == 0) kept.emplace_back(shown, content(*shown));
    }
    for (const auto& [shown, before] : kept) ASSERT_EQ(content(*shown), before);
  }
}

// Rows that fall due and are seen to, day after day: what is kept does not grow with them.
TEST(FallenRows, LetGoOfWhatIsLateNoLonger) {
  Beside rows(2);
  for (std::int32_t day = 0; day < 100; ++day) {
    rows.late.clear();
    for (std::uint32_t row = 0; row < 5000; ++row) rows.fall(row, Day{day});
    (void)rows.publish();
  }
  ASSERT_LE(content(*rows.publish()).size(), 15'000U);
}

TEST(FallenRows, StayAsTheyAreWhereNothingComes) {
  Beside rows(1);
  EXPECT_TRUE(rows.publish()->empty());
  rows.fall(7, Day{3});
  const auto shown = rows.publish();
  EXPECT_EQ(rows.publish(), shown);
  rows.fallen.clear();
  EXPECT_TRUE(rows.publish()->empty());
  EXPECT_EQ(shown->size(), 1U);
}

}  // namespace
}  // namespace tz::rollup
