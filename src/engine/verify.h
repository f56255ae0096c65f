// Recomputing everything a ledger claims from its stored bytes, and saying what does not hold.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/replay.h"
#include "journal/journal.h"
#include "merkle/checkpoint.h"

namespace tz::engine {

struct VerifyRequest {
  std::optional<std::string> against;  // a checkpoint somebody kept: its signed note
  merkle::VerifierKey key;
  std::string snapshot_folder;  // empty: no snapshot is looked for
  ledger::FileReaders readers;
  std::function<void(std::uint64_t done, std::uint64_t of)> progress;  // may be empty
};

// Something that does not hold. `code` is stable; docs/operating.md says what each means.
struct Finding {
  std::string code;  // record_disagrees, record_missing, checkpoint_root_wrong, ...
  Facts facts;       // seq, or from and to
};

struct VerifyReport {
  std::uint64_t record_count = 0;
  std::uint64_t text_count = 0;       // sealed parts, each checked against its ciphertext's hash
  std::uint64_t destroyed_count = 0;  // of which the key is gone
  std::uint64_t checkpoint_count = 0;
  std::uint64_t tree_hash_count = 0;
  std::uint64_t item_count = 0;
  bool snapshot_checked = false;
  bool snapshot_unchecked = false;  // there is one, but the records below it do not hold
  bool against_checked = false;
  Hash root{};
  std::vector<Finding> findings;  // in order; empty: everything holds
};

// Reads every record once. Fails only when the storage cannot be read; what is wrong with what was
// read is a finding. At most 20 findings, then it stops looking.
Result<VerifyReport> verify(journal::Reader& reader, const VerifyRequest& request);

}  // namespace tz::engine
