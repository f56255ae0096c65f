// What the article states and the ledger answers, asked at the ledger's own door.
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

// The answer to GET /api/v1/demo/stated. Refuses `route_unknown` in a ledger that is no
// demonstration.
Result<Json> stated_figures(OpenLedger& open);

}  // namespace tz::program
