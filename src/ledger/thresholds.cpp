// Rows by kind, and of those that hold the nearest.
#include "ledger/thresholds.h"

#include <algorithm>
#include <array>

#include "ledger/enum_names.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, 6> kNames = {
    "near", "near_fraction", "behind_points", "far_behind_points", "returned", "checkers"};
// What rows about a kind as a whole are called that are lengths.
constexpr std::array<std::string_view, 3> kLengths = {"extend", "immediate", "notice"};

constexpr std::int32_t kStepDaysMax = 366;
constexpr std::int32_t kPercent = 100;

// From what a step is reckoned, as the column `starts` says it; in the order of FlowStep::When.
constexpr std::array<std::string_view, 3> kStarts = {"before_end", "at_end", "after_end"};

struct Range {
  std::int32_t min = 1;
  std::int32_t max = kPercent;
};
Range range_of(ThresholdSort sort) {
  return sort == ThresholdSort::Checkers ? Range{1, 20} : Range{};
}

// At the end without a length, before or after it with one.
bool dated(const calendar::Rule& rule) {
  const calendar::Length& by = rule.length;
  if (rule.starts == name_in(kStarts, FlowStep::When::AtEnd))
    return by.unit == calendar::LengthUnit::Count && by.amount == 0;
  return (by.unit == calendar::LengthUnit::NaturalDays ||
          by.unit == calendar::LengthUnit::WorkingDays || by.unit == calendar::LengthUnit::Hours) &&
         by.amount <= (by.unit == calendar::LengthUnit::Hours ? kStepDaysMax * 24 : kStepDaysMax);
}

}  // namespace

std::optional<ThresholdName> threshold_named(std::string_view code) {
  const std::size_t first = code.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  ThresholdName out{.kind = code.substr(0, first)};
  const std::string_view rest = code.substr(first + 1);
  const std::size_t last = rest.rfind('.');
  if (last == std::string_view::npos) {
    const auto sort = named_in<ThresholdSort>(kNames, rest);
    if (!sort) return std::nullopt;
    out.sort = *sort;
    return out;
  }
  const auto step = clock_step_named(rest.substr(last + 1));
  if (!step) return std::nullopt;
  out.clock = rest.substr(0, last);
  out.step = *step;
  return out;
}

bool names_no_clock(std::string_view name) {
  return name == kDeadlineName || std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
         std::find(kLengths.begin(), kLengths.end(), name) != kLengths.end();
}

Outcome check_form(const calendar::Rule& rule) {
  const auto name = threshold_named(rule.code);
  TZ_ASSERT(name.has_value());
  const calendar::Length& length = rule.length;
  Facts facts = {{"code", rule.code}};
  if (rule.extension_max) return fault_of(rule, "extension", "limit_not_extended", facts);
  if (name->sort == ThresholdSort::Step) {
    if (std::find(kStarts.begin(), kStarts.end(), rule.starts) == kStarts.end()) {
      facts.emplace_back("starts", rule.starts);
      return fault_of(rule, "starts", "limit_step_starts", facts);
    }
    facts.emplace_back("length", to_text(length));
    if (!dated(rule)) return fault_of(rule, "length", "limit_step_by", facts);
    return Done{};
  }
  facts.emplace_back("length", to_text(length));
  if (name->sort == ThresholdSort::NearWorkingDays) {
    if (length.unit == calendar::LengthUnit::WorkingDays && length.amount <= kStepDaysMax)
      return Done{};
    facts.emplace_back("max", std::to_string(kStepDaysMax));
    return fault_of(rule, "length", "limit_working_days", facts);
  }
  const Range range = range_of(name->sort);
  if (length.unit == calendar::LengthUnit::Count && range.min <= length.amount &&
      length.amount <= range.max)
    return Done{};
  facts.emplace_back("min", std::to_string(range.min));
  facts.emplace_back("max", std::to_string(range.max));
  return fault_of(rule, "length", "limit_count", facts);
}

