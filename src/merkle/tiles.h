// C2SP tlog-tiles: paths of tiles and entry bundles, and their bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "merkle/tree.h"

namespace tz::merkle {

// What a path below <prefix>/tile/ names. `width` is 256 for a full tile.
struct TileRef {
  bool entries = false;    // an entry bundle; then level is 0
  std::uint8_t level = 0;  // 0..63
  std::uint64_t index = 0;
  std::uint32_t width = 256;
  friend bool operator==(const TileRef&, const TileRef&) = default;
};

std::string tile_path(const TileRef& ref);               // "0/x001/234.p/5", "entries/000"
Result<TileRef> parse_tile_path(std::string_view path);  // refuses `bad_tile_path`

// The hashes of a tile of the tree of `size` leaves. Refuses `tile_missing` where the tree is
// too small for that width, and for an entry bundle, which holds no hashes.
Result<Bytes> tile_bytes(const TileRef& ref, std::uint64_t size, const HashSource& source);

// uint16-prefixed entries laid end to end. Needs at most 256 entries below 64 KiB each.
Bytes bundle_bytes(const std::vector<Bytes>& entries);

}  // namespace tz::merkle
