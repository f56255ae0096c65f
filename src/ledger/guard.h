// What more than one step asks of a guard.
#pragma once

#include <optional>

#include "ledger/decide.h"

namespace tz::ledger {

// Why a community may not lead it: the list of its division does not name the matter. Refuses
// `community_not_listed` (facts: unit, category).
std::optional<Error> lead_unlisted(const Circumstances& at, const Item& item, UnitId lead);

// The earliest last day of a notice that is given now, by the limit of the kind's notices that
// holds there and now, with its basis; else as many days after this one as that guard of the
// version says under which the item was opened: natural or working ones. A ledger without a
// calendar knows no working days, and counts all. Fails as calendar::deadline.
struct NoticeEnd {
  Day day;
  std::optional<std::string> basis;
};
Result<NoticeEnd> notice_end(const Circumstances& at, const Item& item, const Guard& guard);

}  // namespace tz::ledger
