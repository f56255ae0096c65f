// DIR/erasures.txt: the signed list of what was erased, which is kept elsewhere too.
#pragma once

#include "engine/erasure_list.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

std::string erasures_path(const std::string& folder);

// Takes what was erased since into the list, and writes it where it says more than before, or there
// is none, or `Always`. Reads the journal from where the list ends. Any thread but the engine's.
enum class Write { WhereNew, Always };
Result<engine::ErasureList> follow_erasures(OpenLedger& ledger, Write write = Write::WhereNew);

// Erases in an open ledger whatever of the list is still there, as acts of the program. Gives how
// many texts, files and accounts that were. Refuses `erasures_foreign` and `erasures_old` (facts:
// through, records), where the list ends before the ledger does.
Result<std::size_t> replay_erasures(OpenLedger& ledger, const engine::ErasureList& list);

}  // namespace tz::program
