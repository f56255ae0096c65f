// Any bytes as a coverage proof, as a list of leaves and as sums: what is read has one spelling,
// and of a known tree's root only its own proofs are accepted.
#include <cstddef>
#include <cstdint>

#include "known_leaf.h"
#include "merkle/sum_leaves.h"
#include "merkle/sum_proof.h"

namespace {

using namespace tz::merkle;

constexpr SumGrid kGrid{2, 2, 3};
constexpr std::uint32_t kLeaves = 21;

SumLeaf known_leaf(std::uint32_t position) {
  return tz::fuzz::known_leaf(position, kLeaves, kGrid.statuses);
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
