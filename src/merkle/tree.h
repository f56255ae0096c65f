// The RFC 6962 tree over record headers: the right edge is kept, proofs are computed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"

namespace tz::merkle {

Hash leaf_hash(BytesView leaf);                       // SHA-256(00, leaf)
Hash node_hash(const Hash& left, const Hash& right);  // SHA-256(01, left, right)
Hash empty_root();                                    // SHA-256 of nothing

// A full subtree of 256^level leaves, the `index`-th of its level; level >= 1. These are kept.
struct FullSubtree {
  std::uint8_t level = 1;
  std::uint64_t index = 0;
  Hash hash{};
  friend bool operator==(const FullSubtree&, const FullSubtree&) = default;
};

// Grows a tree leaf by leaf; keeps one hash for each set bit of the size.
class Frontier {
 public:
  Frontier() = default;
  // The edge of `size` leaves as it was kept; needs one hash for each set bit, largest first.
  Frontier(std::uint64_t size, std::vector<Hash> edge);
  // Adds a leaf; full subtrees of 256^n leaves that it completes are appended to `completed`
  // (smallest level first) unless that is null.
  void append(const Hash& leaf, std::vector<FullSubtree>* completed = nullptr);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Hash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> edge_;  // largest subtree first
};

// Where a proof finds hashes: the leaf hashes of [from, to) and kept full subtrees. Its errors are
// handed on; another count of leaves than asked for is the failure `leaves_missing`.
struct HashSource {
  // Leaf hashes of at most 256 leaves.
  std::function<Result<std::vector<Hash>>(std::uint64_t from, std::uint64_t to)> leaves;
  // Needs level >= 1 and the subtree full.
  std::function<Result<Hash>(std::uint8_t level, std::uint64_t index)> full_subtree;
};

// The frontier of the first `size` leaves, read from a source in O(256 log size).
Result<Frontier> frontier_at(std::uint64_t size, const HashSource& source);
Result<Hash> root_at(std::uint64_t size, const HashSource& source);

// RFC 6962 2.1.1 and 2.1.2. Refuse `proof_out_of_range`; size1 = 0 is refused too.
Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                          const HashSource& source);
Result<std::vector<Hash>> consistency_proof(std::uint64_t size1, std::uint64_t size2,
                                            const HashSource& source);

// RFC 9162 2.1.3.2 and 2.1.4.2. Refuse `proof_wrong`; size1 = 0 is refused too.
Outcome verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf,
                         const std::vector<Hash>& proof, const Hash& root);
Outcome verify_consistency(std::uint64_t size1, std::uint64_t size2, const Hash& root1,
                           const Hash& root2, const std::vector<Hash>& proof);

}  // namespace tz::merkle
