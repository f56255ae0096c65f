// The tree of a past seal is made again exactly, whatever was answered and adopted since.
#include "engine/sealed_trees.h"

#include <gtest/gtest.h>

#include "engine/coverage_sealing.h"
#include "engine/past.h"
#include "engine/small_engine_test.h"
#include "merkle/sum_leaves.h"

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
  [[nodiscard]] const ledger::AdoptedRequirement& of(std::string_view requirement) const {
    return *world.state.programmes[0]->requirement(requirement);
  }
  [[nodiscard]] const ledger::AdoptedRequirement& list() const { return of("list"); }
  [[nodiscard]] Result<merkle::SumTree> tree() const { return sealed_tree(list()); }
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
  EXPECT_EQ(merkle::root_digest(then->root()), before);
  EXPECT_EQ(then->leaf(0).status, sealed_status(CoverageStatus::Open));
  next_day();
  seal();
  const Read later(small);
  const auto sealed = later.tree();
  ASSERT_TRUE(sealed.ok()) << text_of(sealed.error());
  EXPECT_NE(merkle::root_digest(sealed->root()), before);
  EXPECT_EQ(sealed->leaf(0).status, sealed_status(CoverageStatus::Met));
}

TEST_F(SealedCoverageTest, StaysWhenAnotherVersionIsAdopted) {
  EXPECT_TRUE(small.set_up(ledger::AdoptProgramme{"2"}).ok());
  const Read read(small);
  ASSERT_NE(read.list().changes, read.list().sealed_changes);
  const auto tree = read.tree();
  ASSERT_TRUE(tree.ok()) << text_of(tree.error());
  EXPECT_EQ(tree->root().size, 1U);
}

TEST_F(SealedCoverageTest, IsProvedFromTheRecordThatSealedIt) {
  answer();
  small.engine->stop();  // signs a checkpoint
  const Read read(small);
  const auto shown = [&](std::string_view requirement) {
    const ledger::AdoptedRequirement& of = read.of(requirement);
    const auto made = prove_sealed(*sealed_tree(of), {of, UnitId{0}, merkle::SumSpan::Subtree},
                                   read.world.state, *read.reader);
    EXPECT_TRUE(made.ok()) << text_of(made.error());
    const auto checkpoint = merkle::read_unchecked(made->checkpoint);
    EXPECT_TRUE(checkpoint.ok());
    auto out = check(made->proof, *checkpoint);
    EXPECT_TRUE(out.ok()) << text_of(out.error());
    return *std::move(out);
  };
  const CoverageShown list = shown("list");
  EXPECT_EQ(list.seal.requirement, "list");
  EXPECT_EQ(list.seal.reason, SealReason::Adoption);
  const CoverageShown meeting = shown("meeting");
  EXPECT_EQ(meeting.seal.requirement, "meeting");
  EXPECT_NE(meeting.record, list.record);
}

TEST_F(SealedCoverageTest, AStateOfThenHoldsWhatHadBeenAnsweredThen) {
  const std::uint64_t size = small.stored_size();
  answer();
  const Read read(small);
  const auto status = [&](std::uint64_t records) {
    const auto state = state_at(records, read.world, *read.reader, small_readers());
    EXPECT_TRUE(state.ok());
    return state->programmes[0]->requirement("list")->coverage.status(0);
  };
  EXPECT_EQ(status(size), CoverageStatus::Open);
  EXPECT_EQ(status(small.stored_size()), CoverageStatus::Met);
}

TEST_F(SealedCoverageTest, AStateOfThenKnowsWhichRecordChangedItsTree) {
  const Read before(small);
  const ledger::OrgTree& tree = *before.world.state.tree;
  const std::uint64_t size = small.stored_size();
  ASSERT_TRUE(small
                  .set_up(ledger::ChangeUnits{"test",
                                              tree.from(UnitId{0}),
                                              {},
                                              {{UnitId{0}, ledger::ChangeKind::Recoded, "z", {}}},
                                              {}})
                  .ok());
  const Read read(small);
  const auto state = state_at(small.stored_size(), read.world, *read.reader, small_readers());
  ASSERT_TRUE(state.ok());
  EXPECT_EQ(state->tree->find_at(tree.code(UnitId{0}), Seq{size - 1}), UnitId{0});
  EXPECT_EQ(state->tree->history().edits().front().record, Seq{size});
}

