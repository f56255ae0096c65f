// The words of services and disputes in events, and why somebody came once more, as JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/json.h"
#include "ledger/disputes.h"
#include "ledger/handlings.h"

namespace tz::ledger {

template <class T>
constexpr bool kResidentWord =
    std::is_same_v<T, VisitReason> || std::is_same_v<T, MissingWhy> ||
    std::is_same_v<T, DisputeSort> || std::is_same_v<T, DisputeOutcome> ||
    std::is_same_v<T, ReferredTo> || std::is_same_v<T, AnswerWay>;

template <class T>
std::optional<T> resident_word_named(std::string_view text) {
  static_assert(kResidentWord<T>);
  if constexpr (std::is_same_v<T, VisitReason>) {
    return visit_reason_named(text);
  } else if constexpr (std::is_same_v<T, MissingWhy>) {
    return missing_why_named(text);
  } else if constexpr (std::is_same_v<T, DisputeSort>) {
    return dispute_sort_named(text);
  } else if constexpr (std::is_same_v<T, DisputeOutcome>) {
    return dispute_outcome_named(text);
  } else if constexpr (std::is_same_v<T, ReferredTo>) {
    return referred_to_named(text);
  } else {
    return answer_way_named(text);
  }
}

// {"reason":"material_missing","material":"lease","why":"not_told"}; the last two of that reason
// alone.
void write_visit(std::string& out, const FurtherVisit& visit);
bool read_visit(const Json& in, FurtherVisit& visit);

}  // namespace tz::ledger
