// Verdicts as JSON and as a table: who was asked, who answered, and what, where enough did.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "rollup/rates.h"

namespace tz::http {

// What is kept back of a row though it has enough answers, because the sum would tell another's.
struct VerdictRow {
  rollup::RateTally tally;
  bool solved_kept_back = false;
  bool satisfied_kept_back = false;
};
// Of rows that share no item and add up to a sum that is shown: what each keeps back.
std::vector<VerdictRow> verdict_rows(const std::vector<rollup::RateTally>& tallies);

// {closed, asked, answered, silent, by_code, on_paper, by_phone, otherwise, unmet, solved,
// satisfied, callback}. Each of the last three is {before, after, few, hidden, band}: `hidden`
// where there are answers and what they were is not shown; `few` under 30, where nothing is
// compared; the band is that beside `whole`, null where there is no whole or the rate is hidden.
Json verdicts_json(const VerdictRow& row, const rollup::RateTally* whole);

}  // namespace tz::http
