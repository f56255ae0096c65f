// Verdicts as JSON and as a table: who was asked, who answered, and what, where enough did.
#pragma once

#include "base/json.h"
#include "rollup/verdict_cells.h"

namespace tz::http {

// {closed, asked, answered, silent, by_code, on_paper, by_phone, otherwise, unmet, solved,
// satisfied, callback}. Each of the last three is {before, after, few, hidden, band}: `hidden`
// where there are answers and what they were is not shown; `few` under 30, where nothing is
// compared; the band is that beside `whole`, null where there is no whole or the rate is hidden.
Json verdicts_json(const rollup::VerdictRow& row, const rollup::RateTally* whole);

}  // namespace tz::http
