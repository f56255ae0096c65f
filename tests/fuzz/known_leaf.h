// A tree whose leaves fuzz targets know beforehand.
#pragma once

#include <cstdint>
#include <string>

#include "merkle/sums.h"

namespace tz::fuzz {

// Unit 0 above all `size`; each odd one above the one after it.
inline merkle::SumLeaf known_leaf(std::uint32_t position, std::uint32_t size,
                                  std::uint8_t statuses) {
  merkle::SumLeaf leaf{position, std::to_string(22 + position), 1, 1, 0, 0, 0};
  if (position == 0) leaf.subtree = size;
  if (position % 2 == 1) leaf.subtree = 2;
  leaf.tier = static_cast<std::uint8_t>(position % 3);
  if (leaf.tier != 0) leaf.type = static_cast<std::uint8_t>(1 + position / 3 % 2);
  if (leaf.tier != 0) leaf.status = static_cast<std::uint8_t>(position / 2 % statuses);
  return leaf;
}

}  // namespace tz::fuzz
