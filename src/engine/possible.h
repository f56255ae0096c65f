// Whether an event that was read back can have happened: verify asks before it replays one, so that
// a forged journal is reported and meets no assertion.
#pragma once

#include "engine/replay.h"

namespace tz::engine {

// Whether `opened` can follow on what the world has taken in so far. It says nothing of the rules:
// those were kept when it was decided. Settles the tree where the event needs it.
bool possible(World& world, const OpenedRecord& opened, ledger::FileReaders readers);

}  // namespace tz::engine
