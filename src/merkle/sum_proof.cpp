// Taking the nodes of a proof from a tree, and climbing from them to the root again.
#include "merkle/sum_proof.h"

#include <utility>

namespace tz::merkle {
namespace {

Error wrong(const char* why) { return refusal("sum_proof_wrong", {{"why", why}}); }

SumRange span_of(const SumLeaf& leaf, SumSpan span) {
  return {leaf.position, leaf.position + (span == SumSpan::Subtree ? leaf.subtree : 1)};
}

enum class Place { Inside, Outside, Leaf, Across };

// How the leaves under a node lie to the span. The span's first leaf is told apart, as the proof
// says what is in it.
Place place_of(const SumRange& node, const SumRange& span) {
  if (node.to <= span.from || node.from >= span.to) return Place::Outside;
  if (node.from > span.from && node.to <= span.to) return Place::Inside;
  return node.from == span.from && node.size() == 1 ? Place::Leaf : Place::Across;
}

void take_nodes(const SumTree& tree, const SumRange& range, SumProof& proof) {
  const Place place = place_of(range, span_of(proof.leaf, proof.span));
  if (place == Place::Leaf) return;
  if (place != Place::Across) {
    proof.nodes.push_back(tree.node(range));
    return;
  }
  const std::uint32_t middle = middle_of(range);
  take_nodes(tree, {range.from, middle}, proof);
  take_nodes(tree, {middle, range.to}, proof);
}

// Makes each node across the span's ends from its two, and adds up what lies inside.
class Climb {
 public:
  explicit Climb(const SumProof& proof)
      : proof_(proof), span_(span_of(proof.leaf, proof.span)), inside_(cell_count(proof.grid)) {}

  Result<SumNode> node(const SumRange& range) {
    const Place place = place_of(range, span_);
    if (place == Place::Across) {
      const std::uint32_t middle = middle_of(range);
      const SumNode left = TZ_TRY(node({range.from, middle}));
      const SumNode right = TZ_TRY(node({middle, range.to}));
      return join(left, right);
    }
    const SumNode given =
        TZ_TRY(place == Place::Leaf ? leaf_node(proof_.grid, proof_.leaf) : next(range));
    if (place != Place::Outside) TZ_TRY(add(inside_, given.counts));
    return given;
  }
  [[nodiscard]] bool used_all() const { return used_ == proof_.nodes.size(); }
  [[nodiscard]] const SumCounts& inside() const { return inside_; }

 private:
  Result<SumNode> next(const SumRange& range) {
    if (used_all()) return wrong("node_count");
    const SumNode& node = proof_.nodes[used_++];
    if (!adds_up(proof_.grid, node.counts, range.size())) return wrong("sums");
    if (encoded_bytes(node.counts) > kSumBytesMax) return wrong("sums");
    return node;
  }

  const SumProof& proof_;
  SumRange span_;
  SumCounts inside_;
  std::size_t used_ = 0;
};

}  // namespace

Result<SumProof> prove(const SumTree& tree, std::uint32_t position, SumSpan span) {
  const SumRoot& root = tree.root();
  if (position >= root.size)
    return refusal("sum_proof_out_of_range",
                   {{"position", std::to_string(position)}, {"size", std::to_string(root.size)}});
  SumProof proof{span, root.grid, root.size, tree.leaf(position), {}};
  take_nodes(tree, {0, root.size}, proof);
  return proof;
}

Result<SumShown> follow(const SumProof& proof) {
  if (!check_grid(proof.grid).ok()) return wrong("grid");
  if (proof.size == 0 || proof.size > kSumLeavesMax) return wrong("size");
  if (!check_leaf(proof.grid, proof.leaf).ok()) return wrong("leaf");
  if (proof.leaf.position >= proof.size) return wrong("leaf");
  if (proof.leaf.subtree > proof.size - proof.leaf.position) return wrong("subtree");
  Climb climb(proof);
  SumNode top = TZ_TRY(climb.node({0, proof.size}));
  if (!climb.used_all()) return wrong("node_count");
  return SumShown{climb.inside(), {proof.grid, proof.size, std::move(top)}};
}

Result<SumCounts> verify(const SumProof& proof, const Hash& root_digest) {
  const SumShown shown = TZ_TRY(follow(proof));
  if (merkle::root_digest(shown.root) != root_digest) return wrong("root");
  return shown.counts;
}

}  // namespace tz::merkle
