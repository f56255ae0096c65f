// Any bytes as a tile's path: what is accepted is written back the same, and cut within bounds.
#include <cstddef>
#include <cstdint>

#include "merkle/tiles.h"

namespace {

// A source of hashes that hold their own place, and of a tree without end.
tz::merkle::HashSource endless_source() {
  return {.leaves = [](std::uint64_t from, std::uint64_t to) -> tz::Result<std::vector<tz::Hash>> {
            TZ_ASSERT(from < to);
            TZ_ASSERT(to - from <= 256);
            return std::vector<tz::Hash>(to - from);
          },
          .full_subtree = [](std::uint8_t level, std::uint64_t) -> tz::Result<tz::Hash> {
            TZ_ASSERT(level >= 1);
            return tz::Hash{};
          }};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view path = tz::as_text({data, size});
  const auto ref = tz::merkle::parse_tile_path(path);
  if (!ref.ok()) return 0;
  TZ_ASSERT(tz::merkle::tile_path(*ref) == path);
  TZ_ASSERT(ref->width >= 1);
  TZ_ASSERT(ref->width <= 256);
  static const tz::merkle::HashSource source = endless_source();
  for (const std::uint64_t leaves : {std::uint64_t{0}, std::uint64_t{70000}, UINT64_MAX}) {
    const auto bytes = tz::merkle::tile_bytes(*ref, leaves, source);
    if (bytes.ok()) TZ_ASSERT(bytes->size() == ref->width * sizeof(tz::Hash));
  }
  return 0;
}
