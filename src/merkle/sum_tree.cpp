// Hashing nodes with their sums, and building a tree row by row.
#include "merkle/sum_tree.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace tz::merkle {
namespace {

constexpr std::uint8_t kLeafPrefix[] = {0};
constexpr std::uint8_t kNodePrefix[] = {1};
constexpr std::uint8_t kRootPrefix[] = {2};
constexpr int kLowestKept = 4;  // sixteen leaves are hashed again in microseconds

// A part of a hash: the length of some sums in a byte, then the sums.
struct Prefixed {
  explicit Prefixed(const SumCounts& counts)
      : sums(counts), length{static_cast<std::uint8_t>(sums.bytes().size())} {
    TZ_ASSERT(sums.bytes().size() <= kSumBytesMax);
  }
  EncodedSums sums;
  std::array<std::uint8_t, 1> length;
};

Error leaf_wrong(std::uint32_t position, const char* why) {
  return refusal("sum_leaf_wrong", {{"position", std::to_string(position)}, {"why", why}});
}

int height_of(const SumRange& range) { return std::bit_width(range.size() - 1); }

}  // namespace

Hash root_digest(const SumRoot& root) {
  Bytes head;
  ByteWriter writer(head);
  writer.u64(root.size);
  writer.u8(root.grid.tiers);
  writer.u8(root.grid.types);
  writer.u8(root.grid.statuses);
  const Prefixed sums(root.node.counts);
  return sha256({kRootPrefix, head, root.node.hash, sums.length, sums.sums.bytes()});
}

SumNode leaf_node(const SumGrid& grid, const SumLeaf& leaf) {
  return {sha256({kLeafPrefix, encode(leaf)}), counts_of(grid, leaf)};
}

Result<SumNode> join(const SumNode& left, const SumNode& right) {
  const Prefixed of_left(left.counts);
  const Prefixed of_right(right.counts);
  SumNode node{sha256({kNodePrefix, left.hash, of_left.length, of_left.sums.bytes(), right.hash,
                       of_right.length, of_right.sums.bytes()}),
               left.counts};
  TZ_TRY(add(node.counts, right.counts));
  const std::size_t bytes = encoded_bytes(node.counts);
  if (bytes > kSumBytesMax)
    return refusal("sums_too_long",
                   {{"bytes", std::to_string(bytes)}, {"bytes_max", std::to_string(kSumBytesMax)}});
  return node;
}

std::uint32_t middle_of(const SumRange& range) {
  TZ_ASSERT(range.size() > 1);
  return range.from + std::bit_floor(range.size() - 1);
}

SumTree::SumTree(const SumGrid& grid, std::uint32_t size, SumLeaves leaves)
    : leaves_(std::move(leaves)), root_{grid, size, {}} {}

Result<SumTree> SumTree::build(const SumGrid& grid, std::uint32_t size, SumLeaves leaves) {
  TZ_TRY(check_grid(grid));
  if (size == 0 || size > kSumLeavesMax)
    return refusal("sum_tree_size",
                   {{"size", std::to_string(size)}, {"size_max", std::to_string(kSumLeavesMax)}});
  SumTree tree(grid, size, std::move(leaves));
  TZ_TRY(tree.check_leaves());
  TZ_TRY(tree.grow());
  return tree;
}

Outcome SumTree::check_leaves() const {
  std::vector<std::uint32_t> ends{root_.size};  // of the units that the position lies in
  for (std::uint32_t position = 0; position < root_.size; ++position) {
    const SumLeaf leaf = leaves_(position);
    if (leaf.position != position) return leaf_wrong(position, "position");
    TZ_TRY(check_leaf(root_.grid, leaf));
    while (ends.back() == position) ends.pop_back();
    if (leaf.subtree > ends.back() - position) return leaf_wrong(position, "subtree");
    ends.push_back(position + leaf.subtree);
  }
  return Done{};
}

Outcome SumTree::grow() {
  const std::uint32_t step = 1U << kLowestKept;
  rows_.emplace_back();
  for (std::uint32_t from = 0; from < root_.size; from += step) {
    const std::uint32_t to = std::min(root_.size, from + step);
    keep(rows_.back(), TZ_TRY(from_leaves({from, to})));
  }
  while (rows_.back().hashes.size() > 1) {
    const std::size_t below = rows_.size() - 1;
    const std::size_t count = rows_[below].hashes.size();
    Row row;
    for (std::size_t i = 0; i + 1 < count; i += 2)
      keep(row, TZ_TRY(join(kept(below, i), kept(below, i + 1))));
    if (count % 2 == 1) keep(row, kept(below, count - 1));  // stands for itself until it has a peer
    rows_.push_back(std::move(row));
  }
  root_.node = kept(rows_.size() - 1, 0);
  return Done{};
}

Result<SumNode> SumTree::from_leaves(const SumRange& range) const {
  if (range.size() == 1) return leaf_node(root_.grid, leaves_(range.from));
  const std::uint32_t middle = middle_of(range);
  const SumNode left = TZ_TRY(from_leaves({range.from, middle}));
  const SumNode right = TZ_TRY(from_leaves({middle, range.to}));
  return join(left, right);
}

SumNode SumTree::node(const SumRange& range) const {
  TZ_ASSERT(range.from < range.to);
  TZ_ASSERT(range.to <= root_.size);
  const int height = height_of(range);
  TZ_ASSERT(range.from >> height << height == range.from);
  if (height < kLowestKept) return from_leaves(range).value();  // it did not fail when it was built
  return kept(static_cast<std::size_t>(height - kLowestKept), range.from >> height);
}

SumNode SumTree::kept(std::size_t row, std::size_t index) const {
  const Row& nodes = rows_.at(row);
  const std::size_t from = index == 0 ? 0 : nodes.sums_end.at(index - 1);
  const BytesView sums = BytesView(nodes.sums).subspan(from, nodes.sums_end.at(index) - from);
  return {nodes.hashes.at(index), decode_sums(root_.grid, sums).value()};
}

void SumTree::keep(Row& row, const SumNode& node) {
  const EncodedSums encoded(node.counts);
  const BytesView sums = encoded.bytes();
  row.hashes.push_back(node.hash);
  row.sums.insert(row.sums.end(), sums.begin(), sums.end());
  row.sums_end.push_back(static_cast<std::uint32_t>(row.sums.size()));
}

}  // namespace tz::merkle
