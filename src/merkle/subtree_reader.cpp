// Subtrees below 256 leaves are hashed from leaves, larger ones from at most 128 kept hashes.
#include "merkle/subtree_reader.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

namespace tz::merkle {
namespace {

constexpr int kTileHeight = 8;
constexpr std::uint64_t kTileWidth = 256;

// The root over a power of two of hashes, level by level.
Hash fold(std::vector<Hash> hashes) {
  TZ_ASSERT(std::has_single_bit(hashes.size()));
  for (std::size_t count = hashes.size() / 2; count > 0; count /= 2)
    for (std::size_t i = 0; i < count; ++i) hashes[i] = node_hash(hashes[2 * i], hashes[2 * i + 1]);
  return hashes.front();
}

}  // namespace

Result<std::vector<Hash>> SubtreeReader::edge(std::uint64_t from, std::uint64_t to) {
  TZ_ASSERT(from <= to);
  TZ_ASSERT(to <= size_);
  std::vector<Hash> hashes;
  while (from < to) {
    const int height = static_cast<int>(std::bit_width(to - from)) - 1;
    hashes.push_back(TZ_TRY(perfect(from, height)));
    from += std::uint64_t{1} << height;
  }
  return hashes;
}

Result<Hash> SubtreeReader::range(std::uint64_t from, std::uint64_t to) {
  TZ_ASSERT(from < to);
  std::vector<Hash> hashes = TZ_TRY(edge(from, to));
  return Frontier(to - from, std::move(hashes)).root();
}

Result<Hash> SubtreeReader::perfect(std::uint64_t from, int height) {
  TZ_ASSERT((from & ((std::uint64_t{1} << height) - 1)) == 0);
  std::vector<Hash> hashes;
  if (height < kTileHeight) {
    const std::uint64_t block_from = from / kTileWidth * kTileWidth;
    if (block_.empty() || block_from != block_from_) {
      block_ = TZ_TRY(read_block(block_from));
      block_from_ = block_from;
    }
    const auto begin = block_.begin() + static_cast<std::ptrdiff_t>(from - block_from);
    hashes.assign(begin, begin + (std::ptrdiff_t{1} << height));
  } else {
    const auto level = static_cast<std::uint8_t>(height / kTileHeight);
    const std::uint64_t first = from >> (level * kTileHeight);
    const std::uint64_t count = std::uint64_t{1} << (height % kTileHeight);
    hashes.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i)
      hashes.push_back(TZ_TRY(source_.full_subtree(level, first + i)));
  }
  return fold(std::move(hashes));
}

Result<std::vector<Hash>> SubtreeReader::read_block(std::uint64_t from) const {
  const std::uint64_t to = from + std::min(kTileWidth, size_ - from);
  std::vector<Hash> leaves = TZ_TRY(source_.leaves(from, to));
  if (leaves.size() != to - from)
    return failure("leaves_missing", {{"from", std::to_string(from)},
                                      {"to", std::to_string(to)},
                                      {"count", std::to_string(leaves.size())}});
  return leaves;
}

}  // namespace tz::merkle
