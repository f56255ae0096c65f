// Files about sealed coverage for whoever checks it elsewhere: proofs, and all leaves.
#pragma once

#include <string>

#include "base/result.h"
#include "engine/sealed_trees.h"
#include "merkle/sum_proof.h"

namespace tz::program {

struct WrittenProof {
  std::size_t bytes = 0;
  std::string checkpoint;  // the file beside it
  std::uint64_t size = 0;  // records that it covers
};
// Writes the proof to PATH and the newest signed checkpoint to PATH.checkpoint. Refuses as
// engine::sealed_tree and engine::prove_sealed.
Result<WrittenProof> write_coverage_proof(const engine::ProofAsked& asked,
                                          const ledger::State& state, journal::Reader& reader,
                                          const std::string& path);

// Writes the list of all leaves; gives how many. Refuses as engine::sealed_tree.
Result<std::uint32_t> write_coverage_leaves(const ledger::AdoptedRequirement& requirement,
                                            const std::string& path);

}  // namespace tz::program
