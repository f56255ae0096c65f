// The columns at a position, so that opening a ledger reads only what came after. May be lost.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "engine/replay.h"
#include "journal/journal.h"

namespace tz::engine {

// All but the columns, which are those of the view that was published at `size`.
struct SnapshotHead {
  journal::LedgerId ledger_id{};
  std::uint64_t size = 0;
  Hash root{};
  Instant recorded;
  std::vector<std::uint64_t> system_records;
  std::vector<std::uint64_t> accusation_records;
};
SnapshotHead head_of(const World& world);

// Writes FOLDER/snapshot (through a temporary file). Fails with `storage_failed`. Any thread.
Outcome save_snapshot(const SnapshotHead& head, BytesView columns, const std::string& folder);

struct Snapshot {
  journal::LedgerId ledger_id{};
  std::uint64_t size = 0;  // records it is the result of
  Hash root{};             // of the tree of that size
  Instant recorded;
  std::vector<std::uint64_t> system_records;
  std::vector<std::uint64_t> accusation_records;
  Bytes columns;
};
// None where there is no file; refuses `snapshot_damaged`.
Result<std::optional<Snapshot>> read_snapshot(const std::string& folder);

// Brings an empty world to the snapshot's position. Refuses `snapshot_damaged` when it is not of
// this journal: another ledger, or another root at that size.
Outcome restore(World& world, const Snapshot& snapshot, journal::Reader& reader,
                ledger::FileReaders readers);

}  // namespace tz::engine
