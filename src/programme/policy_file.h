// The policy file: who may do and see what, as a person reads it, read and checked.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/policy.h"

namespace tz::programme {

// The policy a file describes, sound by ledger::check and with a row for every right; else the
// first of its faults. A pure function of the text.
Result<ledger::Policy> read_policy(std::string_view text);

// The faults of a policy file (kFaultCountMax at most) in the order of their lines, each with the
// facts `line` and `column` (in characters, from one) and what was expected there; empty when
// read_policy accepts it.
std::vector<Error> policy_faults(std::string_view text);

}  // namespace tz::programme
