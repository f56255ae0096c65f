// Whom reports complain of: opened from their sealed texts into memory, for whoever must not see
// them.
#pragma once

#include "access/sealing.h"
#include "base/result.h"
#include "engine/replay.h"
#include "journal/journal.h"

namespace tz::engine {

// Opens what world.state.accusations lacks of world.accusation_records. Where a text was destroyed
// or does not open, nobody knows whom it accuses, and only the unit that received it may see the
// item. Fails as the journal does.
Outcome open_accusations(World& world, journal::Reader& reader, const access::Keyring& keyring);

// The text that names them was destroyed: from here on nobody knows whom that item accuses, as will
// be so after a restart. Needs an accusation that is known.
void forget_accused(ledger::State& state, ledger::ItemNo no);

}  // namespace tz::engine
