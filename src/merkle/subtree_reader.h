// The hash of any subtree, put together from the leaf hashes and full subtrees that are kept.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "merkle/tree.h"

namespace tz::merkle {

// Reads one tree of `size` leaves for one proof or edge; keeps the last block of leaves, because
// the lower parts of a proof lie in the same one. The source must outlive it. One thread.
class SubtreeReader {
 public:
  SubtreeReader(const HashSource& source, std::uint64_t size) : source_(source), size_(size) {}

  // The perfect subtrees that make up [from, to), largest first. Needs to <= size, and `from` a
  // multiple of the smallest power of two that is not below to - from, as RFC 6962 splits a tree.
  Result<std::vector<Hash>> edge(std::uint64_t from, std::uint64_t to);

  // MTH(D[from:to]) of RFC 6962 section 2.1; needs the same, and from < to.
  Result<Hash> range(std::uint64_t from, std::uint64_t to);

 private:
  Result<Hash> perfect(std::uint64_t from, int height);
  [[nodiscard]] Result<std::vector<Hash>> read_block(std::uint64_t from) const;

  const HashSource& source_;
  std::uint64_t size_;
  std::uint64_t block_from_ = 0;
  std::vector<Hash> block_;  // leaf hashes from block_from_ on; empty before the first read
};

}  // namespace tz::merkle
