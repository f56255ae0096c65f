// Limits, the schedule of measures, and returns, the gravest first.
#include "ledger/light.h"

#include <algorithm>
#include <array>
#include <vector>

#include "ledger/enum_names.h"
#include "ledger/item_thresholds.h"
#include "ledger/progress.h"

namespace tz::ledger {
namespace {

// Days of work left after today, the last one counted.
std::int32_t working_days_to(const State& state, UnitId place, Day today, Day last) {
  if (last <= today) return 0;
  const bool known = state.time_rules->has_calendar() && calendar::kFirstDay <= today &&
                     last <= calendar::kLastDay;
  if (!known) return last.number - today.number;
  return state.time_rules->days_of(region_of(*state.tree, place)).count(today, last);
}

// What a light is judged by.
struct Judged {
  const State& state;
  const LightRules& rules;
  UnitId place;
  std::span<const LiveLimit> limits;
  std::uint16_t returned = 0;
};

bool near_end(const Judged& of, const LiveLimit& limit, Instant now) {
  const State& state = of.state;
  const Day today = day_of(now, state.zone);
  if (working_days_to(state, of.place, today, limit.due_day) <= of.rules.near_working_days)
    return true;
  return (limit.due.us - now.us) * of.rules.near_fraction <= limit.due.us - limit.set.us;
}

constexpr std::int64_t kPoint = kWhole / 100;

// `gap`: none where nothing is known of a schedule.
Lit lit(const Judged& of, const std::optional<std::int64_t>& gap, Instant now) {
  const auto any = [&](auto holds) {
    return std::any_of(of.limits.begin(), of.limits.end(),
                       [&](const LiveLimit& limit) { return !limit.still && holds(limit); });
  };
  if (any([&](const LiveLimit& limit) { return limit.due <= now; }))
    return {Light::Red, LightReason::Overdue};
  if (gap && *gap > of.rules.far_behind_points * kPoint)
    return {Light::Red, LightReason::FarBehind};
  if (of.returned >= of.rules.returned) return {Light::Red, LightReason::ReturnedTwice};
  if (any([&](const LiveLimit& limit) { return near_end(of, limit, now); }))
    return {Light::Yellow, LightReason::NearDue};
  if (gap && *gap >= of.rules.behind_points * kPoint) return {Light::Yellow, LightReason::Behind};
  return {};
}

constexpr std::array<std::string_view, 3> kLights = {"blue", "yellow", "red"};
constexpr std::array<std::string_view, 6> kReasons = {"on_schedule",    "overdue",  "far_behind",
                                                      "returned_twice", "near_due", "behind"};

}  // namespace

std::string_view to_text(Light light) { return name_in(kLights, light); }
std::string_view to_text(LightReason reason) { return name_in(kReasons, reason); }

std::optional<std::int64_t> schedule_gap(const State& state, const Item& item, Day today) {
  if (flow_of(item, state).counts_results()) {
    const auto attained = progress_of(item).attained;
    const auto by_now = planned_by(item, today);
    if (!attained || !by_now) return std::nullopt;
    return *by_now - *attained;
  }
  std::vector<Day> dues;
  int done = 0;
  for (const Measure& measure : item.measures) {
    if (measure.ended) continue;
    dues.push_back(measure.due);
    done += measure.done ? 1 : 0;
  }
  if (dues.empty()) return std::nullopt;
  std::sort(dues.begin(), dues.end());
  // Straight from milestone to milestone, the first from the day it was given to somebody.
  Day before = day_of(item.due ? item.deadline_set : item.opened, state.zone);
  const auto count = static_cast<std::int64_t>(dues.size());
  std::int64_t planned = 0;  // percent
  for (std::int64_t i = 0; i < count; ++i) {
    const Day due = dues[static_cast<std::size_t>(i)];
    if (due <= today) {
      planned = (i + 1) * 100 / count;
    } else if (before < today) {
      const std::int64_t length = due.number - before.number;
      planned = (i * 100 + (today.number - before.number) * std::int64_t{100} / length) / count;
      break;
    } else {
      break;
    }
    before = std::max(before, due);
  }
  return (planned - done * std::int64_t{100} / count) * kPoint;
}

std::optional<Lit> light_of(const State& state, const ItemRow& row,
                            std::span<const LiveLimit> limits, Instant now) {
  if (!is_open(row.phase)) return std::nullopt;
  const LightRules rules = lights_of(state, opened_as(row));
  return lit({state, rules, row.place, limits, row.returned}, std::nullopt, now);
}

std::optional<Lit> light_of(const State& state, const Item& item, Instant now) {
  if (!is_open(phase_of(item, state))) return std::nullopt;
  const std::vector<LiveLimit> limits = limits_of(item, state);
  const LightRules rules = lights_of(state, opened_as(state, item));
  return lit({state, rules, item.place, limits, item.returned},
             schedule_gap(state, item, day_of(now, state.zone)), now);
}

}  // namespace tz::ledger
