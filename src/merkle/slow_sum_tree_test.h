// The sum tree as docs/coverage-proof.md defines it, slow and obvious, for the tests.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/random.h"
#include "merkle/sum_tree.h"

namespace tz::merkle {

constexpr SumGrid kUsualGrid{3, 6, 5};

inline std::uint8_t below(Random& random, std::uint64_t bound) {
  return static_cast<std::uint8_t>(random.next_u64() % bound);
}

// A tree of units in tree order: each is put below a random one on the way down to the last.
inline std::vector<SumLeaf> random_leaves(Random& random, const SumGrid& grid, std::size_t count) {
  std::vector<SumLeaf> leaves(count);
  std::vector<std::size_t> way;  // from the root to the last unit
  for (std::size_t i = 0; i < count; ++i) {
    if (!way.empty()) way.resize(1 + random.next_u64() % way.size());
    for (const std::size_t above : way) ++leaves[above].subtree;
    SumLeaf& leaf = leaves[i];
    leaf.position = static_cast<std::uint32_t>(i);
    leaf.level = static_cast<std::uint8_t>(way.size());
    leaf.unit_code = std::to_string(220000000000 + i);
    leaf.tier = below(random, grid.tiers + 1U);
    if (leaf.tier != 0 && grid.types != 0) leaf.type = 1 + below(random, grid.types);
    if (leaf.tier != 0) leaf.status = below(random, grid.statuses);
    way.push_back(i);
  }
  return leaves;
}

inline SumLeaves source_of(const std::vector<SumLeaf>& leaves) {
  return [&leaves](std::uint32_t position) { return leaves.at(position); };
}

class SlowSumTree {
 public:
  SlowSumTree(const SumGrid& grid, std::vector<SumLeaf> leaves)
      : grid_(grid), leaves_(std::move(leaves)) {}

  [[nodiscard]] const std::vector<SumLeaf>& leaves() const { return leaves_; }
  [[nodiscard]] std::size_t size() const { return leaves_.size(); }

  // By asking every leaf of every cell.
  [[nodiscard]] SumCounts counts(std::size_t from, std::size_t to) const {
    SumCounts counts;
    const auto count = [&](auto belongs) {
      const auto first = leaves_.begin() + static_cast<std::ptrdiff_t>(from);
      counts.push_back(static_cast<std::uint32_t>(
          std::count_if(first, first + static_cast<std::ptrdiff_t>(to - from), belongs)));
    };
    count([](const SumLeaf& leaf) { return leaf.tier == 0; });
    for (int tier = 1; tier <= grid_.tiers; ++tier)
      for (int status = 0; status < grid_.statuses; ++status)
        count([&](const SumLeaf& leaf) { return leaf.tier == tier && leaf.status == status; });
    for (int type = 1; type <= grid_.types; ++type)
      for (int status = 0; status < grid_.statuses; ++status)
        count([&](const SumLeaf& leaf) {
          return leaf.tier != 0 && leaf.type == type && leaf.status == status;
        });
    return counts;
  }

  [[nodiscard]] Hash hash(std::size_t from, std::size_t to) const {
    if (to - from == 1) return sha256(as_bytes(std::string(1, '\0') + leaf_text(leaves_[from])));
    std::size_t left = 1;
    while (left * 2 < to - from) left *= 2;
    const std::size_t middle = from + left;
    return sha256(as_bytes("\1" + text(hash(from, middle)) + sums_text(from, middle) +
                           text(hash(middle, to)) + sums_text(middle, to)));
  }

  [[nodiscard]] Hash digest() const {
    std::string head("\2");
    for (int shift = 56; shift >= 0; shift -= 8) head += byte(size() >> shift);
    head += byte(grid_.tiers) + byte(grid_.types) + byte(grid_.statuses);
    return sha256(as_bytes(head + text(hash(0, size())) + sums_text(0, size())));
  }

 private:
  static std::string byte(std::uint64_t value) { return std::string(1, static_cast<char>(value)); }
  static std::string text(const Hash& hash) { return std::string(as_text(hash)); }
  static std::string four(std::uint32_t value) {
    return byte(value >> 24) + byte(value >> 16) + byte(value >> 8) + byte(value);
  }
  static std::string leaf_text(const SumLeaf& leaf) {
    return four(leaf.position) + four(leaf.subtree) + byte(leaf.level) + byte(leaf.tier) +
           byte(leaf.type) + byte(leaf.status) + byte(leaf.unit_code.size()) + leaf.unit_code;
  }
  [[nodiscard]] std::string sums_text(std::size_t from, std::size_t to) const {
    std::string table;
    std::string digits;
    unsigned pending = 0;
    unsigned held = 0;
    for (const std::uint32_t count : counts(from, to)) {
      const unsigned length = count >= 65536 ? 3 : count >= 256 ? 2 : count >= 1 ? 1 : 0;
      digits += four(count).substr(4 - length);
      pending |= length << (2 * held);
      if (++held == 4) table += byte(pending);
      if (held == 4) pending = held = 0;
    }
    if (held != 0) table += byte(pending);
    return byte(table.size() + digits.size()) + table + digits;
  }

  SumGrid grid_;
  std::vector<SumLeaf> leaves_;
};

}  // namespace tz::merkle
