// What may stand in place of a code that was refused, so that whoever wrote it need not search.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "ledger/state.h"

namespace tz::ledger {

// The error with the fact `allowed` ("resident 居民上报、hotline 热线") where it is a refusal of a
// kind, of a source or category of that kind, of a nature, a severity or a fix class, and unchanged
// else.
Error with_allowed(Error error, const State& state, std::string_view kind);

}  // namespace tz::ledger
