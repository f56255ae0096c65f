// What is kept no longer than its time: finding it, and destroying it by ordinary commands.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "engine/engine.h"
#include "ledger/item_no.h"

namespace tz::engine {

// Items that were closed or dropped and of which nothing was recorded from `before` on, and which
// still have a text or a file beside the reason that one was destroyed for. Reads the disk for each
// that has left the list. Any thread but the engine's.
Result<std::vector<ledger::ItemNo>> items_over(const Engine& engine, Instant before);

// Erases all texts and files of an item, as the program. False where it has moved on meanwhile; it
// is then looked at the next time. Waits.
Result<bool> erase_over(Engine& engine, ledger::ItemNo no);

// Deletes the answers kept for repeated requests that were given before then, some hundred at a
// time, so that no command waits for more than a batch of its own. Gives how many. Waits.
Result<std::size_t> forget_answers(Engine& engine, Instant before);

// The files that some item carries. Reads every record.
Result<std::set<Hash>> carried_files(const Engine& engine);

}  // namespace tz::engine
