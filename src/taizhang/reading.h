// A ledger rebuilt in memory for a command that only reads; works beside a running server.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/past.h"
#include "engine/replay.h"
#include "rollup/view.h"

namespace tz::program {

struct ReadLedger {
  engine::World world;
  std::shared_ptr<const rollup::View> view;
};

enum class From { Snapshot, Start };

// Everything up to the newest record, true at `now` (for a simulated ledger: at its newest record).
Result<std::unique_ptr<ReadLedger>> read_ledger(const std::string& folder, From from);

// What it shows: of a moment, a day or @POSITION as engine/past.h reads it, or where that is empty
// of now. Keeps what it needs of the ledger that was read, which must stay.
Result<engine::Published> shown_as_of(const ReadLedger& read, const std::string& folder,
                                      std::string_view as_of);

}  // namespace tz::program
