// Deciding about resettlement schemes: opened, counted once, signed within a term, shown in public.
#pragma once

#include "ledger/decide.h"

namespace tz::ledger {

Result<Decision> decide_scheme(const Circumstances& at, const OpenScheme& command);
Result<Decision> decide_register_end(const Circumstances& at, const CloseRegister& command);
Result<Decision> decide_roster(const Circumstances& at, const FreezeRoster& command);
Result<Decision> decide_signing(const Circumstances& at, const OpenSigning& command);
Result<Decision> decide_publication(const Circumstances& at, const PublishRoster& command);
Result<Decision> decide_code(const Circumstances& at, const IssueQueryCode& command);

// Refuses `register_closed` where the register of one of these schemes is.
Outcome registers_open(const State& state, const std::vector<std::string>& schemes);

}  // namespace tz::ledger
