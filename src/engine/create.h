// The first record of a ledger.
#pragma once

#include "access/sealing.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "journal/journal.h"
#include "ledger/event.h"

namespace tz::engine {

// Appends the genesis to an empty journal. Refuses `journal_moved` where there are records.
Outcome create_ledger(journal::Journal& journal, const ledger::Genesis& genesis, Instant now,
                      access::Keyring& keyring, Random& random);

// A genesis with a new random ledger id.
ledger::Genesis new_genesis(std::string origin, std::string zone, bool simulated, Random& random);

}  // namespace tz::engine
