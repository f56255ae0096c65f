// What commands ask about revolving funds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

// None where the operation is no such. Amounts are in fen.
//   fund_open   fund, unit, title, title_en, cap, small, term_days, extension_days, extensions,
//               basis -> fund     adopts the built-in kind "loan" where there is none
//   fund_add    fund, sort, fen, document -> fund, cash
//   fund_bind   fund, posts [number]      -> fund, count
// Refuses what the ledger refuses.
std::optional<Result<Json>> operate_on_funds(OpenLedger& ledger, const Json& operation);

// Fen of an amount as people write it: "30000", "30000.5", "30000.50". Refuses `amount_bad`.
Result<std::int64_t> fen_of(const std::string& yuan);

}  // namespace tz::program
