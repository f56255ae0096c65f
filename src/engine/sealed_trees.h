// Coverage as it was sealed last, ready for proofs: whatever was answered since.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "engine/coverage_proof.h"
#include "engine/engine.h"
#include "ledger/adopted_programme.h"
#include "merkle/sum_tree.h"

namespace tz::engine {

// Trees of newest seals that were asked for lately, so that only the first proof after a seal costs
// a pass over all units. Any thread; who comes while one is made waits for it.
class SealedTrees {
 public:
  // Refuses `coverage_unsealed`, and as coverage_tree; fails with `coverage_root_differs` (fact
  // position) where the tree is not what was sealed.
  Result<std::shared_ptr<const merkle::SumTree>> of(const ledger::AdoptedRequirement& requirement);

 private:
  static constexpr std::size_t kKeptMax = 8;  // some 12 MB each, of 700,000 units
  struct Kept {
    Hash digest{};
    std::shared_ptr<const merkle::SumTree> tree;
  };
  std::mutex mutex_;      // guards kept_
  std::list<Kept> kept_;  // the one asked for last stands first
};

// A proof and the checkpoint that it is checked against: the newest that is kept.
struct SealedProof {
  CoverageProof proof;
  std::string checkpoint;
};
// Refuses `coverage_unsealed` (fact requirement), `coverage_unit_later` and, of the subtree of an
// area, `coverage_area` (fact unit), and `proof_not_yet` (fact seq) while no checkpoint covers the
// seal. Reads the disk.
Result<SealedProof> prove_sealed(const Engine& engine, SealedTrees& trees,
                                 const ledger::AdoptedRequirement& requirement, UnitId unit,
                                 merkle::SumSpan span);

}  // namespace tz::engine
