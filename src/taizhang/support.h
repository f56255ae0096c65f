// Access for whoever supports the ledger, the vendor for one: there is none; a client opens it, for
// hours, and it ends by itself.
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

// The operation account_support: name, unit, role, password, hours -> name, ends. A new account
// that opens nothing from that moment on, whoever ends it or not. Refuses `support_off`,
// `support_hours_bad` (fact: hours_max) and `support_role_bad`: what opens accounts would outlast
// it.
Result<Json> open_support(OpenLedger& ledger, const Json& operation);

// Tidies away support that is over: disables the account, ends its posts, sessions and tokens, and
// says so in the audit log. Gives how many.
Result<std::size_t> end_support(OpenLedger& ledger);

}  // namespace tz::program
