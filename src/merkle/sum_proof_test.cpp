// Proofs from a sum tree: every unit of random trees, everything altered, and the whole country.
#include "merkle/sum_proof.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "merkle/slow_sum_tree_test.h"
#include "merkle/slow_tree_test.h"

namespace tz::merkle {
namespace {

constexpr SumSpan kSpans[] = {SumSpan::Subtree, SumSpan::Unit};

SumTree built(const SumGrid& grid, const std::vector<SumLeaf>& leaves) {
  return SumTree::build(grid, static_cast<std::uint32_t>(leaves.size()), source_of(leaves)).value();
}

std::string why(const SumProof& proof, const Hash& digest) {
  const Result<SumCounts> counts = verify(proof, digest);
  if (counts.ok()) return "";
  EXPECT_EQ(counts.error().code, "sum_proof_wrong");
  return counts.error().facts.at(0).second;
}

std::string malformed(std::string_view text) {
  const Result<SumProof> proof = parse_sum_proof(text);
  if (proof.ok()) return "";
  EXPECT_EQ(proof.error().code, "sum_proof_malformed");
  return proof.error().facts.at(0).second + " " + proof.error().facts.at(1).second;
}

void expect_every_proof(const SlowSumTree& slow, const SumGrid& grid) {
  const SumTree tree = built(grid, slow.leaves());
  const Hash digest = slow.digest();
  for (const SumLeaf& leaf : slow.leaves()) {
    for (const SumSpan span : kSpans) {
      const SumProof proof = prove(tree, leaf.position, span).value();
      const Result<SumCounts> counts = verify(proof, digest);
      ASSERT_TRUE(counts.ok()) << leaf.position << " of " << slow.size();
      const std::size_t end = leaf.position + (span == SumSpan::Unit ? 1 : leaf.subtree);
      ASSERT_EQ(*counts, slow.counts(leaf.position, end));
      const std::string text = to_text(proof);
      const Result<SumProof> read = parse_sum_proof(text);
      ASSERT_TRUE(read.ok());
      ASSERT_EQ(*read, proof);
    }
  }
}

TEST(SumProof, EveryUnitOfSmallTreesIsProved) {
  SeededRandom random(test_seed());
  for (std::size_t size = 1; size <= 70; ++size) {
    expect_every_proof({kUsualGrid, random_leaves(random, kUsualGrid, size)}, kUsualGrid);
    if (HasFatalFailure()) return;
  }
}

TEST(SumProof, EveryUnitOfLargerTreesOfAnyGridIsProved) {
  SeededRandom random(test_seed());
  for (const SumGrid& grid : {SumGrid{1, 0, 1}, SumGrid{2, 3, 4}, SumGrid{4, 0, 3}, kUsualGrid}) {
    const std::size_t size = 200 + random.next_u64() % 300;
    expect_every_proof({grid, random_leaves(random, grid, size)}, grid);
    if (HasFatalFailure()) return;
  }
}

// Every run of leaves, by making each in turn the subtree of its first.
TEST(SumProof, EveryIntervalOfATreeIsProved) {
  SeededRandom random(test_seed());
  for (const std::uint32_t size : {1U, 2U, 7U, 16U, 29U, 33U}) {
    std::vector<SumLeaf> leaves = random_leaves(random, kUsualGrid, size);
    for (SumLeaf& leaf : leaves) leaf.subtree = 1;
    for (std::uint32_t from = 0; from < size; ++from) {
      for (std::uint32_t to = from + 1; to <= size; ++to) {
        leaves[from].subtree = to - from;
        const SumTree tree = built(kUsualGrid, leaves);
        const SumProof proof = prove(tree, from, SumSpan::Subtree).value();
        const Result<SumCounts> counts = verify(proof, root_digest(tree.root()));
        ASSERT_TRUE(counts.ok()) << from << " to " << to << " of " << size;
        ASSERT_EQ(*counts, SlowSumTree(kUsualGrid, leaves).counts(from, to));
      }
      leaves[from].subtree = 1;
    }
  }
}

TEST(SumProof, BeyondTheTreeThereIsNoProof) {
  SeededRandom random(test_seed());
  const std::vector<SumLeaf> leaves = random_leaves(random, kUsualGrid, 5);
  const SumTree tree = built(kUsualGrid, leaves);
  EXPECT_EQ(prove(tree, 5, SumSpan::Unit).error().code, "sum_proof_out_of_range");
}

// Calls `check` with every proof that differs from `proof` in one thing.
template <class Check>
void alter_each(const SumProof& proof, Random& random, Check check) {
  const auto with = [&](const char* what, auto alter) {
    SumProof other = proof;
    alter(other);
    if (!(other == proof)) check(what, other);
  };
  with("position", [](SumProof& p) { ++p.leaf.position; });
  with("position", [](SumProof& p) { p.leaf.position ^= 1; });
  with("code", [](SumProof& p) { p.leaf.unit_code.back() ^= 1; });
  with("code", [](SumProof& p) { p.leaf.unit_code += '0'; });
  with("level", [](SumProof& p) { ++p.leaf.level; });
  with("subtree", [](SumProof& p) { ++p.leaf.subtree; });
  with("subtree", [](SumProof& p) { --p.leaf.subtree; });
  with("tier", [](SumProof& p) { p.leaf.tier = static_cast<std::uint8_t>(p.leaf.tier % 3 + 1); });
  with("type", [](SumProof& p) { p.leaf.type = static_cast<std::uint8_t>(p.leaf.type % 6 + 1); });
  with("status",
       [](SumProof& p) { p.leaf.status = static_cast<std::uint8_t>((p.leaf.status + 1) % 5); });
  with("size", [](SumProof& p) { ++p.size; });
  with("size", [](SumProof& p) { --p.size; });
  with("grid", [](SumProof& p) { p.grid = {3, 5, 6}; });
  with("grid", [](SumProof& p) { p.grid = {6, 3, 5}; });
  for (std::size_t i = 0; i < proof.nodes.size(); ++i) {
    with("hash", [&](SumProof& p) { p.nodes[i].hash[random.next_u64() % 32] ^= 4; });
    with("more", [&](SumProof& p) { ++p.nodes[i].counts[below(random, 46)]; });
    with("moved by tier", [&](SumProof& p) {  // so that they still add up
      SumCounts& counts = p.nodes[i].counts;
      const auto some = std::find_if(counts.begin() + 1, counts.begin() + 16,
                                     [](std::uint32_t count) { return count != 0; });
      if (some == counts.begin() + 16) return;
      --*some;
      ++counts[1 + static_cast<std::size_t>(some - counts.begin()) % 15];
    });
    with("taken away",
         [&](SumProof& p) { p.nodes.erase(p.nodes.begin() + static_cast<std::ptrdiff_t>(i)); });
    with("twice", [&](SumProof& p) {
      p.nodes.insert(p.nodes.begin() + static_cast<std::ptrdiff_t>(i), p.nodes[i]);
    });
    with("order", [&](SumProof& p) { std::swap(p.nodes[i], p.nodes[(i + 1) % p.nodes.size()]); });
  }
}

TEST(SumProof, AProofWithAnythingAlteredIsRefused) {
  SeededRandom random(test_seed());
  std::size_t tried = 0;
  for (int round = 0; round < 40; ++round) {
    const std::size_t size = 2 + random.next_u64() % 200;
    std::vector<SumLeaf> leaves = random_leaves(random, kUsualGrid, size);
    const SumTree tree = built(kUsualGrid, leaves);
    const Hash digest = root_digest(tree.root());
    const auto position = static_cast<std::uint32_t>(random.next_u64() % size);
    for (const SumSpan span : kSpans) {
      const SumProof proof = prove(tree, position, span).value();
      ASSERT_EQ(why(proof, digest), "");
      alter_each(proof, random, [&](const char* what, const SumProof& other) {
        ++tried;
        EXPECT_NE(why(other, digest), "") << what << " at " << position << " of " << size;
      });
      // Where the nodes are the same, what it then shows is true as well.
      SumProof other = proof;
      other.span = span == SumSpan::Unit ? SumSpan::Subtree : SumSpan::Unit;
      const bool same = prove(tree, position, other.span)->nodes == proof.nodes;
      EXPECT_EQ(why(other, digest).empty(), same);
      Hash wrong = digest;
      wrong[random.next_u64() % 32] ^= 1;
      EXPECT_EQ(why(proof, wrong), "root");
    }
  }
  EXPECT_GT(tried, 3000U);
}

TEST(SumProof, OfATreeThatDoesNotAddUpNothingBelowTheLieIsProved) {
  SeededRandom random(test_seed());
  std::vector<SumLeaf> leaves = random_leaves(random, kUsualGrid, 8);
  for (SumLeaf& leaf : leaves) leaf.tier = leaf.type = leaf.status = 1;
  const SumTree tree = built(kUsualGrid, leaves);
  // Whoever seals says of the second half that one more of it has met the requirement.
  SumNode lie = tree.node({4, 8});
  --lie.counts[tier_cell(kUsualGrid, 1, 1)];
  --lie.counts[type_cell(kUsualGrid, 1, 1)];
  ++lie.counts[tier_cell(kUsualGrid, 1, 2)];
  ++lie.counts[type_cell(kUsualGrid, 1, 2)];
  const SumRoot root{kUsualGrid, 8, join(tree.node({0, 4}), lie).value()};
  const Hash digest = root_digest(root);
  for (std::uint32_t position = 0; position < 8; ++position) {
    SumProof proof = prove(tree, position, SumSpan::Unit).value();
    if (position < 4) proof.nodes.back() = lie;  // the most that he can give
    EXPECT_EQ(why(proof, digest), position < 4 ? "" : "root");
  }
}

TEST(SumProof, SumsThatDoNotAddUpToTheirLeavesAreRefusedWhateverTheRoot) {
  SeededRandom random(test_seed());
  const std::vector<SumLeaf> leaves = random_leaves(random, kUsualGrid, 8);
  const SumTree tree = built(kUsualGrid, leaves);
  SumProof proof = prove(tree, 0, SumSpan::Unit).value();
  for (SumNode& node : proof.nodes) {
    const SumNode kept = node;
    ++node.counts[0];
    EXPECT_EQ(follow(proof).error().facts.at(0).second, "sums");
    node = kept;
    node.counts.pop_back();
    EXPECT_EQ(follow(proof).error().facts.at(0).second, "sums");
    node = kept;
  }
  EXPECT_TRUE(follow(proof).ok());
}

TEST(SumProof, AProofThatCannotBeIsRefusedBeforeItIsFollowed) {
  const SumProof one{SumSpan::Unit, kUsualGrid, 1, {0, "1", 0, 1, 1, 1, 1}, {}};
  const auto reason = [&](auto alter) {
    SumProof proof = one;
    alter(proof);
    const Result<SumShown> shown = follow(proof);
    return shown.ok() ? "" : shown.error().facts.at(0).second;
  };
  EXPECT_EQ(reason([](SumProof&) {}), "");
  EXPECT_EQ(reason([](SumProof& p) { p.grid.tiers = 0; }), "grid");
  EXPECT_EQ(reason([](SumProof& p) { p.size = 0; }), "size");
  EXPECT_EQ(reason([](SumProof& p) { p.size = kSumLeavesMax + 1; }), "size");
  EXPECT_EQ(reason([](SumProof& p) { p.size = 2; }), "node_count");
  EXPECT_EQ(reason([](SumProof& p) { p.nodes.resize(1); }), "node_count");
  EXPECT_EQ(reason([](SumProof& p) { p.leaf.status = 5; }), "leaf");
  EXPECT_EQ(reason([](SumProof& p) { p.leaf.position = 1; }), "leaf");
  EXPECT_EQ(reason([](SumProof& p) { p.leaf.subtree = 0xffffffff; }), "subtree");
}

TEST(SumProof, AnyByteOfTheTextAlteredIsNoticed) {
  SeededRandom random(test_seed());
  const std::vector<SumLeaf> leaves = random_leaves(random, kUsualGrid, 40);
  const SumTree tree = built(kUsualGrid, leaves);
  const std::string text = to_text(prove(tree, 3, SumSpan::Subtree).value());
  const Hash digest = root_digest(tree.root());
  const auto accepted = [&](const std::string& other) {
    const Result<SumProof> proof = parse_sum_proof(other);
    return proof.ok() && verify(*proof, digest).ok();
  };
  ASSERT_TRUE(accepted(text));
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char byte : {' ', '\n', '\r', '0', '1', 'A', '/', '=', '\0', '\x80'}) {
      std::string other = text;
      other[at] = byte;
      EXPECT_EQ(accepted(other), other == text) << at;
      EXPECT_FALSE(accepted(text.substr(0, at) + byte + text.substr(at))) << at;
    }
    EXPECT_FALSE(accepted(text.substr(0, at))) << at;
    EXPECT_FALSE(accepted(text.substr(0, at) + text.substr(at + 1))) << at;
  }
}

