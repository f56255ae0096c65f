// Budgets out of their file.
#include "ledger/burden_budget.h"

#include <algorithm>
#include <charconv>

#include "calendar/rows.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, 3> kColumns = {"level", "per_month", "basis"};
constexpr std::int32_t kPerMonthMax = 1000;

Error unreadable(const calendar::Place& place, std::string_view why) {
  return refusal("budget_malformed", {{"line", std::to_string(place.line)},
                                      {"column", std::string(place.column)},
                                      {"why", std::string(why)}});
}

std::optional<std::int32_t> number_in(std::string_view text) {
  std::int32_t value = 0;
  const char* end = text.data() + text.size();
  const auto [at, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc{} || at != end || value < 0 || value > kPerMonthMax) return std::nullopt;
  return value;
}

}  // namespace

Result<BurdenBudget> BurdenBudget::parse(std::string_view text) {
  const std::vector<TableRow> rows = TZ_TRY(calendar::read_rows(text));
  if (rows.empty()) return unreadable({1, kColumns[0]}, "empty");
  for (std::size_t i = 0; i < kColumns.size(); ++i)
    if (i >= rows[0].cells.size() || rows[0].cells[i] != kColumns[i])
      return unreadable({rows[0].line, kColumns[i]}, "word");
  BurdenBudget out;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const TableRow& row = rows[i];
    const auto place = [&](std::size_t column) {
      return calendar::Place{row.line, kColumns[column]};
    };
    if (row.cells.size() != kColumns.size()) return unreadable(place(0), "cells");
    const auto level = level_named(row.cells[0]);
    if (!level) return unreadable(place(0), "word");
    const auto number = number_in(row.cells[1]);
    if (!number) return unreadable(place(1), "number");
    if (row.cells[2].empty()) return unreadable(place(2), "empty");
    auto& budget = out.budget_[static_cast<std::size_t>(*level)];
    if (budget) return unreadable(place(0), "twice");
    budget = number;
  }
  return out;
}

std::size_t BurdenBudget::count() const {
  return static_cast<std::size_t>(std::count_if(budget_.begin(), budget_.end(),
                                                [](const auto& one) { return one.has_value(); }));
}

}  // namespace tz::ledger
