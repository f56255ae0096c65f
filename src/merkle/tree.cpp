// Growing the tree: hashing, the right edge, and finding that edge again from what is kept.
#include "merkle/tree.h"

#include <bit>
#include <limits>
#include <utility>

#include "merkle/subtree_reader.h"

namespace tz::merkle {
namespace {

constexpr std::uint8_t kLeafPrefix[] = {0};
constexpr std::uint8_t kNodePrefix[] = {1};
constexpr int kTileHeight = 8;  // 256 = 2^8 hashes a tile

}  // namespace

Hash leaf_hash(BytesView leaf) { return sha256({kLeafPrefix, leaf}); }

Hash node_hash(const Hash& left, const Hash& right) { return sha256({kNodePrefix, left, right}); }

Hash empty_root() { return sha256(BytesView{}); }

Frontier::Frontier(std::uint64_t size, std::vector<Hash> edge)
    : size_(size), edge_(std::move(edge)) {
  TZ_ASSERT(edge_.size() == static_cast<std::size_t>(std::popcount(size_)));
}

void Frontier::append(const Hash& leaf, std::vector<FullSubtree>* completed) {
  TZ_ASSERT(size_ < std::numeric_limits<std::uint64_t>::max());
  Hash hash = leaf;
  int height = 0;
  // Like adding one to a binary number: each set low bit is a subtree as large as `hash`.
  while ((size_ >> height & 1) != 0) {
    hash = node_hash(edge_.back(), hash);
    edge_.pop_back();
    ++height;
    if (completed != nullptr && height % kTileHeight == 0) {
      const auto level = static_cast<std::uint8_t>(height / kTileHeight);
      completed->push_back({level, size_ >> height, hash});
    }
  }
  edge_.push_back(hash);
  ++size_;
}

Hash Frontier::root() const {
  if (edge_.empty()) return empty_root();
  Hash hash = edge_.back();
  for (std::size_t i = edge_.size() - 1; i > 0; --i) hash = node_hash(edge_[i - 1], hash);
  return hash;
}

Result<Frontier> frontier_at(std::uint64_t size, const HashSource& source) {
  SubtreeReader reader(source, size);
  std::vector<Hash> edge = TZ_TRY(reader.edge(0, size));
  return Frontier(size, std::move(edge));
}

Result<Hash> root_at(std::uint64_t size, const HashSource& source) {
  const Frontier frontier = TZ_TRY(frontier_at(size, source));
  return frontier.root();
}

}  // namespace tz::merkle
