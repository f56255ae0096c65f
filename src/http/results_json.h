// What of an item is counted, over time: as JSON and as a table.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "base/json.h"
#include "engine/history.h"
#include "http/call.h"
#include "ledger/item.h"
#include "rollup/model_totals.h"

namespace tz::http {

// Hundredths of a percent as a table has them: "38.88".
std::string signed_percent_text(std::int64_t hundredths);
// The words "results.column_<name>" of a table's columns, in the caller's language.
std::vector<std::string> results_columns(const Call& call,
                                         std::initializer_list<const char*> names);

// Indicators with all their targets and actuals, milestones with all their days, money, votes, and
// how far that is. Rates and what was attained are in hundredths of a percent.
Json results_json(const Call& call, const ledger::Item& item,
                  const std::vector<engine::HistoryEntry>& history);
// The same as a table: a row for each target that was set and each number that was reported, in the
// order of their records.
std::string results_csv(const Call& call, const ledger::Item& item,
                        const std::vector<engine::HistoryEntry>& history);
// Milestones with every day they were planned for, and each change of the money, in yuan.
std::string milestones_csv(const Call& call, const ledger::Item& item,
                           const std::vector<engine::HistoryEntry>& history);
std::string money_csv(const Call& call, const ledger::Item& item,
                      const std::vector<engine::HistoryEntry>& history);
Json votes_json(const ledger::Item& item);
// {attained, planned, gap}: of one item in a list of many.
void set_progress(const Call& call, const ledger::Item& item, Json& out);
Json model_totals_json(const rollup::ModelTotals& totals);

}  // namespace tz::http
