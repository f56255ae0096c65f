// Evidence files that a redaction destroys: noted in the redaction's own transaction, so that none
// is forgotten, until the file is gone.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "engine/engine.h"
#include "ledger/item.h"

namespace tz::engine {

constexpr std::string_view kDoomedSpace = "doomed_file";

// The file of a redaction, as it is noted; none if it destroys a text. Needs the item as it was.
std::optional<journal::KeptRow> doomed_file(const ledger::Event& event, const ledger::Item& item);

// Files noted and not yet gone. Any thread.
Result<std::vector<Hash>> doomed_files(const Engine& engine);

// Whether some item still carries the file. Reads every record: slow. Any thread.
Result<bool> still_carried(const Engine& engine, const Hash& sha256);

// Forgets the note, once the file is gone or is to stay. Waits; not on the engine's thread.
Outcome forget_doomed(Engine& engine, const Hash& sha256);

}  // namespace tz::engine