TEST(SumProof, WhatTheGrammarDoesNotHaveIsRefusedWithItsLine) {
  const std::string first = "taizhang-coverage-proof/1\n";
  const std::string head = first + "span unit\ngrid 1 1 2\nsize 1\n";
  const std::string good = head + "leaf 0 1 0 1 1 1 22\n";
  EXPECT_EQ(malformed(good), "");
  EXPECT_EQ(malformed(""), "1 line_end");
  EXPECT_EQ(malformed("\n"), "1 version");
  EXPECT_EQ(malformed("taizhang-coverage-proof/2\n"), "1 version");
  EXPECT_EQ(malformed(first), "1 lines");
  EXPECT_EQ(malformed(head), "4 lines");
  EXPECT_EQ(malformed(first + "span all\ngrid 1 1 2\nsize 1\nleaf 0 1 0 1 1 1 22\n"), "2 span");
  for (const char* grid : {"0 1 2", "1 1", "1 1 2 ", "01 1 2", "1 1 256", "200 1 2", "+1 1 2", ""})
    EXPECT_EQ(malformed(first + "span unit\ngrid " + grid + "\nsize 1\nleaf 0 1 0 1 1 1 22\n"),
              "3 grid");
  for (const char* size : {"", "-1", "01", "1 ", "4294967296"})
    EXPECT_EQ(malformed(first + "span unit\ngrid 1 1 2\nsize " + size + "\nleaf 0 1 0 1 1 1 22\n"),
              "4 tree_size");
  for (const char* leaf : {"", "0 1 0 1 1 1", "0 1 0 1 1 1 ", "0 1 0 1 1 2 22", "0 1 0 1 1 1 2 2",
                           "0  1 0 1 1 1 22", "0 1 256 1 1 1 22", "0 0 0 1 1 1 22"})
    EXPECT_EQ(malformed(head + "leaf " + leaf + "\n"), "5 leaf") << leaf;
  EXPECT_EQ(malformed(good + "\n"), "6 node");
  EXPECT_EQ(malformed(good + "node\n"), "6 node");
  const std::string hash = to_base64(Hash{});
  EXPECT_EQ(malformed(good + "node " + hash + " AQAB\n"), "");
  EXPECT_EQ(malformed(good + "node " + hash + " AQAA\n"), "6 node");
  EXPECT_EQ(malformed(good + "node " + hash + "\n"), "6 node");
  EXPECT_EQ(malformed(good + "node " + hash + "  AQAB\n"), "6 node");
  EXPECT_EQ(malformed(good + "node " + to_base64(Bytes(31)) + " AQAB\n"), "6 node");
  std::string many = good;
  for (std::size_t i = 0; i <= kSumProofNodesMax; ++i) many += "node " + hash + " AQAB\n";
  EXPECT_EQ(malformed(many), "6 node_count");
  EXPECT_EQ(malformed(std::string(kSumProofBytesMax + 1, '\n')), "1 size");
}

