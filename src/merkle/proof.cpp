// Computing proofs as RFC 6962 2.1.1 and 2.1.2 define them; checking them as RFC 9162 does.
#include <algorithm>
#include <bit>
#include <string>

#include "merkle/subtree_reader.h"
#include "merkle/tree.h"

namespace tz::merkle {
namespace {

struct Range {
  std::uint64_t from;
  std::uint64_t to;
};

// Where RFC 6962 splits a tree: the largest power of two below the number of leaves, from 2 on.
std::uint64_t split(const Range& range) {
  return range.from + std::bit_floor(range.to - range.from - 1);
}

Result<std::vector<Hash>> read_hashes(const std::vector<Range>& ranges, std::uint64_t size,
                                      const HashSource& source) {
  SubtreeReader reader(source, size);
  std::vector<Hash> hashes;
  hashes.reserve(ranges.size());
  for (const Range& range : ranges) hashes.push_back(TZ_TRY(reader.range(range.from, range.to)));
  return hashes;
}

// `at` is the leaf's index, or the size of the smaller tree.
Facts proof_facts(const char* proof, std::uint64_t at, std::uint64_t size) {
  return {{"proof", proof}, {"at", std::to_string(at)}, {"size", std::to_string(size)}};
}

// A leaf's or subtree's way to the root of a larger tree, by its number among its peers and the
// number of the last of them; both lose a bit a level.
struct Climb {
  std::uint64_t place;
  std::uint64_t last;

  // Whether the next hash of the proof stands left. Skips the levels where the right edge has no
  // sibling, as the sibling is then the next one above.
  bool sibling_is_left() {
    const bool left = (place & 1) != 0 || place == last;
    while (left && (place & 1) == 0 && place != 0) step();
    return left;
  }
  void step() {
    place >>= 1;
    last >>= 1;
  }
};

}  // namespace

Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                          const HashSource& source) {
  if (index >= size) return refusal("proof_out_of_range", proof_facts("inclusion", index, size));
  std::vector<Range> siblings;  // from the root down
  for (Range part{0, size}; part.to - part.from > 1;) {
    const std::uint64_t middle = split(part);
    if (index < middle) {
      siblings.push_back({middle, part.to});
      part.to = middle;
    } else {
      siblings.push_back({part.from, middle});
      part.from = middle;
    }
  }
  std::reverse(siblings.begin(), siblings.end());
  return read_hashes(siblings, size, source);
}

Result<std::vector<Hash>> consistency_proof(std::uint64_t size1, std::uint64_t size2,
                                            const HashSource& source) {
  if (size1 == 0 || size1 > size2)
    return refusal("proof_out_of_range", proof_facts("consistency", size1, size2));
  std::vector<Range> parts;  // from the root down
  Range part{0, size2};
  while (part.to != size1) {
    const std::uint64_t middle = split(part);
    if (size1 <= middle) {
      parts.push_back({middle, part.to});
      part.to = middle;
    } else {
      parts.push_back({part.from, middle});
      part.from = middle;
    }
  }
  // Where the smaller tree is itself a subtree, who checks the proof holds that hash already.
  if (part.from != 0) parts.push_back(part);
  std::reverse(parts.begin(), parts.end());
  return read_hashes(parts, size2, source);
}

Outcome verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf,
                         const std::vector<Hash>& proof, const Hash& root) {
  const auto wrong = [&] { return refusal("proof_wrong", proof_facts("inclusion", index, size)); };
  if (index >= size) return wrong();
  Climb climb{index, size - 1};
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (climb.last == 0) return wrong();
    hash = climb.sibling_is_left() ? node_hash(sibling, hash) : node_hash(hash, sibling);
    climb.step();
  }
  if (climb.last != 0 || hash != root) return wrong();
  return Done{};
}

Outcome verify_consistency(std::uint64_t size1, std::uint64_t size2, const Hash& root1,
                           const Hash& root2, const std::vector<Hash>& proof) {
  const auto wrong = [&] {
    return refusal("proof_wrong", proof_facts("consistency", size1, size2));
  };
  if (size1 == 0 || size1 > size2) return wrong();
  if (size1 == size2) {
    if (!proof.empty() || root1 != root2) return wrong();
    return Done{};
  }
  const bool smaller_is_subtree = std::has_single_bit(size1);
  if (proof.empty()) return wrong();
  Climb climb{size1 - 1, size2 - 1};
  while ((climb.place & 1) != 0) climb.step();
  Hash first = smaller_is_subtree ? root1 : proof.front();
  Hash second = first;
  for (std::size_t i = smaller_is_subtree ? 0 : 1; i < proof.size(); ++i) {
    if (climb.last == 0) return wrong();
    if (climb.sibling_is_left()) {
      first = node_hash(proof[i], first);
      second = node_hash(proof[i], second);
    } else {
      second = node_hash(second, proof[i]);
    }
    climb.step();
  }
  if (climb.last != 0 || first != root1 || second != root2) return wrong();
  return Done{};
}

}  // namespace tz::merkle
