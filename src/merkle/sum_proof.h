// Proofs from a sum tree: the counts below one unit, or how one unit stands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "merkle/sum_tree.h"

namespace tz::merkle {

enum class SumSpan {
  Subtree,  // the unit and all below it
  Unit,     // the unit alone
};

// What leads from a unit's leaf to the root: every largest node that lies wholly in the span
// without its first leaf, or wholly outside it, from left to right.
struct SumProof {
  SumSpan span = SumSpan::Subtree;
  SumGrid grid;
  std::uint32_t size = 0;  // of the whole tree
  SumLeaf leaf;            // the span's first
  std::vector<SumNode> nodes;
  friend bool operator==(const SumProof&, const SumProof&) = default;
};

// Refuses `sum_proof_out_of_range` (facts position, size).
Result<SumProof> prove(const SumTree& tree, std::uint32_t position, SumSpan span);

// What a proof shows to whoever trusts the root it leads to.
struct SumShown {
  SumCounts counts;  // of the span
  SumRoot root;
};

// Refuses `sum_proof_wrong` with the fact why: grid, size, leaf, subtree, node_count, sums.
Result<SumShown> follow(const SumProof& proof);
// The counts of the span, if the proof leads to the root of that digest; else `sum_proof_wrong`,
// why being root too.
Result<SumCounts> verify(const SumProof& proof, const Hash& root_digest);

// proof = "taizhang-coverage-proof/1" LF
//         "span " ("subtree" | "unit") LF
//         "grid " tiers " " types " " statuses LF
//         "size " size LF
//         "leaf " position " " subtree " " level " " tier " " type " " status " " code LF
//         *("node " base64(hash) " " base64(sums) LF)
//
// Numbers are decimal without leading zeros. Every proof has one spelling.

constexpr std::size_t kSumProofBytesMax = 16 << 10;
constexpr std::size_t kSumProofNodesMax = 48;  // two at each of 24 heights

std::string to_text(const SumProof& proof);
// Refuses `sum_proof_malformed` with the facts line, from 1, and why; the counts of nodes and
// sums are only checked by `follow`.
Result<SumProof> parse_sum_proof(std::string_view text);

}  // namespace tz::merkle