// As many units as the country has, at five levels, spread so that the sums are long.
SumLeaf national_leaf(std::uint32_t position) {
  constexpr std::uint32_t kSubtrees[] = {704474, 22000, 1700, 230, 15};
  SumLeaf leaf{position, std::to_string(220000000000 + position), 0, 1, 0, 0, 0};
  std::uint32_t end = kSubtrees[0];
  leaf.subtree = kSubtrees[0];
  for (std::uint32_t from = 0; from != position && leaf.level < 5; ++leaf.level) {
    const std::uint32_t width = leaf.level < 4 ? kSubtrees[leaf.level + 1] : 1;
    from += 1 + (position - from - 1) / width * width;
    leaf.subtree = std::min(width, end - from);
    end = from + leaf.subtree;
  }
  SeededRandom random(position);
  leaf.tier = 1 + below(random, 3);
  leaf.type = 1 + below(random, 6);
  leaf.status = below(random, 5);
  return leaf;
}

TEST(SumProof, OfTheWholeCountryAProofIsSmallAndQuick) {
  using Clock = std::chrono::steady_clock;
  const auto milliseconds = [](Clock::time_point from) {
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
  };
  const auto began = Clock::now();
  const SumTree tree = SumTree::build(kUsualGrid, 704474, national_leaf).value();
  std::printf("built in %.0f ms\n", milliseconds(began));
  const Hash digest = root_digest(tree.root());
  SeededRandom random(test_seed());
  std::size_t largest = 0;
  std::size_t most_nodes = 0;
  double slowest = 0;
  for (int round = 0; round < 3000; ++round) {
    const std::uint32_t position = round < 300
                                       ? static_cast<std::uint32_t>(round) * 22000U / 10 + 1
                                       : static_cast<std::uint32_t>(random.next_u64() % 704474);
    const auto from = Clock::now();
    const SumProof proof = prove(tree, position, kSpans[round % 2]).value();
    const std::string text = to_text(proof);
    const Result<SumProof> read = parse_sum_proof(text);
    ASSERT_TRUE(read.ok());
    ASSERT_EQ(why(*read, digest), "");
    slowest = std::max(slowest, milliseconds(from));
    largest = std::max(largest, text.size());
    most_nodes = std::max(most_nodes, proof.nodes.size());
  }
  std::printf("largest %zu bytes, %zu nodes, slowest %.2f ms\n", largest, most_nodes, slowest);
  EXPECT_LE(largest, kSumProofBytesMax);
  EXPECT_LE(most_nodes, kSumProofNodesMax);
}