TEST_F(SealedCoverageTest, ARootThatIsNotItsOwnIsFound) {
  answer();
  Hash wrong{};
  wrong.fill(7);
  const std::uint64_t position = small.stored_size();
  ASSERT_TRUE(small
                  .set_up(ledger::SealCoverage{"small", "list", SealReason::Daily,
                                               Read(small).list().changes, position, wrong})
                  .ok());
  EXPECT_EQ(text_of(Read(small).tree().error()),
            "coverage_root_differs position=" + std::to_string(position));
}

TEST_F(SealedCoverageTest, IsMadeOnceForAllWhoAsk) {
  SealedTrees trees;
  const auto first = trees.of(Read(small).list());
  ASSERT_TRUE(first.ok());
  answer();
  const auto again = trees.of(Read(small).list());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(first->get(), again->get());
}

// Below the root a county with two townships, of one of which a village, and another county.
ledger::RegisterUnits town() {
  using ledger::UnitKind;
  const Day from{0};
  return {"test",
          {{"1", "甲县", UnitId{0}, UnitKind::County, false, from, {}},
           {"11", "甲乡", UnitId{1}, UnitKind::Township, false, from, {}},
           {"111", "甲村", UnitId{2}, UnitKind::Village, false, from, {}},
           {"12", "乙乡", UnitId{1}, UnitKind::Township, false, from, {}},
           {"2", "丙县", UnitId{0}, UnitKind::County, false, from, {}}},
          {}};
}

// Renamed and recoded, moved, ended for another, and a new unit with a code of before.
ledger::ChangeUnits changes_from(Day day) {
  using enum ledger::ChangeKind;
  return {"test",
          day,
          {{"12", "丁乡", UnitId{5}, ledger::UnitKind::Township, false, day, {}}},
          {{UnitId{1}, Renamed, "甲市", {}},
           {UnitId{1}, Recoded, "9", {}},
           {UnitId{3}, Moved, {}, UnitId{5}},
           {UnitId{2}, Ended, {}, {}},
           {UnitId{2}, Succeeded, {}, UnitId{5}},
           {UnitId{4}, Recoded, "22", {}},
           {UnitId{4}, Moved, {}, UnitId{5}}},
          {}};
}

TEST(SealedCoverage, OutlastsEveryChangeOfTheTree) {
  SmallEngine small;
  ASSERT_TRUE(small.set_up(town()).ok());
  ASSERT_TRUE(small.set_up(ledger::AdoptProgramme{"1"}).ok());
  ASSERT_TRUE(seal_due(*small.engine, small.clock.now()).ok());
  const auto leaves = [&] {
    const auto tree = Read(small).tree();
    EXPECT_TRUE(tree.ok());
    std::string out;
    for (std::uint32_t at = 0; at < tree->root().size; ++at)
      out += merkle::to_text(tree->leaf(at)) + "\n";
    return out;
  };
  const std::string before = leaves();
  const Hash digest = Read(small).list().seals.back().digest;
  const auto changed = small.set_up(changes_from(day_of(small.clock.now(), {})));
  ASSERT_TRUE(changed.ok()) << text_of(changed.error());
  EXPECT_EQ(leaves(), before);
  small.clock.advance(std::int64_t{86'400'000'000});
  ASSERT_EQ(*seal_due(*small.engine, small.clock.now()), 2U);
  small.open();
  const Read read(small);
  ASSERT_EQ(read.list().seals.size(), 2U);
  EXPECT_EQ(read.list().seals.back().digest, digest);
  EXPECT_EQ(leaves(), before);
  const auto shown = [&](UnitId unit) -> Result<CoverageShown> {
    const merkle::SumTree tree = TZ_TRY(read.tree());
    const auto made = TZ_TRY(prove_sealed(tree, {read.list(), unit, merkle::SumSpan::Subtree},
                                          read.world.state, *read.reader));
    const auto checkpoint = TZ_TRY(merkle::read_unchecked(made.checkpoint));
    return check(made.proof, checkpoint);
  };
  const auto county = shown(UnitId{1});
  ASSERT_TRUE(county.ok()) << text_of(county.error());
  EXPECT_EQ(county->leaf.unit_code, "1");
  EXPECT_EQ(county->leaf.subtree, 4U);
  const auto ended = shown(UnitId{2});
  ASSERT_TRUE(ended.ok()) << text_of(ended.error());
  EXPECT_EQ(ended->leaf.unit_code, "11");
  EXPECT_EQ(ended->leaf.subtree, 2U);
  EXPECT_EQ(text_of(shown(UnitId{6}).error()), "coverage_unit_later unit=12");
  EXPECT_TRUE(small.verify().findings.empty());
}

}  // namespace
}  // namespace tz::engine
