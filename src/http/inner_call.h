// Asking the ledger's own routes from within a request, as a client would.
#pragma once

#include <optional>
#include <string>

#include "http/call.h"

namespace tz::http {

struct InnerCall {
  Handler handler = nullptr;
  CallRef call;
};

// A GET of that target as it would be answered to `account` (none: to nobody in particular), of
// what is published to the outer call, by the same routes and the same policy. Refuses what the
// door refuses: `route_unknown`, `sign_in_needed` and what the policy says.
Result<InnerCall> inner_call(const Call& outer, const std::string& target,
                             std::optional<AccountId> account);

}  // namespace tz::http
