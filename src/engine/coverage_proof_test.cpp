// Every unit of a small random tree is proved from the sealed record to a checkpoint, and nothing
// altered on that way is believed.
#include "engine/coverage_proof.h"

#include <gtest/gtest.h>

#include "engine/coverage_sealing.h"
#include "engine/coverage_tree_test.h"
#include "engine/small_engine_test.h"
#include "ledger/event_codec.h"
#include "merkle/slow_tree_test.h"

namespace tz::engine {
namespace {

using merkle::SumSpan;

constexpr journal::LedgerId kLedger = {1, 2, 3};
constexpr std::uint64_t kSeal = 11;  // the record that seals, of kSize
constexpr std::uint64_t kSize = 23;

journal::StoredRecord stored(const ledger::Event& event, std::uint64_t seq) {
  const ledger::EncodedEvent encoded = ledger::encode(event, {}, ledger::Origin::Real);
  journal::Record record;
  record.seq = Seq{seq};
  record.recorded = Instant{1'568'000'000'000'000};
  record.type = encoded.type;
  record.type_version = encoded.type_version;
  record.payload = encoded.payload;
  record.command = CommandId{seq};
  return journal::encode(record, kLedger);
}

// A log of kSize records, one of which seals the coverage of a random tree.
class CoverageProofTest : public testing::Test {
 protected:
  CoverageProofTest()
      : random(merkle::test_seed()),
        requirement(random_requirement(random, kUnits)),
        slow({}, {}),
        tree(*coverage_tree(requirement)),
        log({}) {
    slow = merkle::SlowSumTree(tree.root().grid, slow_leaves(requirement));
    seal = {"education", "study", ledger::SealReason::Daily, 9, kUnits, slow.digest()};
    seal_in_log(seal);
  }

  void seal_in_log(const ledger::Event& event) {
    record = stored(event, kSeal);
    std::vector<Hash> leaves = merkle::random_hashes(random, kSize);
    leaves[kSeal] = merkle::leaf_hash(record.header);
    log = merkle::SlowTree(leaves);
    checkpoint = {"ledger.test/log", kSize, log.root(kSize), {}};
  }
  CoverageProof proof_of(std::uint32_t position, SumSpan span) {
    return {*merkle::prove(tree, position, span), record, kSize, log.inclusion(kSeal, kSize)};
  }
  std::string code_of(const CoverageProof& proof) const {
    const auto shown = check(proof, checkpoint);
    return shown.ok() ? "" : shown.error().code;
  }

  static constexpr std::uint32_t kUnits = 60;
  SeededRandom random;
  ledger::AdoptedRequirement requirement;
  merkle::SlowSumTree slow;
  merkle::SumTree tree;
  merkle::SlowTree log;
  ledger::CoverageSealed seal;
  journal::StoredRecord record;
  merkle::Checkpoint checkpoint;
};

TEST_F(CoverageProofTest, ShowsOfEveryUnitWhatTheRootCommitsTo) {
  for (const merkle::SumLeaf& leaf : slow.leaves())
    for (const SumSpan span : {SumSpan::Subtree, SumSpan::Unit}) {
      const CoverageProof proof = proof_of(leaf.position, span);
      const std::string text = to_text(proof);
      EXPECT_LE(text.size(), std::size_t{16} << 10);
      const auto read = parse_coverage_proof(text);
      ASSERT_TRUE(read.ok()) << text_of(read.error());
      EXPECT_EQ(to_text(*read), text);
      const auto shown = check(*read, checkpoint);
      ASSERT_TRUE(shown.ok()) << text_of(shown.error());
      const std::uint32_t end = leaf.position + (span == SumSpan::Unit ? 1 : leaf.subtree);
      EXPECT_EQ(shown->counts, slow.counts(leaf.position, end));
      EXPECT_EQ(shown->leaf, leaf);
      EXPECT_EQ(shown->record, Seq{kSeal});
      EXPECT_EQ(shown->seal.requirement, "study");
      EXPECT_EQ(shown->ledger_id, to_hex(kLedger));
    }
}

TEST_F(CoverageProofTest, NothingAlteredInTheLeafIsBelieved) {
  for (const merkle::SumLeaf& leaf : slow.leaves()) {
    const CoverageProof sound = proof_of(leaf.position, SumSpan::Subtree);
    const auto with = [&](const auto& alter) {
      CoverageProof altered = sound;
      alter(altered.sums.leaf);
      return code_of(altered);
    };
    using Leaf = merkle::SumLeaf;
    EXPECT_NE(with([](Leaf& one) { one.status = one.status == 1 ? 0 : 1; }), "");
    EXPECT_NE(with([](Leaf& one) { one.tier = one.tier == 1 ? 2 : 1; }), "");
    EXPECT_NE(with([](Leaf& one) { one.unit_code = "u61"; }), "");
    EXPECT_NE(with([](Leaf& one) { ++one.subtree; }), "");
    EXPECT_NE(with([](Leaf& one) { ++one.level; }), "");
    EXPECT_NE(with([](Leaf& one) { one.position = one.position == 0 ? 1 : 0; }), "");
  }
}

TEST_F(CoverageProofTest, NorInCountsOrderSizeOrWay) {
  for (std::uint32_t position = 0; position < kUnits; ++position) {
    const CoverageProof sound = proof_of(position, SumSpan::Subtree);
    for (std::size_t i = 0; i < sound.sums.nodes.size(); ++i) {
      CoverageProof altered = sound;
      ++altered.sums.nodes[i].counts[0];
      EXPECT_NE(code_of(altered), "");
      altered = sound;
      altered.sums.nodes[i].hash[0] ^= 1;
      EXPECT_NE(code_of(altered), "");
      if (i == 0 || sound.sums.nodes[i] == sound.sums.nodes[i - 1]) continue;
      altered = sound;
      std::swap(altered.sums.nodes[i], altered.sums.nodes[i - 1]);
      EXPECT_NE(code_of(altered), "");
    }
    CoverageProof altered = sound;
    ++altered.sums.size;
    EXPECT_NE(code_of(altered), "");
    for (std::size_t i = 0; i < sound.path.size(); ++i) {
      altered = sound;
      altered.path[i][31] ^= 1;
      EXPECT_NE(code_of(altered), "");
    }
    altered = sound;
    altered.path.pop_back();
    EXPECT_NE(code_of(altered), "");
  }
}

TEST_F(CoverageProofTest, NorInAnyByteOfTheRecord) {
  const CoverageProof sound = proof_of(7, SumSpan::Unit);
  for (const bool of_header : {true, false}) {
    const std::size_t size = (of_header ? sound.record.header : sound.record.body).size();
    for (std::size_t i = 0; i < size; ++i) {
      CoverageProof altered = sound;
      (of_header ? altered.record.header : altered.record.body)[i] ^= 1;
      EXPECT_NE(code_of(altered), "") << i;
    }
  }
  CoverageProof altered = sound;
  altered.record.header.resize(1);
  EXPECT_EQ(code_of(altered), "coverage_seal_wrong");
}

TEST_F(CoverageProofTest, AnotherCheckpointShowsNothing) {
  const CoverageProof sound = proof_of(7, SumSpan::Unit);
  ++checkpoint.size;
  EXPECT_EQ(code_of(sound), "coverage_log_size");
  --checkpoint.size;
  checkpoint.root[0] ^= 1;
  EXPECT_NE(code_of(sound), "");
}

TEST_F(CoverageProofTest, TheRecordHasToSealThatTree) {
  seal_in_log(ledger::AccountOpened{AccountId{1}});
  EXPECT_EQ(code_of(proof_of(7, SumSpan::Unit)), "coverage_seal_wrong");
  seal.units = kUnits + 1;
  seal_in_log(seal);
  EXPECT_EQ(code_of(proof_of(7, SumSpan::Unit)), "coverage_seal_wrong");
  seal.units = kUnits;
  seal.digest[0] ^= 1;
  seal_in_log(seal);
  EXPECT_EQ(code_of(proof_of(7, SumSpan::Unit)), "sum_proof_wrong");
}

TEST_F(CoverageProofTest, TextsHaveOneSpelling) {
  const std::string text = to_text(proof_of(7, SumSpan::Subtree));
  const auto refused = [](const std::string& altered) {
    const auto proof = parse_coverage_proof(altered);
    return proof.ok() ? "" : proof.error().code;
  };
  EXPECT_EQ(refused(text), "");
  EXPECT_EQ(refused(""), "coverage_proof_malformed");
  EXPECT_EQ(refused(text + "\n"), "coverage_proof_malformed");
  EXPECT_EQ(refused(text + "path AAAA\n"), "coverage_proof_malformed");
  EXPECT_EQ(refused(text + "log 23\n"), "coverage_proof_malformed");
  EXPECT_EQ(refused(text.substr(0, text.size() - 1)), "coverage_proof_malformed");
  EXPECT_EQ(refused(text.substr(0, text.find("record "))), "coverage_proof_malformed");
  EXPECT_EQ(refused(text + std::string(kCoverageProofBytesMax, 'x')), "coverage_proof_malformed");
  std::string other = text;
  other.replace(other.find("log 23"), 6, "log 023");
  EXPECT_EQ(refused(other), "coverage_proof_malformed");
  other = text;
  other.replace(other.find("\nleaf "), 6, "\nleaf  ");
  EXPECT_EQ(refused(other), "sum_proof_malformed");
}

// The same from a real ledger: the newest seal, proved to the checkpoint it was signed under.
TEST(CoverageProved, FromALedgerToItsOwnCheckpoint) {
  SmallEngine small;
  ASSERT_TRUE(small.set_up(ledger::AdoptProgramme{"1"}).ok());
  ASSERT_EQ(*seal_due(*small.engine, small.clock.now()), 2U);
  small.open();
  const Published now = small.engine->published();
  const auto note = small.engine->checkpoint();
  ASSERT_TRUE(note.ok());
  const auto checkpoint = merkle::open_checkpoint(*note, merkle::verifier_key(small.key));
  ASSERT_TRUE(checkpoint.ok());
  const auto tree = coverage_tree(*now.state->programmes[0]->requirement("list"));
  const auto reader = small.journal->open_reader();
  const Seq first{now.size - 2};  // of the two seals, in the order of the requirements
  const auto proof =
      prove_seal(*merkle::prove(*tree, 0, SumSpan::Unit), first, checkpoint->size, **reader);
  ASSERT_TRUE(proof.ok()) << text_of(proof.error());
  const auto shown = check(*proof, *checkpoint);
  ASSERT_TRUE(shown.ok()) << text_of(shown.error());
  EXPECT_EQ(shown->seal.requirement, "list");
  EXPECT_EQ(shown->leaf.unit_code, "0");
  EXPECT_EQ(prove_seal(proof->sums, Seq{now.size}, now.size, **reader).error().code,
            "journal_damaged");
}

}  // namespace
}  // namespace tz::engine
