// Which new edges would make a unit stand above itself.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ledger/org_tree.h"

namespace tz::ledger {

// An edge that is to be added. Numbers below the tree's size are its units, those from there on
// are units that are to be added with it.
struct NewEdge {
  std::uint32_t unit = 0;
  std::uint32_t superior = 0;
  std::optional<LineKind> line;  // none: the unit's place, on all days
  Day from;
  std::optional<Day> to;
};

// The indexes, going up, of edges that close a cycle: of each set of edges (new ones and those of
// the tree) that can be gone in a round trip on one day, the last new one, unless one of them was
// named already. Place, business and vertical edges are looked at together, area edges apart.
std::vector<std::size_t> edges_closing_cycles(const OrgTree& tree, std::span<const NewEdge> edges);

}  // namespace tz::ledger
