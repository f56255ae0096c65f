// Any bytes as a coverage proof, as a list of leaves and as sums: what is read has one spelling,
// and of a known tree's root only its own proofs are accepted.
#include <cstddef>
#include <cstdint>

#include "merkle/sum_leaves.h"
#include "merkle/sum_proof.h"

namespace {

using namespace tz::merkle;

constexpr SumGrid kGrid{2, 2, 3};
constexpr std::uint32_t kLeaves = 21;

// Unit 0 above all; each odd one above the one after it.
SumLeaf known_leaf(std::uint32_t position) {
  SumLeaf leaf{position, std::to_string(22 + position), 1, 1, 0, 0, 0};
  if (position == 0) leaf.subtree = kLeaves;
  if (position % 2 == 1) leaf.subtree = 2;
  leaf.tier = static_cast<std::uint8_t>(position % 3);
  if (leaf.tier != 0) leaf.type = static_cast<std::uint8_t>(1 + position / 3 % 2);
  if (leaf.tier != 0) leaf.status = static_cast<std::uint8_t>(position / 2 % 3);
  return leaf;
}

void read_proof(std::string_view input) {
  static const SumTree tree = SumTree::build(kGrid, kLeaves, known_leaf).value();
  static const tz::Hash digest = root_digest(tree.root());
  const auto proof = parse_sum_proof(input);
  if (!proof.ok()) return;
  TZ_ASSERT(to_text(*proof) == input);
  const auto shown = follow(*proof);
  if (shown.ok()) {
    const std::uint32_t leaves = proof->span == SumSpan::Unit ? 1 : proof->leaf.subtree;
    TZ_ASSERT(adds_up(proof->grid, shown->counts, leaves));
    TZ_ASSERT(adds_up(proof->grid, shown->root.node.counts, proof->size));
  }
  if (verify(*proof, digest).ok())
    TZ_ASSERT(*proof == prove(tree, proof->leaf.position, proof->span).value());
}

void read_sums(tz::BytesView input) {
  tz::ByteReader reader(input);
  const SumGrid grid{reader.u8(), reader.u8(), reader.u8()};
  if (!reader.ok() || !check_grid(grid).ok()) return;
  const auto counts = decode_sums(grid, reader.rest());
  if (counts.ok()) TZ_ASSERT(tz::same_bytes(encode(*counts), reader.rest()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = tz::as_text({data, size});
  read_proof(input);
  read_sums({data, size});
  const auto leaves = parse_sum_leaves(input);
  if (leaves.ok()) TZ_ASSERT(to_text(*leaves) == input);
  return 0;
}
