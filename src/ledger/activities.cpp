// The words of activities, and counting them.
#include "ledger/activities.h"

#include <algorithm>

#include "ledger/enum_names.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, kActivitySortCount> kSorts = {
    "meeting", "reading", "speech", "training", "mobilisation", "visit", "other"};

}  // namespace

std::string_view to_text(ActivitySort sort) { return name_in(kSorts, sort); }
std::optional<ActivitySort> activity_sort_named(std::string_view name) {
  return named_in<ActivitySort>(kSorts, name);
}

std::uint32_t Activities::units_asked(const Activity& activity, const Question& question) {
  if (activity.programme != question.programme) return 0;
  if (question.month && first_of_month(activity.day) != *question.month) return 0;
  std::uint32_t count = 0;
  for (const UnitId unit : activity.units) {
    const std::uint32_t at = question.tree->position(unit);
    for (const Interval& part : question.positions)
      if (part.begin <= at && at < part.end) ++count;
  }
  return count;
}

ActivityCounts Activities::counts(const Question& question) const {
  ActivityCounts out;
  for (const Activity& activity : all_) {
    const std::uint32_t units = units_asked(activity, question);
    if (units == 0) continue;
    ++out.held[static_cast<std::size_t>(activity.sort)];
    out.taken_part[static_cast<std::size_t>(activity.sort)] += units;
  }
  return out;
}

}  // namespace tz::ledger
