// The last portion of a day is filled up before another is begun.
#include "rollup/fallen_rows.h"

#include <algorithm>
#include <utility>

namespace tz::rollup {

void FallenRows::clear() {
  fresh_.clear();
  next_ = unpaid_ = 0;
  published_ = std::make_shared<const Portions>();
}

void FallenRows::take_fresh(Portions& portions) {
  for (const auto& [due, rows] : fresh_) {
    unpaid_ += rows.size();
    auto at = std::upper_bound(portions.begin(), portions.end(), due,
                               [](Day day, const auto& portion) { return day < portion->due; });
    Portion next{due, {}};
    if (at != portions.begin() && (*std::prev(at))->due == due &&
        (*std::prev(at))->rows.size() < kPortionRows) {
      --at;
      next = **at;
      at = portions.erase(at);
    }
    for (const std::uint32_t row : rows) {
      if (next.rows.size() == kPortionRows)
        at = portions.insert(
                 at, std::make_shared<const Portion>(std::exchange(next, Portion{due, {}}))) +
             1;
      next.rows.push_back(row);
    }
    portions.insert(at, std::make_shared<const Portion>(std::move(next)));
  }
  fresh_.clear();
}

void FallenRows::keep(Portions& portions, Portion&& kept) {
  const auto at = portions.begin() + static_cast<std::ptrdiff_t>(next_);
  if (kept.rows.empty()) {
    portions.erase(at);
    return;
  }
  if (kept.rows.size() < (*at)->rows.size()) *at = std::make_shared<const Portion>(std::move(kept));
  ++next_;
}

}  // namespace tz::rollup
