// Cells, their encoding, and how long it can become.
#include "merkle/sums.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace tz::merkle {
namespace {

constexpr std::size_t kCellsAByte = 4;
constexpr std::uint32_t kCountBytesMax = 3;

std::uint32_t byte_count(std::uint32_t count) {
  return (static_cast<std::uint32_t>(std::bit_width(count)) + 7) / 8;
}

std::size_t table_bytes(std::size_t cells) { return (cells + kCellsAByte - 1) / kCellsAByte; }

std::size_t tier_cells(const SumGrid& grid) { return std::size_t{grid.tiers} * grid.statuses; }

// The most bytes that counts of so many cells have that add up to `leaves`: each further byte of a
// count costs more leaves than the one before, so it is dearest last.
std::size_t worst_count_bytes(std::uint64_t cells, std::uint64_t leaves) {
  std::size_t bytes = 0;
  std::uint64_t reached = 0;
  for (std::uint32_t length = 1; length <= kCountBytesMax; ++length) {
    const std::uint64_t least = std::uint64_t{1} << (8 * (length - 1));
    cells = std::min(cells, leaves / (least - reached));
    leaves -= cells * (least - reached);
    reached = least;
    bytes += cells;
  }
  return bytes;
}

Error leaf_wrong(const SumLeaf& leaf, const char* why) {
  return refusal("sum_leaf_wrong", {{"position", std::to_string(leaf.position)}, {"why", why}});
}

Error malformed(const char* why) { return refusal("sums_malformed", {{"why", why}}); }

bool visible(std::string_view code) {
  return std::all_of(code.begin(), code.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

}  // namespace

Outcome check_grid(const SumGrid& grid) {
  if (grid.tiers >= 1 && grid.statuses >= 1 && cell_count(grid) <= kSumCellsMax) return Done{};
  return refusal("sum_grid_wrong", {{"tiers", std::to_string(grid.tiers)},
                                    {"types", std::to_string(grid.types)},
                                    {"statuses", std::to_string(grid.statuses)}});
}

std::size_t cell_count(const SumGrid& grid) {
  return 1 + tier_cells(grid) + std::size_t{grid.types} * grid.statuses;
}

std::size_t tier_cell(const SumGrid& grid, std::uint8_t tier, std::uint8_t status) {
  TZ_ASSERT(tier >= 1 && tier <= grid.tiers);
  TZ_ASSERT(status < grid.statuses);
  return 1 + std::size_t{tier - 1U} * grid.statuses + status;
}

std::size_t type_cell(const SumGrid& grid, std::uint8_t type, std::uint8_t status) {
  TZ_ASSERT(type >= 1 && type <= grid.types);
  TZ_ASSERT(status < grid.statuses);
  return 1 + tier_cells(grid) + std::size_t{type - 1U} * grid.statuses + status;
}

Outcome check_leaf(const SumGrid& grid, const SumLeaf& leaf) {
  if (leaf.subtree == 0) return leaf_wrong(leaf, "subtree");
  if (leaf.tier > grid.tiers) return leaf_wrong(leaf, "tier");
  if (leaf.tier == 0 && leaf.type != 0) return leaf_wrong(leaf, "type");
  if (leaf.tier != 0 && grid.types != 0 && (leaf.type == 0 || leaf.type > grid.types))
    return leaf_wrong(leaf, "type");
  if (leaf.status >= grid.statuses || (leaf.tier == 0 && leaf.status != 0))
    return leaf_wrong(leaf, "status");
  if (leaf.unit_code.empty() || leaf.unit_code.size() > kSumCodeBytesMax ||
      !visible(leaf.unit_code))
    return leaf_wrong(leaf, "code");
  return Done{};
}

Bytes encode(const SumLeaf& leaf) {
  Bytes out;
  out.reserve(13 + leaf.unit_code.size());
  ByteWriter writer(out);
  writer.u32(leaf.position);
  writer.u32(leaf.subtree);
  writer.u8(leaf.level);
  writer.u8(leaf.tier);
  writer.u8(leaf.type);
  writer.u8(leaf.status);
  writer.text8(leaf.unit_code);
  return out;
}

SumCounts counts_of(const SumGrid& grid, const SumLeaf& leaf) {
  SumCounts counts(cell_count(grid));
  if (leaf.tier == 0) {
    counts[0] = 1;
    return counts;
  }
  counts[tier_cell(grid, leaf.tier, leaf.status)] = 1;
  if (grid.types != 0) counts[type_cell(grid, leaf.type, leaf.status)] = 1;
  return counts;
}

Outcome add(SumCounts& to, const SumCounts& more) {
  TZ_ASSERT(to.size() == more.size());
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (std::uint64_t{to[i]} + more[i] > kSumCountMax)
      return refusal("sums_overflow", {{"count_max", std::to_string(kSumCountMax)}});
  }
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += more[i];
  return Done{};
}

std::size_t encoded_bytes(const SumCounts& counts) {
  std::size_t bytes = table_bytes(counts.size());
  for (const std::uint32_t count : counts) bytes += byte_count(count);
  return bytes;
}

Bytes encode(const SumCounts& counts) {
  const EncodedSums sums(counts);
  return {sums.bytes().begin(), sums.bytes().end()};
}

EncodedSums::EncodedSums(const SumCounts& counts) {
  TZ_ASSERT(counts.size() <= kSumCellsMax);
  std::uint8_t* const table = room_.data();
  std::uint8_t* end = table + table_bytes(counts.size());
  std::fill(table, end, std::uint8_t{0});
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    TZ_ASSERT(counts[i] <= kSumCountMax);
    const std::uint32_t bytes = byte_count(counts[i]);
    table[i / kCellsAByte] |= static_cast<std::uint8_t>(bytes << (i % kCellsAByte * 2));
    for (std::uint32_t left = bytes; left > 0; --left)
      *end++ = static_cast<std::uint8_t>(counts[i] >> (8 * (left - 1)));
  }
  size_ = static_cast<std::size_t>(end - table);
}

