// Asking at the ledger's own door, by the same routes and the same policy as everybody.
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "http/message.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

// The server's door where one is open, else a door of its own without a socket. Refuses and fails
// as the door answers.
Result<Json> ask_at_door(OpenLedger& open, http::Request request);

}  // namespace tz::program
