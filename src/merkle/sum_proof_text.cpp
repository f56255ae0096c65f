// Proofs and leaves as text, read strictly: what is accepted is written back byte for byte.
#include <algorithm>
#include <charconv>
#include <optional>

#include "merkle/signed_note.h"
#include "merkle/sum_proof.h"

namespace tz::merkle {
namespace {

constexpr std::string_view kFirstLine = "taizhang-coverage-proof/1";
constexpr std::size_t kLinesBeforeNodes = 5;
constexpr std::size_t kLeafWords = 7;

// The words between single spaces; some are empty where spaces are not single.
std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t end = line.find(' '); end != std::string_view::npos; end = line.find(' ')) {
    words.push_back(line.substr(0, end));
    line.remove_prefix(end + 1);
  }
  words.push_back(line);
  return words;
}

// Decimal, without leading zeros, into a number that has room for it.
template <class Number>
bool read_number(std::string_view word, Number& number) {
  if (word.size() > 1 && word.front() == '0') return false;
  const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
  return fault == std::errc{} && end == word.data() + word.size();
}

// What stands after the line's name and a space.
std::optional<std::string_view> after(std::string_view name, std::string_view line) {
  if (!line.starts_with(name)) return std::nullopt;
  line.remove_prefix(name.size());
  if (!line.starts_with(' ')) return std::nullopt;
  return line.substr(1);
}

std::optional<SumSpan> span_named(std::string_view line) {
  if (line == "span subtree") return SumSpan::Subtree;
  if (line == "span unit") return SumSpan::Unit;
  return std::nullopt;
}

std::optional<SumGrid> grid_of(std::string_view line) {
  const std::optional<std::string_view> numbers = after("grid", line);
  if (!numbers) return std::nullopt;
  const std::vector<std::string_view> words = words_of(*numbers);
  SumGrid grid;
  if (words.size() != 3 || !read_number(words[0], grid.tiers) ||
      !read_number(words[1], grid.types) || !read_number(words[2], grid.statuses))
    return std::nullopt;
  if (!check_grid(grid).ok()) return std::nullopt;
  return grid;
}

std::optional<SumNode> node_of(std::string_view line, const SumGrid& grid) {
  const std::optional<std::string_view> given = after("node", line);
  if (!given) return std::nullopt;
  const std::vector<std::string_view> words = words_of(*given);
  if (words.size() != 2) return std::nullopt;
  const Result<Bytes> hash = from_base64(words[0]);
  const Result<Bytes> sums = from_base64(words[1]);
  if (!hash.ok() || !sums.ok() || hash->size() != sizeof(Hash)) return std::nullopt;
  Result<SumCounts> counts = decode_sums(grid, *sums);
  if (!counts.ok()) return std::nullopt;
  SumNode node{{}, std::move(counts).value()};
  std::copy(hash->begin(), hash->end(), node.hash.begin());
  return node;
}

Error malformed(std::size_t line, const char* why) {
  return refusal("sum_proof_malformed", {{"line", std::to_string(line)}, {"why", why}});
}

std::string words(std::initializer_list<std::uint32_t> numbers) {
  std::string text;
  for (const std::uint32_t number : numbers) {
    if (!text.empty()) text += ' ';
    text += std::to_string(number);
  }
  return text;
}

}  // namespace

std::string to_text(const SumLeaf& leaf) {
  return words({leaf.position, leaf.subtree, leaf.level, leaf.tier, leaf.type, leaf.status}) + " " +
         leaf.unit_code;
}

Result<SumLeaf> parse_sum_leaf(std::string_view text) {
  const std::vector<std::string_view> words = words_of(text);
  SumLeaf leaf;
  if (words.size() != kLeafWords || !read_number(words[0], leaf.position) ||
      !read_number(words[1], leaf.subtree) || !read_number(words[2], leaf.level) ||
      !read_number(words[3], leaf.tier) || !read_number(words[4], leaf.type) ||
      !read_number(words[5], leaf.status))
    return refusal("sum_leaf_malformed");
  leaf.unit_code = words[6];
  return leaf;
}

std::string to_text(const SumProof& proof) {
  std::string text(kFirstLine);
  text += proof.span == SumSpan::Subtree ? "\nspan subtree\n" : "\nspan unit\n";
  text += "grid " + words({proof.grid.tiers, proof.grid.types, proof.grid.statuses}) + "\n";
  text += "size " + words({proof.size}) + "\n";
  text += "leaf " + to_text(proof.leaf) + "\n";
  for (const SumNode& node : proof.nodes)
    text += "node " + to_base64(node.hash) + " " + to_base64(encode(node.counts)) + "\n";
  TZ_ASSERT(text.size() <= kSumProofBytesMax);
  return text;
}

Result<SumProof> parse_sum_proof(std::string_view text) {
  if (text.size() > kSumProofBytesMax) return malformed(1, "size");
  if (!text.ends_with('\n')) return malformed(1, "line_end");
  const std::vector<std::string_view> lines = split_lines(text);
  if (lines[0] != kFirstLine) return malformed(1, "version");
  if (lines.size() < kLinesBeforeNodes) return malformed(lines.size(), "lines");
  const std::optional<SumSpan> span = span_named(lines[1]);
  if (!span) return malformed(2, "span");
  const std::optional<SumGrid> grid = grid_of(lines[2]);
  if (!grid) return malformed(3, "grid");
  SumProof proof{*span, *grid, 0, {}, {}};
  const std::optional<std::string_view> size = after("size", lines[3]);
  if (!size || !read_number(*size, proof.size)) return malformed(4, "tree_size");
  const std::optional<std::string_view> leaf_words = after("leaf", lines[4]);
  if (!leaf_words) return malformed(5, "leaf");
  Result<SumLeaf> leaf = parse_sum_leaf(*leaf_words);
  if (!leaf.ok() || !check_leaf(*grid, *leaf).ok()) return malformed(5, "leaf");
  proof.leaf = std::move(leaf).value();
  if (lines.size() - kLinesBeforeNodes > kSumProofNodesMax) return malformed(6, "node_count");
  for (std::size_t i = kLinesBeforeNodes; i < lines.size(); ++i) {
    std::optional<SumNode> node = node_of(lines[i], *grid);
    if (!node) return malformed(i + 1, "node");
    proof.nodes.push_back(*std::move(node));
  }
  return proof;
}

}  // namespace tz::merkle
