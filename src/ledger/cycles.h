// Which arrows of a graph lie on a cycle.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tz::ledger {

// From one node to another, nodes being numbers from 0.
struct Arrow {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

// Each knot: the indexes, going up, of all arrows that can be gone in one round trip (a strongly
// connected part of the graph; an arrow from a node to itself is one). A graph without cycles has
// none. Takes a time in proportion to nodes and arrows.
std::vector<std::vector<std::uint32_t>> knots(std::size_t node_count,
                                              std::span<const Arrow> arrows);

}  // namespace tz::ledger
