// Duty lists out of their file, and the list that holds.
#include "ledger/duty_list.h"

#include <algorithm>
#include <array>

#include "calendar/rows.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, 6> kColumns = {"division", "kind", "category",
                                                      "from",     "to",   "basis"};

Result<ListedDuty> read_duty(const TableRow& row) {
  const auto place = [&](std::size_t column) {
    return calendar::Place{row.line, kColumns[column]};
  };
  if (row.cells.size() != kColumns.size()) return calendar::malformed(place(0), "cells");
  ListedDuty out;
  auto division = calendar::parse_region(row.cells[0]);
  if (!division.ok()) return calendar::malformed(place(0), "region");
  out.division = *std::move(division);
  for (const std::size_t column : {std::size_t{1}, std::size_t{2}})
    if (!calendar::is_name(row.cells[column])) return calendar::malformed(place(column), "word");
  out.kind = row.cells[1];
  out.category = row.cells[2];
  out.from = TZ_TRY(calendar::optional_day(row.cells[3], place(3)));
  out.to = TZ_TRY(calendar::optional_day(row.cells[4], place(4)));
  if (out.from && out.to && *out.to < *out.from) return calendar::malformed(place(4), "order");
  out.basis = row.cells[5];
  if (out.basis.empty()) return calendar::malformed(place(5), "empty");
  return out;
}

bool holds(const ListedDuty& duty, const DutyList::Question& question) {
  return duty.kind == question.kind && question.region.within(duty.division) &&
         !(duty.from && question.day < *duty.from) && !(duty.to && *duty.to < question.day);
}

}  // namespace

Result<DutyList> DutyList::parse(std::string_view text) {
  const std::vector<TableRow> rows = TZ_TRY(calendar::read_rows(text));
  if (rows.empty()) return calendar::malformed({1, kColumns[0]}, "empty");
  for (std::size_t i = 0; i < kColumns.size(); ++i)
    if (i >= rows[0].cells.size() || rows[0].cells[i] != kColumns[i])
      return calendar::malformed({rows[0].line, kColumns[i]}, "word");
  DutyList out;
  for (std::size_t i = 1; i < rows.size(); ++i) out.rows_.push_back(TZ_TRY(read_duty(rows[i])));
  return out;
}

bool DutyList::lets_lead(const Question& question) const {
  std::size_t nearest = 0;  // length of the smallest division's code
  bool any = false;
  for (const ListedDuty& duty : rows_)
    if (holds(duty, question)) {
      any = true;
      nearest = std::max(nearest, duty.division.code.size());
    }
  return !any || std::any_of(rows_.begin(), rows_.end(), [&](const ListedDuty& duty) {
    return holds(duty, question) && duty.division.code.size() == nearest &&
           duty.category == question.category;
  });
}

}  // namespace tz::ledger
