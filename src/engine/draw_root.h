// The root by which those a closing concerns are drawn.
#pragma once

#include "base/result.h"
#include "engine/engine.h"
#include "ledger/item.h"

namespace tz::engine {

// Of the records up to the list of the item's newest lot. Refuses `lot_not_listed`. Reads the disk.
// Any thread.
Result<Hash> draw_root(const Engine& engine, const ledger::Item& item);

}  // namespace tz::engine
