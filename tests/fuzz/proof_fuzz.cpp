// Any bytes as a proof: no number or length breaks the verifiers, and of a known tree's root they
// accept one proof alone.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "merkle/tree.h"

// input = first (uint64), second (uint64), two hashes, the proof's hashes

namespace {

using tz::Hash;

constexpr std::uint64_t kLeaves = 300;  // a full tile and a partial one

Hash known_leaf(std::uint64_t index) {
  const std::uint8_t bytes[] = {static_cast<std::uint8_t>(index >> 8),
                                static_cast<std::uint8_t>(index)};
  return tz::merkle::leaf_hash(bytes);
}

tz::merkle::HashSource known_tree() {
  return {.leaves = [](std::uint64_t from, std::uint64_t to) -> tz::Result<std::vector<Hash>> {
            TZ_ASSERT(to <= kLeaves);
            std::vector<Hash> leaves;
            for (; from < to; ++from) leaves.push_back(known_leaf(from));
            return leaves;
          },
          .full_subtree = [](std::uint8_t level, std::uint64_t index) -> tz::Result<Hash> {
            TZ_ASSERT(level == 1);
            TZ_ASSERT(index == 0);
            tz::merkle::Frontier subtree;
            for (std::uint64_t i = 0; i < 256; ++i) subtree.append(known_leaf(i));
            return subtree.root();
          }};
}

Hash read_hash(tz::ByteReader& reader) {
  Hash hash{};
  const tz::BytesView bytes = reader.raw(hash.size());
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tz::merkle::HashSource source = known_tree();
  tz::ByteReader reader({data, size});
  const std::uint64_t first = reader.u64();
  const std::uint64_t second = reader.u64();
  const Hash hash1 = read_hash(reader);
  const Hash hash2 = read_hash(reader);
  std::vector<Hash> proof;
  while (reader.rest().size() >= sizeof(Hash)) proof.push_back(read_hash(reader));
  if (!reader.ok()) return 0;

  if (tz::merkle::verify_inclusion(first, second, hash1, proof, hash2).ok()) {
    TZ_ASSERT(first < second);
    TZ_ASSERT(proof.size() <= 64);
  }
  if (tz::merkle::verify_consistency(first, second, hash1, hash2, proof).ok()) {
    TZ_ASSERT(first >= 1);
    TZ_ASSERT(first <= second);
    TZ_ASSERT(proof.size() <= 65);
  }

  const std::uint64_t leaves = 1 + second % kLeaves;
  const std::uint64_t index = first % leaves;
  const Hash root = tz::merkle::root_at(leaves, source).value();
  if (tz::merkle::verify_inclusion(index, leaves, known_leaf(index), proof, root).ok())
    TZ_ASSERT(proof == tz::merkle::inclusion_proof(index, leaves, source).value());
  const Hash root1 = tz::merkle::root_at(index + 1, source).value();
  if (tz::merkle::verify_consistency(index + 1, leaves, root1, root, proof).ok())
    TZ_ASSERT(proof == tz::merkle::consistency_proof(index + 1, leaves, source).value());
  return 0;
}
