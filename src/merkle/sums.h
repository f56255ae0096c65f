// What a node of a sum tree adds up: its leaves by tier and status, and by type and status.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"

namespace tz::merkle {

// sums  = table, counts               at most 128 bytes
// table = two bits a cell, the first cell in the lowest bits of the first byte: how many bytes its
//         count has, 0 for zero; the bits after the last cell are 0
// counts = of each cell that is not zero, in order, big-endian without leading zero bytes
// leaf  = position u32, subtree u32, level u8, tier u8, type u8, status u8, code text8
//
// Integers are big-endian. docs/coverage-proof.md says why.

constexpr std::size_t kSumBytesMax = 128;
constexpr std::size_t kSumCellsMax = 256;
constexpr std::uint32_t kSumCountMax = (1U << 24) - 1;  // of three bytes
constexpr std::size_t kSumCodeBytesMax = 64;

// How many tiers, types and statuses a tree counts by. What they are is the caller's.
struct SumGrid {
  std::uint8_t tiers = 1;
  std::uint8_t types = 0;  // none: not counted by type
  std::uint8_t statuses = 1;
  friend bool operator==(const SumGrid&, const SumGrid&) = default;
};

// A unit's place in the tree and how it stands.
struct SumLeaf {
  std::uint32_t position = 0;  // in tree order, from 0
  std::string unit_code;       // visible ASCII
  std::uint8_t level = 0;
  std::uint32_t subtree = 1;  // how many leaves from this one on are the unit and all below it
  std::uint8_t tier = 0;      // from 1; in tier 0 nothing is asked, type and status are 0 too
  std::uint8_t type = 0;      // from 1 where the tree counts by type
  std::uint8_t status = 0;    // from 0
  friend bool operator==(const SumLeaf&, const SumLeaf&) = default;
};

// One count a cell: first the leaves of tier 0, then tier by tier the statuses of each, then type
// by type the statuses of each.
using SumCounts = std::vector<std::uint32_t>;

// Refuses `sum_grid_wrong`: no tier, no status, or more than kSumCellsMax cells.
Outcome check_grid(const SumGrid& grid);
// The rest need a grid that was checked.
std::size_t cell_count(const SumGrid& grid);
std::size_t tier_cell(const SumGrid& grid, std::uint8_t tier, std::uint8_t status);
std::size_t type_cell(const SumGrid& grid, std::uint8_t type, std::uint8_t status);

// Refuses `sum_leaf_wrong` with the facts position and why: subtree, tier, type, status or code.
Outcome check_leaf(const SumGrid& grid, const SumLeaf& leaf);
Bytes encode(const SumLeaf& leaf);                              // needs a checked leaf
SumCounts counts_of(const SumGrid& grid, const SumLeaf& leaf);  // likewise

// Refuses `sums_overflow`, and then changes nothing. Needs as many cells in both.
Outcome add(SumCounts& to, const SumCounts& more);

std::size_t encoded_bytes(const SumCounts& counts);
Bytes encode(const SumCounts& counts);  // needs counts up to kSumCountMax

// The same bytes without asking for memory: a tree has more than a million nodes. A sum that was
// not checked yet may have more than kSumBytesMax.
class EncodedSums {
 public:
  explicit EncodedSums(const SumCounts& counts);  // needs counts up to kSumCountMax
  [[nodiscard]] BytesView bytes() const { return BytesView(room_).first(size_); }

 private:
  std::size_t size_ = 0;
  std::array<std::uint8_t, kSumCellsMax / 4 + kSumCellsMax * 3> room_;  // not all is written
};

// Refuses `sums_malformed` with the fact why: every meaning has one encoding.
Result<SumCounts> decode_sums(const SumGrid& grid, BytesView bytes);

// Whether these can be the sums of so many leaves: tier by tier, and type by type, all are there.
bool adds_up(const SumGrid& grid, const SumCounts& counts, std::uint32_t leaves);

// As many bytes as the sums of so many leaves can have at worst, however they are spread. Up to
// kSumBytesMax no status that ever changes can keep the tree from being built.
std::size_t worst_bytes(const SumGrid& grid, std::uint32_t leaves);

}  // namespace tz::merkle
