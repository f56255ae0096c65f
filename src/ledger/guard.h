// What more than one step asks of a guard.
#pragma once

#include <optional>

#include "ledger/decide.h"

namespace tz::ledger {

// Why a community may not lead it: the list of its division does not name the matter. Refuses
// `community_not_listed` (facts: unit, category).
std::optional<Error> lead_unlisted(const Circumstances& at, const Item& item, UnitId lead);

// The earliest last day of a notice that is given now, by the limit of the kind's notices that
// holds there and now, with its basis; else so many working days after this one. A ledger without a
// calendar knows no working days, and counts all. Fails as calendar::deadline.
struct NoticeEnd {
  Day day;
  std::optional<std::string> basis;
};
Result<NoticeEnd> notice_end(const Circumstances& at, const Item& item, std::int64_t working_days);

}  // namespace tz::ledger