TEST(SumProof, TheLongestProofThereCanBeFitsItsFile) {
  const SumGrid grid{1, 0, 125};  // a table of 32 bytes, and 96 counts of one byte
  SumProof proof{SumSpan::Subtree, {255, 0, 1}, kSumLeavesMax, {}, {}};
  proof.grid = grid;
  proof.leaf = {kSumLeavesMax, std::string(kSumCodeBytesMax, '2'), 255, kSumLeavesMax, 1, 255, 124};
  SumNode node{{}, SumCounts(cell_count(grid))};
  std::fill_n(node.counts.begin(), 96, 255U);
  ASSERT_EQ(encoded_bytes(node.counts), kSumBytesMax);
  proof.nodes.assign(kSumProofNodesMax, node);
  EXPECT_LE(to_text(proof).size(), kSumProofBytesMax);
}

// tests/golden/coverage_proof_v1.txt: what was released is read for ever.

constexpr char kGoldenDigest[] = "79176ce9cf271d4ed96ba6ca2cea85d124ff787b9be220aa069faeb788093336";

std::vector<SumLeaf> golden_leaves() {
  return {{0, "220000000000", 1, 7, 1, 1, 1}, {1, "220200000000", 2, 4, 2, 1, 0},
          {2, "220204000000", 3, 3, 2, 2, 2}, {3, "220204001000", 4, 1, 3, 3, 1},
          {4, "220204002000", 4, 1, 0, 0, 0}, {5, "220300000000", 2, 2, 2, 1, 3},
          {6, "220302000000", 3, 1, 2, 6, 4}};
}

TEST(SumProof, TheGoldenProofIsOurs) {
  const std::string path = std::string(TZ_SOURCE) + "/tests/golden/coverage_proof_v1.txt";
  const std::vector<SumLeaf> leaves = golden_leaves();
  const SumTree tree = built(kUsualGrid, leaves);
  const std::string text = to_text(prove(tree, 1, SumSpan::Subtree).value());
  if (std::getenv("TZ_ACCEPT") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    FAIL() << "tests/golden/coverage_proof_v1.txt was written anew: look at what changed";
  }
  std::ifstream file(path, std::ios::binary);
  const std::string released{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(released, text);
  EXPECT_EQ(to_hex(root_digest(tree.root())), kGoldenDigest);
}

}  // namespace
}  // namespace tz::merkle
