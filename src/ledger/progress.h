// How far an item is: computed from what its indicators stand at and which milestones were reached,
// never typed (docs/projects.md).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/item.h"

namespace tz::ledger {

// Rates and what was attained are in hundredths of a percent, rounded towards nought.
constexpr std::int64_t kWhole = 10'000;

// How much of the way from its baseline (none: nought) to its target an indicator has come; more
// than the whole where it went beyond, less than nothing where it went back. A target that is no
// way off is reached or not.
std::int64_t indicator_rate(const Quantity& wanted, const Quantity& actual);

struct Indicator {
  Quantity wanted;
  std::optional<Quantity> actual;    // the newest
  std::optional<std::int64_t> rate;  // uncapped; none where nothing was reported yet
};

struct ItemProgress {
  std::vector<Indicator> indicators;
  std::int64_t milestones = 0;  // that stand
  std::int64_t reached = 0;
  // Half of it is the mean of the indicators, each between nothing and the whole, half the part of
  // the milestones that was reached; where there are none of the one, the other is all of it.
  std::optional<std::int64_t> attained;  // none where there is neither
};
ItemProgress progress_of(const Item& item);

// How much of it was planned by that day: from milestone to milestone in equal steps, straight
// between them; where there are none, straight to the deadline. None where nothing is planned.
std::optional<std::int64_t> planned_by(const Item& item, Day today);

// Of the money that is in place, how much was paid; none where nothing is in place.
std::optional<std::int64_t> payment_rate(const Funds& funds);

}  // namespace tz::ledger
