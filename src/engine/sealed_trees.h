// Coverage as it was sealed last, and its proofs: whatever was answered since.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "engine/coverage_proof.h"
#include "ledger/adopted_programme.h"
#include "ledger/state.h"
#include "merkle/sum_tree.h"

namespace tz::engine {

// The tree of the requirement's newest seal, made again of the coverage that was sealed. Refuses
// `coverage_unsealed` (fact requirement), and as coverage_tree; fails with `coverage_root_differs`
// (fact position) where that is not what was sealed.
Result<merkle::SumTree> sealed_tree(const ledger::AdoptedRequirement& requirement);

// Trees that were asked for lately, so that only the first proof after a seal costs a pass over all
// units. Any thread; who comes while one is made waits for it.
class SealedTrees {
 public:
  // As sealed_tree().
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

struct ProofAsked {
  const ledger::AdoptedRequirement& requirement;
  UnitId unit;
  merkle::SumSpan span = merkle::SumSpan::Subtree;
};
// A proof and the checkpoint that it is checked against: the newest that is kept.
struct SealedProof {
  CoverageProof proof;
  std::string checkpoint;
};
// Of the requirement's sealed tree, as it stands in that state. Refuses `coverage_unit_later` (fact
// unit: it was not in the tree that was frozen), of the subtree of an area `coverage_area` (fact
// unit), and `proof_not_yet` (fact seq) while no checkpoint covers the seal. Reads the disk.
Result<SealedProof> prove_sealed(const merkle::SumTree& sealed, const ProofAsked& asked,
                                 const ledger::State& state, journal::Reader& reader);

}  // namespace tz::engine