Thresholds::Thresholds(const calendar::Rules& rules) {
  for (const calendar::Rule& rule : rules.all()) {
    const auto name = threshold_named(rule.code);
    if (!name || !check_form(rule).ok()) continue;
    Row row{rule, name->sort, std::string(name->clock), {}};
    if (name->sort == ThresholdSort::Step) {
      const auto when = named_in<FlowStep::When>(kStarts, rule.starts);
      row.step = {name->step, *when, rule.length};
      if (*when == FlowStep::When::AtEnd) row.step.by = {};
    }
    rows_[std::string(name->kind)].push_back(std::move(row));
  }
}

std::vector<const calendar::Rule*> Thresholds::holding(const Flow& flow,
                                                       const calendar::Scope& scope) const {
  std::map<std::string_view, const calendar::Rule*> nearest;
  const auto rows = rows_.find(flow.kind);
  if (rows == rows_.end()) return {};
  for (const Row& row : rows->second) {
    if (!holds(row.rule, scope)) continue;
    const calendar::Rule*& found = nearest[row.rule.code];
    if (found == nullptr || further(*found, row.rule)) found = &row.rule;
  }
  std::vector<const calendar::Rule*> out;
  out.reserve(nearest.size());
  for (const auto& [code, rule] : nearest) out.push_back(rule);
  return out;
}

bool Thresholds::about(std::string_view kind) const { return rows_.find(kind) != rows_.end(); }

std::vector<FlowStep> Thresholds::steps(const Flow& flow, std::string_view clock,
                                        const std::vector<FlowStep>& own,
                                        const calendar::Scope& scope) const {
  std::vector<FlowStep> out = own;
  const auto rows = rows_.find(flow.kind);
  if (rows == rows_.end()) return out;
  std::array<const Row*, kClockStepCount> nearest{};
  bool any = false;
  for (const Row& row : rows->second) {
    if (row.sort != ThresholdSort::Step || row.clock != clock || !holds(row.rule, scope)) continue;
    const Row*& found = nearest[static_cast<std::size_t>(row.step.step)];
    if (found == nullptr || further(found->rule, row.rule)) found = &row;
    any = true;
  }
  if (!any) return out;
  for (const Row* row : nearest) {
    if (row == nullptr) continue;
    std::erase_if(out, [&](const FlowStep& one) { return one.step == row->step.step; });
    out.push_back(row->step);
  }
  return out;
}

const Thresholds::Row* Thresholds::nearest(const Flow& flow, ThresholdSort sort,
                                           const calendar::Scope& scope) const {
  const auto rows = rows_.find(flow.kind);
  if (rows == rows_.end()) return nullptr;
  const Row* found = nullptr;
  for (const Row& row : rows->second)
    if (row.sort == sort && holds(row.rule, scope) &&
        (found == nullptr || further(found->rule, row.rule)))
      found = &row;
  return found;
}

LightRules Thresholds::lights(const Flow& flow, const calendar::Scope& scope) const {
  LightRules out = flow.lights;
  if (!about(flow.kind)) return out;
  const auto set = [&](ThresholdSort sort, std::int32_t& into) {
    if (const Row* row = nearest(flow, sort, scope)) into = row->rule.length.amount;
  };
  set(ThresholdSort::NearWorkingDays, out.near_working_days);
  set(ThresholdSort::NearFraction, out.near_fraction);
  set(ThresholdSort::BehindPoints, out.behind_points);
  set(ThresholdSort::FarBehindPoints, out.far_behind_points);
  set(ThresholdSort::Returned, out.returned);
  return out;
}

std::int64_t Thresholds::checkers(const Flow& flow, std::int64_t own,
                                  const calendar::Scope& scope) const {
  const Row* row = nearest(flow, ThresholdSort::Checkers, scope);
  return row == nullptr ? own : std::max<std::int64_t>(own, row->rule.length.amount);
}

}  // namespace tz::ledger
