// Only the newest chunk is ever copied.
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

void Activities::add(Activity activity) {
  if (size_ % kChunk == 0) chunks_.push_back(std::make_shared<const std::vector<Activity>>());
  auto chunk = std::make_shared<std::vector<Activity>>(*chunks_.back());
  chunk->push_back(std::move(activity));
  chunks_.back() = std::move(chunk);
  ++size_;
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
  for (std::size_t i = 0; i < size_; ++i) {
    const Activity& activity = at(i);
    const std::uint32_t units = units_asked(activity, question);
    if (units == 0) continue;
    ++out.held[static_cast<std::size_t>(activity.sort)];
    out.taken_part[static_cast<std::size_t>(activity.sort)] += units;
  }
  return out;
}

}  // namespace tz::ledger
