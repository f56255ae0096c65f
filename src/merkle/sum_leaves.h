// The list of all leaves of a sum tree as text, from which anybody makes its root again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "merkle/sum_tree.h"

namespace tz::merkle {

// leaves = "taizhang-coverage-leaves/1" LF
//          "grid " tiers " " types " " statuses LF
//          "size " size LF
//          size*(words LF)
// words  = position " " subtree " " level " " tier " " type " " status " " code
//
// Numbers are decimal without leading zeros. Every list has one spelling.

struct SumLeafList {
  SumGrid grid;
  std::vector<SumLeaf> leaves;
};

// The lines before the leaves, for who writes a long list leaf by leaf.
std::string leaves_head(const SumGrid& grid, std::uint32_t size);
std::string to_text(const SumLeaf& leaf);  // its words, without line feed
std::string to_text(const SumLeafList& list);

// Nothing if these are not a leaf's words. Whether they fit a grid, check_leaf says.
std::optional<SumLeaf> parse_sum_leaf(std::string_view words);

// Refuses `sum_leaves_malformed` with the facts line, from 1, and why. Whether the leaves are a
// tree, in order, is for SumTree::build to say.
Result<SumLeafList> parse_sum_leaves(std::string_view text);

}  // namespace tz::merkle
