// Row by row, in the order of the file.
#include "ledger/limit_check.h"

#include <algorithm>
#include <string>
#include <vector>

#include "calendar/rule.h"
#include "ledger/notice_length.h"
#include "ledger/thresholds.h"

namespace tz::ledger {
namespace {

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) (out += out.empty() ? "" : ", ") += word;
  return out;
}

std::string step_words() {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < kClockStepCount; ++i)
    words.push_back(to_text(static_cast<ClockStep>(i)));
  return joined(words);
}

class LimitCheck {
 public:
  LimitCheck(const calendar::Rules& rules, std::span<const std::shared_ptr<const Flow>> flows,
             Day today)
      : rules_(rules), thresholds_(rules), flows_(flows), today_(today) {}

  [[nodiscard]] Outcome run() const {
    for (const calendar::Rule& rule : rules_.all()) {
      if (rule.to && *rule.to < today_) continue;
      if (const auto name = threshold_named(rule.code)) {
        TZ_TRY(check_form(rule));
        TZ_TRY(fits(rule, *name));
      } else {
        TZ_TRY(is_length(rule));
      }
    }
    return Done{};
  }

 private:
  // A step of a clock whose word is misspelt would be a length that nothing asks for.
  [[nodiscard]] Outcome is_length(const calendar::Rule& rule) const {
    if (rule.length.unit == calendar::LengthUnit::Count)
      return fault_of(rule, "length", "limit_not_a_length",
                      {{"code", rule.code}, {"length", to_text(rule.length)}});
    const std::size_t first = rule.code.find('.');
    const std::size_t last = rule.code.rfind('.');
    if (first == last) return Done{};
    const std::string_view kind = std::string_view(rule.code).substr(0, first);
    const std::string_view clock = std::string_view(rule.code).substr(first + 1, last - first - 1);
    if (newest(kind) == nullptr || !has_clock(kind, clock)) return Done{};
    return fault_of(rule, "code", "limit_step_unknown",
                    {{"code", rule.code}, {"steps", step_words()}});
  }

  [[nodiscard]] Outcome fits(const calendar::Rule& rule, const ThresholdName& name) const {
    const Flow* flow = newest(name.kind);
    if (flow == nullptr)
      return fault_of(rule, "code", "limit_kind_unknown",
                      {{"code", rule.code}, {"kind", std::string(name.kind)}, {"kinds", kinds()}});
    switch (name.sort) {
      case ThresholdSort::Step:
        if (has_clock(name.kind, name.clock)) return Done{};
        return fault_of(rule, "code", "limit_clock_unknown",
                        {{"code", rule.code},
                         {"kind", std::string(name.kind)},
                         {"clock", std::string(name.clock)},
                         {"clocks", clocks(*flow)}});
      case ThresholdSort::Checkers:
        return enough_checkers(rule, *flow);
      case ThresholdSort::BehindPoints:
      case ThresholdSort::FarBehindPoints:
        return lights_in_order(rule, *flow);
      default:
        return Done{};
    }
  }

  // What the flow asks for rests on law: it is never undercut.
  static Outcome enough_checkers(const calendar::Rule& rule, const Flow& flow) {
    std::int64_t needed = 0;
    for (const Transition& step : flow.transitions)
      if (const Guard* guard = step.guard(GuardKind::CheckersMin))
        needed = std::max(needed, guard->number);
    if (needed == 0)
      return fault_of(rule, "code", "limit_no_checkers",
                      {{"code", rule.code}, {"kind", flow.kind}});
    if (rule.length.amount >= needed) return Done{};
    return fault_of(rule, "length", "limit_checkers_below",
                    {{"code", rule.code},
                     {"kind", flow.kind},
                     {"count", std::to_string(rule.length.amount)},
                     {"count_min", std::to_string(needed)}});
  }

  // With what else holds in the row's own scope on its first day.
  [[nodiscard]] Outcome lights_in_order(const calendar::Rule& rule, const Flow& flow) const {
    const Day start = rule.from.value_or(rule.to ? std::min(*rule.to, today_) : today_);
    const LightRules lights = thresholds_.lights(flow, {rule.division, rule.programme, start});
    if (lights.behind_points <= lights.far_behind_points) return Done{};
    return fault_of(rule, "length", "limit_lights_order",
                    {{"code", rule.code},
                     {"behind", std::to_string(lights.behind_points)},
                     {"far_behind", std::to_string(lights.far_behind_points)}});
  }

  [[nodiscard]] const Flow* newest(std::string_view kind) const {
    const Flow* found = nullptr;
    for (const auto& flow : flows_)
      if (flow->kind == kind) found = flow.get();
    return found;
  }
  // Of any version: items live under the older ones too.
  [[nodiscard]] bool has_clock(std::string_view kind, std::string_view clock) const {
    return std::any_of(flows_.begin(), flows_.end(), [&](const auto& flow) {
      if (flow->kind != kind) return false;
      return clock == kDeadlineName ? flow->deadlines.empty() : flow->clock(clock).has_value();
    });
  }
  [[nodiscard]] std::string kinds() const {
    std::vector<std::string_view> words;
    for (const auto& flow : flows_)
      if (std::find(words.begin(), words.end(), flow->kind) == words.end())
        words.push_back(flow->kind);
    return joined(words);
  }
  static std::string clocks(const Flow& flow) {
    // Where limits of the flow give the deadline, it is theirs and has no steps of its own.
    std::vector<std::string_view> words;
    if (flow.deadlines.empty()) words.push_back(kDeadlineName);
    for (const FlowClock& clock : flow.clocks) words.push_back(clock.id);
    return joined(words);
  }

  const calendar::Rules& rules_;
  const Thresholds thresholds_;
  std::span<const std::shared_ptr<const Flow>> flows_;
  Day today_;
};

}  // namespace

Outcome check_limits(std::string_view text, std::span<const std::shared_ptr<const Flow>> flows,
                     Day today) {
  const calendar::Rules rules = TZ_TRY(calendar::Rules::parse(text));
  TZ_TRY(notice_lengths(text, today));
  return LimitCheck(rules, flows, today).run();
}

}  // namespace tz::ledger
