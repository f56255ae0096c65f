// What commands ask about accounts, posts and tokens of an open ledger.
#pragma once

#include <optional>

#include "base/json.h"
#include "base/result.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

// None where the operation is no such. Each names an account by its name.
//   account_add      name, unit, role, password -> account, name
//   post_add         name, unit, role -> post
//   token_add        name, label -> token
// Refuses `account_unknown` and what the ledger refuses.
std::optional<Result<Json>> operate_on_accounts(OpenLedger& ledger, const Json& operation);

}  // namespace tz::program
