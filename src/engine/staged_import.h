// Many items taken in at once: staged in ordinary batches, and counting only when all are there.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "engine/engine.h"
#include "ledger/command.h"

namespace tz::engine {

struct StagedImport {
  std::vector<ledger::OpenItem> items;  // at least one, all of the import below
  std::uint64_t import = 0;             // as engine/import_number.h gives it
  ledger::Actor actor;                  // who lists them; it is the program that adopts the import
  // The whole import's: a repetition stages its rows for nothing and gets the first receipt.
  std::optional<IdempotencyKey> idempotency;
  std::size_t in_flight_max = 500;  // rows in the engine's queue at once; others need room too
  std::function<void(std::uint64_t done, std::uint64_t of)> progress;  // may be empty
};

// Stages all rows and adopts the import; the receipt is the adoption's. With the first refusal or
// failure nothing more is staged and nothing is adopted: what was staged is in no list, total or
// number, ever. Waits; not on the engine's thread.
Result<Receipt> take_import(Engine& engine, StagedImport import);

}  // namespace tz::engine
