// The marks of a loan that is asked for: made here, of words that go no further.
#pragma once

#include "access/sealing.h"
#include "engine/engine.h"
#include "ledger/command.h"

namespace tz::http {

// Sets the marks, under the key of the ledger's first fund; leaves the command as it is where there
// is no fund, which the ledger says. Reads the disk. Refuses `loan_marks_missing` where the key was
// destroyed.
Outcome mark_loan(const engine::Engine& engine, const access::Keyring& keyring,
                  ledger::OpenItem& command);

}  // namespace tz::http
