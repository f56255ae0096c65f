// What rows of the limits set in place of a flow's own numbers: when its steps fall due, from when
// an item's light is yellow or red, and how many check.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/rule.h"
#include "ledger/flow.h"

namespace tz::ledger {

// The order is that of their names.
enum class ThresholdSort : std::uint8_t {
  NearWorkingDays,  // KIND.near: yellow so many working days before a limit
  NearFraction,     // KIND.near_fraction: or in its last part of so many
  BehindPoints,     // KIND.behind_points
  FarBehindPoints,  // KIND.far_behind_points
  Returned,         // KIND.returned
  Checkers,         // KIND.checkers: how many persons check at the least
  Step,             // KIND.CLOCK.STEP, KIND.deadline.STEP: when the step falls due
};

// What a row of that name sets; none of a name that is a limit's length.
struct ThresholdName {
  std::string_view kind;
  ThresholdSort sort = ThresholdSort::Step;
  std::string_view clock = {};  // of a step
  ClockStep step = ClockStep::Remind;
};
std::optional<ThresholdName> threshold_named(std::string_view code);

// The clock's place in such a name where an item's own deadline, given by hand, is meant.
constexpr std::string_view kDeadlineName = "deadline";
// Whether rows of that name are about a kind as a whole, so that no clock may bear it.
bool names_no_clock(std::string_view name);

// Those of one file.
class Thresholds {
 public:
  Thresholds() = default;
  // Passes over rows that set something else, or what nothing can be set to.
  explicit Thresholds(const calendar::Rules& rules);

  // The nearest rows that hold in that scope for an item of the flow, its start being the day on
  // which the item was opened. `steps`: of the clock of that name.
  [[nodiscard]] std::vector<FlowStep> steps(const Flow& flow, std::string_view clock,
                                            const std::vector<FlowStep>& own,
                                            const calendar::Scope& scope) const;
  [[nodiscard]] LightRules lights(const Flow& flow, const calendar::Scope& scope) const;
  // Never fewer than `own`.
  [[nodiscard]] std::int64_t checkers(const Flow& flow, std::int64_t own,
                                      const calendar::Scope& scope) const;

  // Every row that has its say for an item of the flow in that scope, by its name; none that a
  // nearer one stands before.
  [[nodiscard]] std::vector<const calendar::Rule*> holding(const Flow& flow,
                                                           const calendar::Scope& scope) const;
  // Whether any row is about items of that kind.
  [[nodiscard]] bool about(std::string_view kind) const;

 private:
  struct Row {
    calendar::Rule rule;
    ThresholdSort sort = ThresholdSort::Step;
    std::string clock;
    FlowStep step;
  };
  [[nodiscard]] const Row* nearest(const Flow& flow, ThresholdSort sort,
                                   const calendar::Scope& scope) const;

  std::map<std::string, std::vector<Row>, std::less<>> rows_;  // by kind
};

// Why a row may not set what it sets; `line` and `column` lead the facts. Of a step:
// `limit_step_by` (code, length), `limit_step_starts` (code, starts). Of a count: `limit_count`
// (code, length, min, max). Of working days: `limit_working_days` (code, length, max). Of any:
// `limit_not_extended` (code). Looks at no flow.
Outcome check_form(const calendar::Rule& rule);

}  // namespace tz::ledger
