// Writing leaves a line each, and reading them strictly.
#include "merkle/sum_leaves.h"

#include <algorithm>
#include <utility>

#include "merkle/sum_words.h"

namespace tz::merkle {
namespace {

constexpr std::string_view kFirstLine = "taizhang-coverage-leaves/1";
constexpr std::size_t kLeafWords = 7;
constexpr std::size_t kLineBytesMin = 14;  // of a leaf, with its line feed

Error malformed(std::size_t line, const char* why) {
  return refusal("sum_leaves_malformed", {{"line", std::to_string(line)}, {"why", why}});
}

// The text's next line, taken from it; nothing where none ends.
std::optional<std::string_view> next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::string leaves_head(const SumGrid& grid, std::uint32_t size) {
  return std::string(kFirstLine) + "\n" + grid_line(grid) + "\n" + size_line(size) + "\n";
}

std::string to_text(const SumLeaf& leaf) {
  std::string text;
  for (const std::uint32_t number :
       {leaf.position, leaf.subtree, std::uint32_t{leaf.level}, std::uint32_t{leaf.tier},
        std::uint32_t{leaf.type}, std::uint32_t{leaf.status}})
    text += std::to_string(number) + " ";
  return text + leaf.unit_code;
}

std::string to_text(const SumLeafList& list) {
  std::string text = leaves_head(list.grid, static_cast<std::uint32_t>(list.leaves.size()));
  for (const SumLeaf& leaf : list.leaves) text += to_text(leaf) + "\n";
  return text;
}

std::optional<SumLeaf> parse_sum_leaf(std::string_view text) {
  const std::vector<std::string_view> words = words_of(text);
  SumLeaf leaf;
  if (words.size() != kLeafWords || !read_number(words[0], leaf.position) ||
      !read_number(words[1], leaf.subtree) || !read_number(words[2], leaf.level) ||
      !read_number(words[3], leaf.tier) || !read_number(words[4], leaf.type) ||
      !read_number(words[5], leaf.status))
    return std::nullopt;
  leaf.unit_code = words[6];
  return leaf;
}

Result<SumLeafList> parse_sum_leaves(std::string_view text) {
  if (next_line(text) != kFirstLine) return malformed(1, "version");
  const std::optional<std::string_view> grid_words = next_line(text);
  const std::optional<SumGrid> grid = grid_words ? parse_grid_line(*grid_words) : std::nullopt;
  if (!grid) return malformed(2, "grid");
  const std::optional<std::string_view> size_words = next_line(text);
  const std::optional<std::uint32_t> size =
      size_words ? parse_size_line(*size_words) : std::nullopt;
  if (!size || *size == 0 || *size > kSumLeavesMax) return malformed(3, "tree_size");
  SumLeafList list{*grid, {}};
  list.leaves.reserve(std::min<std::size_t>(*size, text.size() / kLineBytesMin));
  for (std::size_t line = 4; list.leaves.size() < *size; ++line) {
    const std::optional<std::string_view> words = next_line(text);
    if (!words) return malformed(line, "leaf_count");
    std::optional<SumLeaf> leaf = parse_sum_leaf(*words);
    if (!leaf || !check_leaf(*grid, *leaf).ok()) return malformed(line, "leaf");
    list.leaves.push_back(*std::move(leaf));
  }
  if (!text.empty()) return malformed(list.leaves.size() + 4, "leaf_count");
  return list;
}

}  // namespace tz::merkle
