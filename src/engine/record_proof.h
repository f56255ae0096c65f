// Everything by which somebody else checks that a record stands in the journal as he is shown it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/sealing.h"
#include "base/result.h"
#include "engine/engine.h"
#include "journal/record.h"

namespace tz::engine {

struct RecordProof {
  struct Part {
    std::string label;
    Hash ciphertext_hash{};
    std::optional<access::Unsealed> text;  // none: destroyed
  };
  journal::Record record;
  Bytes header;   // what the tree hashes
  Bytes context;  // what its context commitment binds
  Hash leaf{};
  std::vector<Part> parts;  // as the record has them
  std::string checkpoint;   // the newest signed note
  std::uint64_t size = 0;   // the records it covers
  std::vector<Hash> path;   // RFC 6962 inclusion, from the leaf to its root
};

// The proof of a record of that item. The caller has checked who may read the item. Refuses
// `record_unknown` (fact: seq) where it has no such record, and `proof_not_yet` (fact: seq) while
// no checkpoint covers it. Reads the disk. Any thread.
Result<RecordProof> record_proof(const Engine& engine, const access::Keyring& keyring,
                                 ledger::ItemNo no, Seq seq);

}  // namespace tz::engine