Result<SumCounts> decode_sums(const SumGrid& grid, BytesView bytes) {
  if (bytes.size() > kSumBytesMax) return malformed("size");
  SumCounts counts(cell_count(grid));
  ByteReader reader(bytes);
  const BytesView table = reader.raw(table_bytes(counts.size()));
  if (!reader.ok()) return malformed("table");
  const auto length_of = [&](std::size_t cell) {
    return table[cell / kCellsAByte] >> (cell % kCellsAByte * 2) & 3;
  };
  for (std::size_t cell = counts.size(); cell < table.size() * kCellsAByte; ++cell)
    if (length_of(cell) != 0) return malformed("table");
  for (std::size_t cell = 0; cell < counts.size(); ++cell) {
    const BytesView digits = reader.raw(static_cast<std::size_t>(length_of(cell)));
    if (!digits.empty() && digits.front() == 0) return malformed("count");
    for (const std::uint8_t digit : digits) counts[cell] = counts[cell] << 8 | digit;
  }
  if (!reader.ok() || !reader.rest().empty()) return malformed("count");
  return counts;
}

bool adds_up(const SumGrid& grid, const SumCounts& counts, std::uint32_t leaves) {
  if (counts.size() != cell_count(grid)) return false;
  const auto types_from = counts.begin() + 1 + static_cast<std::ptrdiff_t>(tier_cells(grid));
  const auto by_tier = std::accumulate(counts.begin(), types_from, std::uint64_t{0});
  const auto by_type = std::accumulate(types_from, counts.end(), std::uint64_t{counts[0]});
  return by_tier == leaves && (grid.types == 0 || by_type == leaves);
}

std::size_t worst_bytes(const SumGrid& grid, std::uint32_t leaves) {
  const std::size_t first = 1 + tier_cells(grid);  // whatever is in tier 0 is lacking in the types
  const std::size_t cells = cell_count(grid);
  return table_bytes(cells) + worst_count_bytes(first, leaves) +
         worst_count_bytes(cells - first, leaves);
}

}  // namespace tz::merkle
