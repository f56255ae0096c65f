// What commands ask about changes of the tree.
#pragma once

#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "ledger/unit_file.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

// Faults of a file's rows, as an answer.
Json faults_json(const std::vector<ledger::RowFault>& faults);

// units_apply. Refuses what the file and the ledger refuse.
Result<Json> apply_tree_diff(OpenLedger& open, const Json& operation);

}  // namespace tz::program
