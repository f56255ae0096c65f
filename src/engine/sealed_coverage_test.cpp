// The tree of a past seal is made again exactly, whatever was answered and adopted since.
#include "engine/sealed_coverage.h"

#include <gtest/gtest.h>

#include "engine/coverage_proof.h"
#include "engine/coverage_sealing.h"
#include "engine/small_engine_test.h"

namespace tz::engine {
namespace {

using ledger::CoverageStatus;
using ledger::SealReason;

// What somebody reads who opens the journal beside the engine.
struct Read {
  World world;
  std::unique_ptr<journal::Reader> reader;

  explicit Read(SmallEngine& small) : reader(*small.journal->open_reader()) {
    world.ledger_id = *ledger_id_of(*read_genesis(*reader));
    EXPECT_TRUE(catch_up(world, *reader, small.stored_size(), small_readers()).ok());
  }
  [[nodiscard]] ReadJournal journal() const { return {world, *reader, small_readers()}; }
  [[nodiscard]] const ledger::AdoptedProgramme& programme() const {
    return *world.state.programmes[0];
  }
  [[nodiscard]] const ledger::AdoptedRequirement& list() const {
    return *programme().requirement("list");
  }
  [[nodiscard]] Result<SealedTree> tree() const {
    return sealed_tree(programme(), list(), journal());
  }
};

class SealedCoverageTest : public testing::Test {
 protected:
  SealedCoverageTest() {
    EXPECT_TRUE(small.set_up(ledger::AdoptProgramme{"1"}).ok());
    seal();
  }
  void seal() { EXPECT_TRUE(seal_due(*small.engine, small.clock.now()).ok()); }
  void answer() {
    ledger::AnswerRequirement command;
    command.programme = "small";
    command.requirement = "list";
    command.units = {UnitId{0}};
    command.text = "名册已报送";
    EXPECT_TRUE(small.engine->submit_and_wait({command, {kRecorder, {}}, {}, {}}).ok());
  }
  void next_day() { small.clock.advance(std::int64_t{86'400'000'000}); }

  SmallEngine small;
};

TEST_F(SealedCoverageTest, IsThatOfTheSealAndNotOfNow) {
  const Hash before = Read(small).list().seals.back().digest;
  answer();
  const Read read(small);
  const auto then = read.tree();
  ASSERT_TRUE(then.ok()) << text_of(then.error());
  EXPECT_EQ(merkle::root_digest(then->sums.root()), before);
  EXPECT_EQ(then->sums.leaf(0).status, sealed_status(CoverageStatus::Open));
  next_day();
  seal();
  const Read later(small);
  const auto sealed = later.tree();
  ASSERT_TRUE(sealed.ok()) << text_of(sealed.error());
  EXPECT_NE(merkle::root_digest(sealed->sums.root()), before);
  EXPECT_EQ(sealed->sums.leaf(0).status, sealed_status(CoverageStatus::Met));
}

TEST_F(SealedCoverageTest, StaysWhenAnotherVersionIsAdopted) {
  EXPECT_TRUE(small.set_up(ledger::AdoptProgramme{"2"}).ok());
  const Read read(small);
  ASSERT_NE(read.list().changes, read.list().sealed_changes);
  const auto tree = read.tree();
  ASSERT_TRUE(tree.ok()) << text_of(tree.error());
  EXPECT_EQ(tree->units->size(), 1U);
}

TEST_F(SealedCoverageTest, IsProvedFromTheRecordThatSealedIt) {
  answer();
  const Read read(small);
  const auto seal = record_of(read.list().seals.back(), "small", "list", read.journal());
  ASSERT_TRUE(seal.ok()) << text_of(seal.error());
  const auto proof = prove_seal(*merkle::prove(read.tree()->sums, 0, merkle::SumSpan::Subtree),
                                *seal, read.world.frontier.size(), *read.reader);
  ASSERT_TRUE(proof.ok()) << text_of(proof.error());
  const merkle::Checkpoint checkpoint{
      "ledger.test/log", read.world.frontier.size(), read.world.frontier.root(), {}};
  const auto shown = check(*proof, checkpoint);
  ASSERT_TRUE(shown.ok()) << text_of(shown.error());
  EXPECT_EQ(shown->record, *seal);
  EXPECT_EQ(shown->seal.reason, SealReason::Adoption);
  const auto other = record_of(read.list().seals.back(), "small", "meeting", read.journal());
  ASSERT_TRUE(other.ok()) << "the same root of another requirement has its own record";
  EXPECT_NE(*other, *seal);
}

TEST_F(SealedCoverageTest, AStateOfThenHoldsWhatHadBeenAnsweredThen) {
  const std::uint64_t size = small.stored_size();
  answer();
  const Read read(small);
  const auto status = [&](std::uint64_t records) {
    const auto state = state_at(records, read.journal());
    EXPECT_TRUE(state.ok());
    return state->programmes[0]->requirement("list")->coverage.status(0);
  };
  EXPECT_EQ(status(size), CoverageStatus::Open);
  EXPECT_EQ(status(small.stored_size()), CoverageStatus::Met);
}

TEST_F(SealedCoverageTest, ARootThatIsNotItsOwnIsFound) {
  answer();
  Hash wrong{};
  wrong.fill(7);
  const std::uint64_t seq = small.stored_size();
  ASSERT_TRUE(small
                  .set_up(ledger::SealCoverage{"small", "list", SealReason::Daily,
                                               Read(small).list().changes, seq, wrong})
                  .ok());
  EXPECT_EQ(text_of(Read(small).tree().error()), "coverage_root_wrong seq=" + std::to_string(seq));
}

}  // namespace
}  // namespace tz::engine
