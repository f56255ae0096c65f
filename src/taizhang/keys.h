// The keys of a ledger that are renewed: those that texts' keys lie wrapped under.
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "engine/key_renewal.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

// Renews away the wrapping keys of months that ended at least `months` months before this one; 0:
// of every month but this one. Waits for a backup that is being written. Fails as
// engine/key_renewal.h does.
Result<engine::Renewal> renew_wrapping_keys(OpenLedger& ledger, int months);

// The operation keys_renew: {"wrapping": true} -> rewrapped, unopened, destroyed; {"accounts":
// true}
// -> accounts, how many rows lie under the new key of accounts. Refuses `keys_renew_what` for
// neither.
Result<Json> renew_keys(OpenLedger& ledger, const Json& operation);

}  // namespace tz::program
