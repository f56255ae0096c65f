// Reading and writing tile paths in one form only, and cutting tiles out of the tree.
#include "merkle/tiles.h"

#include <charconv>
#include <limits>

namespace tz::merkle {
namespace {

constexpr std::uint32_t kTileWidth = 256;
constexpr int kTileHeight = 8;
constexpr std::uint8_t kLevelMax = 63;
constexpr std::uint8_t kLevelsFilled = 8;  // a size below 2^64 fills nothing from level 8 on
constexpr std::size_t kPathBytesMax = 64;  // the longest valid one has 43
constexpr std::string_view kEntries = "entries";
constexpr std::string_view kPartial = ".p/";

// A decimal number of digits only, up to `max`.
std::optional<std::uint64_t> parse_number(std::string_view text, std::uint64_t max) {
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || end != text.data() + text.size() || number > max) return std::nullopt;
  return number;
}

// "x001/234" is 1234. Leaves it to the caller to refuse other spellings of the same number.
std::optional<std::uint64_t> parse_index(std::string_view text) {
  std::string digits;
  while (text.starts_with('x') && text.size() > 5 && text[4] == '/') {
    digits += text.substr(1, 3);
    text.remove_prefix(5);
  }
  if (text.size() != 3) return std::nullopt;
  digits += text;
  return parse_number(digits, std::numeric_limits<std::uint64_t>::max());
}

std::string index_path(std::uint64_t index) {
  std::string path;
  for (bool last = true; last || index > 0; last = false, index /= 1000) {
    const std::string digits = std::to_string(1000 + index % 1000).substr(1);
    path = last ? digits : "x" + digits + "/" + path;
  }
  return path;
}

Error missing(const TileRef& ref, std::uint64_t size) {
  return refusal("tile_missing", {{"tile", tile_path(ref)}, {"size", std::to_string(size)}});
}

}  // namespace

std::string tile_path(const TileRef& ref) {
  std::string path = ref.entries ? std::string(kEntries) : std::to_string(ref.level);
  path += "/" + index_path(ref.index);
  if (ref.width != kTileWidth) path += std::string(kPartial) + std::to_string(ref.width);
  return path;
}

Result<TileRef> parse_tile_path(std::string_view path) {
  const Error bad = refusal("bad_tile_path");
  if (path.size() > kPathBytesMax) return bad;
  const std::size_t level_end = path.find('/');
  if (level_end == std::string_view::npos) return bad;
  TileRef ref;
  const std::string_view level_text = path.substr(0, level_end);
  ref.entries = level_text == kEntries;
  if (!ref.entries) {
    const std::optional<std::uint64_t> level = parse_number(level_text, kLevelMax);
    if (!level) return bad;
    ref.level = static_cast<std::uint8_t>(*level);
  }
  std::string_view index_text = path.substr(level_end + 1);
  const std::size_t partial = index_text.find(kPartial);
  if (partial != std::string_view::npos) {
    const auto width = parse_number(index_text.substr(partial + kPartial.size()), kTileWidth - 1);
    if (!width || *width == 0) return bad;
    ref.width = static_cast<std::uint32_t>(*width);
    index_text = index_text.substr(0, partial);
  }
  const std::optional<std::uint64_t> index = parse_index(index_text);
  if (!index) return bad;
  ref.index = *index;
  // One tile has one path: leading zeros and the like are refused by writing it again.
  if (tile_path(ref) != path) return bad;
  return ref;
}

Result<Bytes> tile_bytes(const TileRef& ref, std::uint64_t size, const HashSource& source) {
  if (ref.entries || ref.level >= kLevelsFilled) return missing(ref, size);
  if (ref.width == 0 || ref.width > kTileWidth) return missing(ref, size);
  const std::uint64_t filled = size >> (ref.level * kTileHeight);
  if (ref.index > filled / kTileWidth) return missing(ref, size);
  const std::uint64_t from = ref.index * kTileWidth;
  if (filled - from < ref.width) return missing(ref, size);
  std::vector<Hash> hashes;
  if (ref.level == 0) {
    hashes = TZ_TRY(source.leaves(from, from + ref.width));
    if (hashes.size() != ref.width)
      return failure("leaves_missing", {{"from", std::to_string(from)},
                                        {"to", std::to_string(from + ref.width)},
                                        {"count", std::to_string(hashes.size())}});
  } else {
    for (std::uint64_t i = from; i < from + ref.width; ++i)
      hashes.push_back(TZ_TRY(source.full_subtree(ref.level, i)));
  }
  Bytes bytes;
  bytes.reserve(hashes.size() * sizeof(Hash));
  for (const Hash& hash : hashes) bytes.insert(bytes.end(), hash.begin(), hash.end());
  return bytes;
}

Bytes bundle_bytes(const std::vector<Bytes>& entries) {
  TZ_ASSERT(entries.size() <= kTileWidth);
  Bytes bytes;
  ByteWriter writer(bytes);
  for (const Bytes& entry : entries) {
    TZ_ASSERT(entry.size() <= std::numeric_limits<std::uint16_t>::max());
    writer.u16(static_cast<std::uint16_t>(entry.size()));
    writer.raw(entry);
  }
  return bytes;
}

}  // namespace tz::merkle
