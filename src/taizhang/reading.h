// A ledger rebuilt in memory for a command that only reads; works beside a running server.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
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

}  // namespace tz::program
