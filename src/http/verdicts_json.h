// Verdicts as JSON and as a table: who was asked, who answered, and what, where enough did.
#pragma once

#include "base/json.h"
#include "rollup/rates.h"

namespace tz::http {

// {closed, asked, answered, silent, by_code, on_paper, by_phone, otherwise, unmet, solved,
// satisfied, callback}; the last three as rate_json has them beside `whole`.
Json verdicts_json(const rollup::RateTally& tally, const rollup::RateTally* whole);

}  // namespace tz::http
