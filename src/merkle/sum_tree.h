// A Merkle tree that adds up: each node commits to the counts of all leaves below it.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "merkle/sums.h"

namespace tz::merkle {

// leaf hash   = H(00, leaf)
// node hash   = H(01, left hash, left sums u8-prefixed, right hash, right sums u8-prefixed)
// root digest = H(02, size u64, tiers u8, types u8, statuses u8, root hash, root sums u8-prefixed)
//
// H is SHA-256; `leaf` and `sums` are of merkle/sums.h. A node over n > 1 leaves has the largest
// power of two below n on its left, as in RFC 6962.

constexpr std::uint32_t kSumLeavesMax = kSumCountMax;

struct SumNode {
  Hash hash{};
  SumCounts counts;  // encoded in at most kSumBytesMax
  friend bool operator==(const SumNode&, const SumNode&) = default;
};

// All that a sealed tree commits to.
struct SumRoot {
  SumGrid grid;
  std::uint32_t size = 0;
  SumNode node;
  friend bool operator==(const SumRoot&, const SumRoot&) = default;
};

Hash root_digest(const SumRoot& root);

SumNode leaf_node(const SumGrid& grid, const SumLeaf& leaf);  // needs a checked leaf
// Refuses `sums_overflow` and `sums_too_long` (facts bytes, bytes_max).
Result<SumNode> join(const SumNode& left, const SumNode& right);

// A run of leaves under one node.
struct SumRange {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  [[nodiscard]] std::uint32_t size() const { return to - from; }
};

// Where the node over a range of two leaves or more parts into its two.
std::uint32_t middle_of(const SumRange& range);

// Gives the leaf at a position, and the same one whenever it is asked.
using SumLeaves = std::function<SumLeaf(std::uint32_t position)>;

// The upper nodes of a tree, ready for proofs; the lowest are made again from their leaves, so that
// 700,000 leaves take about a dozen megabytes. Any thread may read it if any may call its leaves.
class SumTree {
 public:
  // Refuses `sum_tree_size` (facts size, size_max), `sum_grid_wrong`, `sum_leaf_wrong` (why may be
  // position too, and subtree where one unit's leaves run beyond those of the unit above it),
  // `sums_overflow` and `sums_too_long`.
  static Result<SumTree> build(const SumGrid& grid, std::uint32_t size, SumLeaves leaves);

  [[nodiscard]] const SumRoot& root() const { return root_; }
  [[nodiscard]] SumLeaf leaf(std::uint32_t position) const { return leaves_(position); }
  // Needs a range that a node of this tree stands over.
  [[nodiscard]] SumNode node(const SumRange& range) const;

 private:
  // Nodes of one height, side by side; sums are kept as they are encoded.
  struct Row {
    std::vector<Hash> hashes;
    std::vector<std::uint32_t> sums_end;
    Bytes sums;
  };
  SumTree(const SumGrid& grid, std::uint32_t size, SumLeaves leaves);
  [[nodiscard]] Result<SumNode> from_leaves(const SumRange& range) const;
  [[nodiscard]] SumNode kept(std::size_t row, std::size_t index) const;
  static void keep(Row& row, const SumNode& node);
  Outcome check_leaves() const;
  Outcome grow();

  SumLeaves leaves_;
  SumRoot root_;
  std::vector<Row> rows_;  // the first over 2^kLowestKept leaves a node, the last over all
};

}  // namespace tz::merkle
