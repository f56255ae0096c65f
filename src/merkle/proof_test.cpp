// Proofs against the definition, against altered proofs, and against the golden vectors.
#include <gtest/gtest.h>

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "base/json.h"
#include "merkle/slow_tree_test.h"
#include "merkle/tree.h"

namespace tz::merkle {
namespace {

void expect_inclusion(SlowTree& tree, std::uint64_t index, std::uint64_t size) {
  const Result<std::vector<Hash>> proof = inclusion_proof(index, size, tree.source());
  ASSERT_TRUE(proof.ok());
  ASSERT_EQ(*proof, tree.inclusion(index, size)) << index << " in " << size;
  ASSERT_TRUE(verify_inclusion(index, size, tree.leaf(index), *proof, tree.root(size)).ok())
      << index << " in " << size;
}

void expect_consistency(SlowTree& tree, std::uint64_t size1, std::uint64_t size2) {
  const Result<std::vector<Hash>> proof = consistency_proof(size1, size2, tree.source());
  ASSERT_TRUE(proof.ok());
  ASSERT_EQ(*proof, tree.consistency(size1, size2)) << size1 << " to " << size2;
  ASSERT_TRUE(verify_consistency(size1, size2, tree.root(size1), tree.root(size2), *proof).ok())
      << size1 << " to " << size2;
}

TEST(Proof, EveryProofOfASmallTreeIsTheDefinitions) {
  SeededRandom random(test_seed());
  SlowTree tree(random_hashes(random, 80));
  for (std::uint64_t size = 1; size <= 80; ++size) {
    for (std::uint64_t index = 0; index < size; ++index) {
      expect_inclusion(tree, index, size);
      expect_consistency(tree, index + 1, size);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(Proof, ProofsOfEverySizeTo600AndLargerOnesAreTheDefinitions) {
  SeededRandom random(test_seed());
  SlowTree tree(random_hashes(random, 70000));
  for (std::uint64_t round = 81; round <= 900; ++round) {
    const std::uint64_t size = round <= 600 ? round : 601 + random.next_u64() % 69400;
    for (int i = 0; i < 8; ++i) {
      const std::uint64_t index = i == 0   ? 0
                                  : i == 1 ? size - 1
                                  : i == 2 ? (size - 1) / 256 * 256
                                           : random.next_u64() % size;
      expect_inclusion(tree, index, size);
      expect_consistency(tree, index + 1, size);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(Proof, AProofReadsEachHashAtMostOnce) {
  SeededRandom random(test_seed());
  SlowTree tree(random_hashes(random, 70000));
  ASSERT_TRUE(inclusion_proof(65000, 70000, tree.source()).ok());
  EXPECT_EQ(tree.leaf_reads, 2U);  // the leaf's block, and the block at the right edge
  EXPECT_LT(tree.subtree_reads, 512U);
}

TEST(Proof, OutsideTheTreeThereIsNoProof) {
  SlowTree tree(std::vector<Hash>(5));
  EXPECT_EQ(inclusion_proof(5, 5, tree.source()).error().code, "proof_out_of_range");
  EXPECT_EQ(inclusion_proof(0, 0, tree.source()).error().code, "proof_out_of_range");
  EXPECT_EQ(consistency_proof(0, 5, tree.source()).error().code, "proof_out_of_range");
  EXPECT_EQ(consistency_proof(6, 5, tree.source()).error().code, "proof_out_of_range");
}

TEST(Proof, AnInclusionProofWithAnythingAlteredIsRefused) {
  SeededRandom random(test_seed());
  SlowTree tree(random_hashes(random, 700));
  for (int round = 0; round < 400; ++round) {
    const std::uint64_t size = 2 + random.next_u64() % 699;
    const std::uint64_t index = random.next_u64() % size;
    const Hash root = tree.root(size);
    const Hash leaf = tree.leaf(index);
    const std::vector<Hash> proof = tree.inclusion(index, size);
    const auto flip = [&](Hash hash) {
      hash[random.next_u64() % hash.size()] ^=
          static_cast<std::uint8_t>(1U << random.next_u64() % 8);
      return hash;
    };
    std::vector<Hash> altered = proof;
    Hash& victim = altered[random.next_u64() % altered.size()];
    victim = flip(victim);
    std::vector<Hash> longer = proof;
    longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(random.next_u64() % 2), root);
    std::vector<Hash> shorter = proof;
    shorter.pop_back();
    EXPECT_FALSE(verify_inclusion(index, size, leaf, altered, root).ok());
    EXPECT_FALSE(verify_inclusion(index, size, leaf, longer, root).ok());
    EXPECT_FALSE(verify_inclusion(index, size, leaf, shorter, root).ok());
    EXPECT_FALSE(verify_inclusion(index, size, flip(leaf), proof, root).ok());
    EXPECT_FALSE(verify_inclusion(index, size, leaf, proof, flip(root)).ok());
    EXPECT_FALSE(verify_inclusion(index ^ 1, size, leaf, proof, root).ok());
    EXPECT_EQ(verify_inclusion(size, size, leaf, proof, root).error().code, "proof_wrong");
  }
}

TEST(Proof, AConsistencyProofWithAnythingAlteredIsRefused) {
  SeededRandom random(test_seed());
  SlowTree tree(random_hashes(random, 700));
  for (int round = 0; round < 400; ++round) {
    const std::uint64_t size2 = 2 + random.next_u64() % 699;
    const std::uint64_t size1 = 1 + random.next_u64() % (size2 - 1);
    const Hash root1 = tree.root(size1);
    const Hash root2 = tree.root(size2);
    const std::vector<Hash> proof = tree.consistency(size1, size2);
    const auto flip = [&](Hash hash) {
      hash[random.next_u64() % hash.size()] ^=
          static_cast<std::uint8_t>(1U << random.next_u64() % 8);
      return hash;
    };
    std::vector<Hash> altered = proof;
    Hash& victim = altered[random.next_u64() % altered.size()];
    victim = flip(victim);
    std::vector<Hash> longer = proof;
    longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(random.next_u64() % 2), root1);
    std::vector<Hash> shorter = proof;
    shorter.pop_back();
    EXPECT_FALSE(verify_consistency(size1, size2, root1, root2, altered).ok());
    EXPECT_FALSE(verify_consistency(size1, size2, root1, root2, longer).ok());
    EXPECT_FALSE(verify_consistency(size1, size2, root1, root2, shorter).ok());
    EXPECT_FALSE(verify_consistency(size1, size2, flip(root1), root2, proof).ok());
    EXPECT_FALSE(verify_consistency(size1, size2, root1, flip(root2), proof).ok());
    EXPECT_FALSE(verify_consistency(size2, size1, root2, root1, proof).ok());
    EXPECT_EQ(verify_consistency(0, size2, root1, root2, proof).error().code, "proof_wrong");
  }
}

TEST(Proof, AProofMayNotGoOnAboveTheRoot) {
  SeededRandom random(test_seed());
  SlowTree tree(random_hashes(random, 9));
  const Hash extra = random_hash(random);
  for (const std::uint64_t size : {1U, 2U, 5U, 8U, 9U}) {
    std::vector<Hash> proof = tree.inclusion(size - 1, size);
    proof.push_back(extra);
    for (const Hash& above : {node_hash(extra, tree.root(size)), node_hash(tree.root(size), extra)})
      EXPECT_FALSE(verify_inclusion(size - 1, size, tree.leaf(size - 1), proof, above).ok());
  }
  std::vector<Hash> proof = tree.consistency(6, 9);
  proof.push_back(extra);
  EXPECT_FALSE(verify_consistency(6, 9, node_hash(extra, tree.root(6)),
                                  node_hash(extra, tree.root(9)), proof)
                   .ok());
}

TEST(Proof, FromNothingNothingFollows) {
  EXPECT_EQ(verify_consistency(0, 0, empty_root(), empty_root(), {}).error().code, "proof_wrong");
  EXPECT_EQ(verify_consistency(0, 1, empty_root(), Hash{}, {}).error().code, "proof_wrong");
}

// The golden vectors, tests/golden/README.md.

Hash hash_of(const Json& base64) {
  const Result<Bytes> bytes = from_base64(*base64.as_text());
  Hash hash{};
  if (!bytes.ok() || bytes->size() != hash.size()) {
    ADD_FAILURE() << "not a hash: " << *base64.as_text();
    return hash;
  }
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

std::vector<Hash> hashes_of(const Json& list) {
  std::vector<Hash> hashes;
  for (const Json& element : *list.as_array()) hashes.push_back(hash_of(element));
  return hashes;
}

std::uint64_t number_of(const Json& decimal) {
  std::uint64_t number = 0;
  const std::string& text = *decimal.as_text();
  EXPECT_EQ(std::from_chars(text.data(), text.data() + text.size(), number).ec, std::errc{});
  return number;
}

Json golden_vectors() {
  const auto folder = std::filesystem::path(TZ_SOURCE) / "tests/golden";
  std::ifstream file(folder / "rfc6962_vectors.json", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const Result<Json> parsed = parse_json(text);
  EXPECT_TRUE(parsed.ok());
  return parsed.ok() ? *parsed : Json();
}

TEST(Proof, TheGoldenTreeIsOurs) {
  const Json golden = golden_vectors();
  ASSERT_NE(golden.find("roots"), nullptr);
  const JsonArray& roots = *golden.find("roots")->as_array();
  const JsonArray& leaves = *golden.find("leaves")->as_array();
  ASSERT_EQ(roots.size(), 9U);
  ASSERT_EQ(leaves.size(), 8U);
  Frontier frontier;
  for (std::size_t size = 0; size <= 8; ++size) {
    EXPECT_EQ(frontier.root(), hash_of(roots[size]));
    if (size < 8) frontier.append(leaf_hash(*from_hex(*leaves[size].as_text())));
  }
}

TEST(Proof, TheGoldenInclusionProofsGetTheirVerdict) {
  const Json golden = golden_vectors();
  ASSERT_NE(golden.find("inclusion"), nullptr);
  std::size_t accepted = 0;
  std::size_t refused = 0;
  for (const Json& row : *golden.find("inclusion")->as_array()) {
    const Outcome verdict = verify_inclusion(
        number_of(*row.find("index")), number_of(*row.find("size")), hash_of(*row.find("leaf")),
        hashes_of(*row.find("proof")), hash_of(*row.find("root")));
    EXPECT_EQ(verdict.ok(), *row.find("valid")->as_bool()) << row.dump();
    ++(verdict.ok() ? accepted : refused);
  }
  std::printf("inclusion: %zu accepted, %zu refused\n", accepted, refused);
  EXPECT_EQ(accepted, 7U);
  EXPECT_EQ(refused, 91U);
}

TEST(Proof, TheGoldenConsistencyProofsGetTheirVerdict) {
  const Json golden = golden_vectors();
  ASSERT_NE(golden.find("consistency"), nullptr);
  std::size_t accepted = 0;
  std::size_t refused = 0;
  for (const Json& row : *golden.find("consistency")->as_array()) {
    const Outcome verdict = verify_consistency(
        number_of(*row.find("size1")), number_of(*row.find("size2")), hash_of(*row.find("root1")),
        hash_of(*row.find("root2")), hashes_of(*row.find("proof")));
    EXPECT_EQ(verdict.ok(), *row.find("valid")->as_bool()) << row.dump();
    ++(verdict.ok() ? accepted : refused);
  }
  std::printf("consistency: %zu accepted, %zu refused\n", accepted, refused);
  EXPECT_EQ(accepted, 6U);
  EXPECT_EQ(refused, 93U);
}

}  // namespace
}  // namespace tz::merkle
