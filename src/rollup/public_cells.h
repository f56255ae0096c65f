// Which counts about persons everybody may see: none of fewer than five, and none that together
// tell of fewer than five.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace tz::rollup {

// A unit of which a cell may be public: a township or above it.
struct CellUnit {
  std::optional<std::uint32_t> parent;  // index, less than its own; none: a root
  std::uint32_t own = 0;                // what lies at it, or at units below that have no cell
};

// The public cells, by index; none where a count is withheld. Pure: the same counts, the same
// cells.
//
//   - no cell is 1 to 4, nor 0;
//   - a cell is public only where its parent's is;
//   - what a public unit has beside its children's public cells is nothing, or five or more: where
//     it would be fewer, the smallest of those cells is withheld too.
//
// From this follows that a cell less any disjoint cells below it is never 1 to 4.
std::vector<std::optional<std::uint32_t>> public_cells(const std::vector<CellUnit>& units);

}  // namespace tz::rollup
