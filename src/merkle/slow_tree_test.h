// The RFC 6962 tree exactly as its section 2.1 defines it, slow and obvious, for the tests.
#pragma once

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <utility>
#include <vector>

#include "base/random.h"
#include "merkle/tree.h"

namespace tz::merkle {

// The seed of this run's generated inputs, printed; TZ_SEED=n repeats another run.
inline std::uint64_t test_seed() {
  static const std::uint64_t seed = [] {
    const char* chosen = std::getenv("TZ_SEED");
    std::uint64_t value = 6962;
    if (chosen != nullptr) std::from_chars(chosen, chosen + std::strlen(chosen), value);
    std::printf("TZ_SEED=%llu\n", static_cast<unsigned long long>(value));
    return value;
  }();
  return seed;
}

inline Hash random_hash(Random& random) {
  Hash hash;
  random.fill(hash);
  return hash;
}

inline std::vector<Hash> random_hashes(Random& random, std::size_t count) {
  std::vector<Hash> hashes(count);
  for (Hash& hash : hashes) random.fill(hash);
  return hashes;
}

class SlowTree {
 public:
  explicit SlowTree(std::vector<Hash> leaves) : leaves_(std::move(leaves)) {}

  [[nodiscard]] const Hash& leaf(std::uint64_t index) const { return leaves_.at(index); }

  // MTH(D[from:to]); remembered, or the larger tests would take minutes.
  Hash root(std::uint64_t from, std::uint64_t to) {
    if (from == to) return empty_root();
    if (to - from == 1) return leaves_.at(from);
    const auto known = roots_.find({from, to});
    if (known != roots_.end()) return known->second;
    const std::uint64_t middle = from + split(to - from);
    const Hash hash = node_hash(root(from, middle), root(middle, to));
    roots_.emplace(std::pair{from, to}, hash);
    return hash;
  }
  Hash root(std::uint64_t size) { return root(0, size); }

  // PATH(index, D[0:size]).
  std::vector<Hash> inclusion(std::uint64_t index, std::uint64_t size) {
    return path(index, 0, size);
  }
  // PROOF(size1, D[0:size2]).
  std::vector<Hash> consistency(std::uint64_t size1, std::uint64_t size2) {
    return subproof(size1, 0, size2, true);
  }

  // The tree as a source of hashes; it must outlive what it gives. Asserts the limits of
  // HashSource: at most 256 leaves, and subtrees that are full.
  HashSource source() {
    return {.leaves = [this](std::uint64_t from, std::uint64_t to) -> Result<std::vector<Hash>> {
              TZ_ASSERT(from < to && to - from <= 256 && to <= leaves_.size());
              ++leaf_reads;
              const auto begin = leaves_.begin();
              return std::vector<Hash>(begin + static_cast<std::ptrdiff_t>(from),
                                       begin + static_cast<std::ptrdiff_t>(to));
            },
            .full_subtree = [this](std::uint8_t level, std::uint64_t index) -> Result<Hash> {
              TZ_ASSERT(level >= 1 && level < 8);
              const std::uint64_t width = std::uint64_t{1} << (8 * level);
              TZ_ASSERT((index + 1) * width <= leaves_.size());
              ++subtree_reads;
              return root(index * width, (index + 1) * width);
            }};
  }

  std::size_t leaf_reads = 0;
  std::size_t subtree_reads = 0;

 private:
  static std::uint64_t split(std::uint64_t count) {
    std::uint64_t power = 1;
    while (power * 2 < count) power *= 2;
    return power;
  }
  std::vector<Hash> path(std::uint64_t index, std::uint64_t from, std::uint64_t to) {
    if (to - from == 1) return {};
    const std::uint64_t middle = from + split(to - from);
    std::vector<Hash> proof;
    if (index < middle) {
      proof = path(index, from, middle);
      proof.push_back(root(middle, to));
    } else {
      proof = path(index, middle, to);
      proof.push_back(root(from, middle));
    }
    return proof;
  }
  // `size1` counts from the tree's first leaf; `known` as the b of RFC 6962.
  std::vector<Hash> subproof(std::uint64_t size1, std::uint64_t from, std::uint64_t to,
                             bool known) {
    if (size1 == to && known) return {};
    if (size1 == to) return {root(from, to)};
    const std::uint64_t middle = from + split(to - from);
    std::vector<Hash> proof;
    if (size1 <= middle) {
      proof = subproof(size1, from, middle, known);
      proof.push_back(root(middle, to));
    } else {
      proof = subproof(size1, middle, to, false);
      proof.push_back(root(from, middle));
    }
    return proof;
  }

  std::vector<Hash> leaves_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, Hash> roots_;
};

}  // namespace tz::merkle
