// Choosing one page out of all matching rows in a wanted order, in memory in proportion to the
// page.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/item_row.h"
#include "ledger/org_tree.h"
#include "rollup/columns.h"
#include "rollup/view.h"

namespace tz::rollup {

// Where a row stands in an order: less is earlier. No two rows stand at one place.
struct Rank {
  std::uint64_t key = 0;
  std::uint32_t row = 0;
  friend auto operator<=>(const Rank&, const Rank&) = default;
};

class Ranking {
 public:
  explicit Ranking(const Order& order) : order_(order) {}
  [[nodiscard]] Rank rank(const ColumnSnapshots& columns, std::uint32_t row) const;
  [[nodiscard]] RowIndex row_of(const Rank& rank) const;

 private:
  const Order order_;
};

// Takes ranks in any order and keeps no more than twice those the page needs.
class PagePicker {
 public:
  PagePicker(const Page& page, std::optional<Rank> after);
  void offer(const Rank& rank) {
    if ((after_ && rank <= *after_) || (worst_ && *worst_ < rank)) return;
    kept_.push_back(rank);
    if (kept_.size() >= 2 * wanted_ && kept_.size() > kSmall) cut();
  }
  // The page, in order.
  std::vector<Rank> finish();

 private:
  static constexpr std::size_t kSmall = 1024;
  void cut();

  std::size_t skip_;
  std::size_t wanted_;  // with those skipped
  std::optional<Rank> after_;
  std::optional<Rank> worst_;  // what ranks behind it is on no page
  std::vector<Rank> kept_;
};

}  // namespace tz::rollup
