// Ranks as pairs of numbers, and the few best of many.
#include "rollup/select.h"

#include <algorithm>

namespace tz::rollup {
namespace {

constexpr std::uint64_t kNone = ~std::uint64_t{0};  // last in either direction

std::uint64_t key_of(std::int32_t day) {
  return static_cast<std::uint64_t>(std::int64_t{day} + (std::int64_t{1} << 31));
}

std::uint64_t ascending_key(Order::By by, const ColumnSnapshots& columns, std::uint32_t row) {
  switch (by) {
    case Order::By::Opened:
      return 0;  // rows are in order of opening
    case Order::By::Due: {
      const StoredRow& stored = columns.stored[row];
      return stored.present & StoredRow::kDue ? key_of(stored.due) : kNone;
    }
    case Order::By::Closed: {
      const StoredRow& stored = columns.stored[row];
      return stored.present & StoredRow::kClosed ? key_of(stored.closed) : kNone;
    }
    case Order::By::Unit:
      return columns.scan[row].place;
    case Order::By::Lead: {
      const std::uint32_t lead = columns.scan[row].lead;
      return lead == kNoPosition ? kNone : lead;
    }
    case Order::By::Changed:
      return columns.stored[row].last;
  }
  return kNone;
}

}  // namespace

Rank Ranking::rank(const ColumnSnapshots& columns, std::uint32_t row) const {
  const std::uint64_t key = ascending_key(order_.by, columns, row);
  if (order_.direction == Order::Direction::Ascending) return {key, row};
  return {key == kNone ? kNone : kNone - 1 - key, ~row};
}

RowIndex Ranking::row_of(const Rank& rank) const {
  return RowIndex{order_.direction == Order::Direction::Ascending ? rank.row : ~rank.row};
}

PagePicker::PagePicker(const Page& page, std::optional<Rank> after)
    : skip_(page.skip), wanted_(page.skip + page.count_max), after_(after) {}

void PagePicker::cut() {
  if (kept_.size() <= wanted_) return;
  if (wanted_ == 0) return kept_.clear();
  const auto end = kept_.begin() + static_cast<std::ptrdiff_t>(wanted_);
  std::nth_element(kept_.begin(), end - 1, kept_.end());
  worst_ = *(end - 1);
  kept_.erase(end, kept_.end());
}

std::vector<Rank> PagePicker::finish() {
  cut();
  if (kept_.size() <= skip_) return {};
  const auto begin = kept_.begin() + static_cast<std::ptrdiff_t>(skip_);
  std::nth_element(kept_.begin(), begin, kept_.end());
  std::sort(begin, kept_.end());
  return {begin, kept_.end()};
}

}  // namespace tz::rollup
