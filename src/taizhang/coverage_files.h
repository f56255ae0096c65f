// Files about sealed coverage for whoever checks it elsewhere: proofs, and all leaves.
#pragma once

#include <string>

#include "base/result.h"
#include "engine/sealed_coverage.h"
#include "merkle/sum_proof.h"

namespace tz::program {

// A requirement as it was after so many records, and what it is read from.
struct SealedRequirement {
  const ledger::AdoptedProgramme& programme;
  const ledger::AdoptedRequirement& requirement;
  const engine::ReadJournal& journal;
};

struct WrittenProof {
  std::size_t bytes = 0;
  std::string checkpoint;  // the file beside it
  std::uint64_t size = 0;  // records that it covers
};
// Writes the proof to PATH and the newest signed checkpoint to PATH.checkpoint. Refuses
// `coverage_unsealed`, `coverage_unit_later` (fact unit: it was not in the tree that was frozen)
// and `proof_not_yet` (fact seq) while no checkpoint covers the seal.
Result<WrittenProof> write_coverage_proof(const SealedRequirement& of, UnitId unit,
                                          merkle::SumSpan span, const std::string& path);

// Writes the list of all leaves; gives how many. Refuses `coverage_unsealed`.
Result<std::uint32_t> write_coverage_leaves(const SealedRequirement& of, const std::string& path);

}  // namespace tz::program
