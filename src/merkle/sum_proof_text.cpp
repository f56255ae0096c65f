// Proofs as text, read strictly: what is accepted is written back byte for byte.
#include <algorithm>
#include <optional>

#include "merkle/signed_note.h"
#include "merkle/sum_leaves.h"
#include "merkle/sum_proof.h"
#include "merkle/sum_words.h"

namespace tz::merkle {
namespace {

constexpr std::string_view kFirstLine = "taizhang-coverage-proof/1";
constexpr std::size_t kLinesBeforeNodes = 5;

std::optional<SumSpan> span_named(std::string_view line) {
  if (line == "span subtree") return SumSpan::Subtree;
  if (line == "span unit") return SumSpan::Unit;
  return std::nullopt;
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

}  // namespace

std::string to_text(const SumProof& proof) {
  std::string text(kFirstLine);
  text += proof.span == SumSpan::Subtree ? "\nspan subtree\n" : "\nspan unit\n";
  text += grid_line(proof.grid) + "\n" + size_line(proof.size) + "\n";
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
  const std::optional<SumGrid> grid = parse_grid_line(lines[2]);
  if (!grid) return malformed(3, "grid");
  const std::optional<std::uint32_t> size = parse_size_line(lines[3]);
  if (!size) return malformed(4, "tree_size");
  const std::optional<std::string_view> leaf_words = after("leaf", lines[4]);
  const std::optional<SumLeaf> leaf = leaf_words ? parse_sum_leaf(*leaf_words) : std::nullopt;
  if (!leaf || !check_leaf(*grid, *leaf).ok()) return malformed(5, "leaf");
  SumProof proof{*span, *grid, *size, *leaf, {}};
  if (lines.size() - kLinesBeforeNodes > kSumProofNodesMax) return malformed(6, "node_count");
  for (std::size_t i = kLinesBeforeNodes; i < lines.size(); ++i) {
    std::optional<SumNode> node = node_of(lines[i], *grid);
    if (!node) return malformed(i + 1, "node");
    proof.nodes.push_back(*std::move(node));
  }
  return proof;
}

}  // namespace tz::merkle
