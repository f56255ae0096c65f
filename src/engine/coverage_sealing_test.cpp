// What is sealed is how every unit stands, and it is sealed when it is due.
#include "engine/coverage_sealing.h"

#include <gtest/gtest.h>

#include <map>

#include "engine/coverage_tree_test.h"
#include "engine/small_engine_test.h"
#include "ledger/small_programme_test.h"
#include "merkle/slow_tree_test.h"

namespace tz::engine {
namespace {

using ledger::CoverageStatus;
using ledger::day;
using ledger::SealReason;

TEST(CoverageTree, IsTheOneMadeUnitByUnit) {
  SeededRandom random(merkle::test_seed());
  for (const std::uint32_t size : {1U, 2U, 7U, 60U, 61U, 200U}) {
    const ledger::AdoptedRequirement of = random_requirement(random, size);
    const auto tree = coverage_tree(of);
    ASSERT_TRUE(tree.ok()) << text_of(tree.error());
    const merkle::SlowSumTree slow(tree->root().grid, slow_leaves(of));
    for (std::uint32_t at = 0; at < size; ++at) ASSERT_EQ(tree->leaf(at), slow.leaves()[at]) << at;
    ASSERT_EQ(merkle::root_digest(tree->root()), slow.digest());
  }
}

TEST(CoverageTree, CountsWhatTheCoverageCounts) {
  SeededRandom random(merkle::test_seed());
  const ledger::AdoptedRequirement of = random_requirement(random, 500);
  const merkle::SumTree tree = *coverage_tree(of);
  const merkle::SumGrid grid = tree.root().grid;
  const ledger::CoverageCounts counts = of.coverage.counts({0, 500});
  const auto sealed = [&](CoverageStatus status) {
    std::uint32_t sum = 0;
    for (std::uint8_t tier = 1; tier <= grid.tiers; ++tier)
      sum += tree.root().node.counts[merkle::tier_cell(grid, tier, sealed_status(status))];
    return sum;
  };
  EXPECT_EQ(sealed(CoverageStatus::Met), counts.of(CoverageStatus::Met));
  EXPECT_EQ(sealed(CoverageStatus::Late), counts.of(CoverageStatus::Late));
  EXPECT_EQ(sealed(CoverageStatus::Exempt), counts.of(CoverageStatus::Exempt));
  EXPECT_EQ(sealed(CoverageStatus::NoneChecked), counts.of(CoverageStatus::NoneChecked));
  EXPECT_EQ(sealed(CoverageStatus::Open), counts.asked() - counts.covered());
}

// An answer that can never be sealed would be one that nobody can prove.
TEST(CoverageTree, HasRoomForWhateverIsAdopted) {
  EXPECT_LE(merkle::worst_bytes({ledger::kSealedTiersMax, 0, 5}, 1'000'000), merkle::kSumBytesMax);
}

// A state with the small programme, of which every requirement was sealed on that day.
ledger::State sealed_on(std::optional<Day> sealed) {
  ledger::State state;
  const std::vector<ledger::UnitRow> rows = {
      {"0", "全国", UnitId{0}, ledger::UnitKind::Nation, false, Day{0}, {}}};
  auto tree = std::make_shared<ledger::OrgTree>();
  tree->add_units(rows);
  auto programme =
      ledger::with_version({}, std::make_shared<const ledger::Programme>(ledger::sound_programme()),
                           tree, day("2019-06-01"));
  if (sealed)
    for (ledger::SharedRequirement& one : programme.requirements)
      one.write().seals.push_back({1, *sealed, SealReason::Daily, {}});
  state.programmes = {std::make_shared<const ledger::AdoptedProgramme>(programme)};
  return state;
}

std::string due_on(const ledger::State& state, std::string_view today) {
  std::map<std::string, int> counts;
  for (const SealDue& one : seals_due(state, day(today)))
    ++counts[std::string(ledger::to_text(one.reason))];
  std::string out;
  for (const auto& [reason, count] : counts) out += reason + " " + std::to_string(count) + " ";
  return out;
}

// The last days are 2019-08-31 and 2019-11-30; with the second the programme is over.
TEST(SealsDue, AtAdoptionAfterEachDeadlineAndDailyWhileOpen) {
  EXPECT_EQ(due_on(sealed_on({}), "2019-06-01"), "adoption 5 ");
  const ledger::State sealed = sealed_on(day("2019-06-10"));
  EXPECT_EQ(due_on(sealed, "2019-06-10"), "");
  EXPECT_EQ(due_on(sealed, "2019-06-11"), "daily 5 ");
  EXPECT_EQ(due_on(sealed, "2019-08-31"), "daily 5 ") << "a gap of many days is one seal";
  EXPECT_EQ(due_on(sealed, "2019-09-01"), "deadline 5 ");
  EXPECT_EQ(due_on(sealed, "2020-02-01"), "deadline 5 ") << "two deadlines in one gap are one";
  EXPECT_EQ(due_on(sealed_on(day("2019-08-31")), "2019-09-01"), "deadline 5 ");
  EXPECT_EQ(due_on(sealed_on(day("2019-09-01")), "2019-09-02"), "daily 5 ");
  EXPECT_EQ(due_on(sealed_on(day("2019-12-01")), "2019-12-02"), "") << "it is over";
}

TEST(SealsDue, WhatIsDroppedIsNotSealedAnyMore) {
  ledger::State state = sealed_on(day("2019-06-10"));
  auto changed = std::make_shared<ledger::AdoptedProgramme>(*state.programmes[0]);
  changed->requirements[1].write().dropped = true;
  state.programmes[0] = changed;
  EXPECT_EQ(due_on(state, "2019-06-11"), "daily 4 ");
}

// The one unit of the small engine is asked for two things until 2019-10-31.
class Sealing : public testing::Test {
 protected:
  Sealing() { EXPECT_TRUE(small.set_up(ledger::AdoptProgramme{"1"}).ok()); }

  std::size_t seal() {
    const auto count = seal_due(*small.engine, small.clock.now());
    EXPECT_TRUE(count.ok()) << text_of(count.error());
    return count.ok() ? *count : 0;
  }
  Result<Receipt> answer() {
    ledger::AnswerRequirement command;
    command.programme = "small";
    command.requirement = "list";
    command.units = {UnitId{0}};
    command.text = "名册已报送";
    return small.engine->submit_and_wait({command, {kRecorder, {}}, {}, {}});
  }
  void later(int days) { small.clock.advance(std::int64_t{86'400'000'000} * days); }
  [[nodiscard]] ledger::AdoptedRequirement list() const {
    return *small.engine->published().state->programmes[0]->requirement("list");
  }

  SmallEngine small;
};

TEST_F(Sealing, EachDayOnceAndAfterAGapOnce) {
  EXPECT_EQ(seal(), 2U);
  EXPECT_EQ(seal(), 0U);
  later(1);
  EXPECT_EQ(seal(), 2U);
  later(9);
  EXPECT_EQ(seal(), 2U);
  EXPECT_EQ(seal(), 0U);
  EXPECT_EQ(list().seals.size(), 3U);
  later(60);
  EXPECT_EQ(seal(), 2U);
  EXPECT_EQ(list().seals.back().reason, SealReason::Deadline);
  later(1);
  EXPECT_EQ(seal(), 0U) << "it is over";
  EXPECT_TRUE(small.verify().findings.empty());
}

TEST_F(Sealing, WhatAnAnswerOvertookIsMadeAnew) {
  const ledger::AdoptedRequirement before = list();
  ledger::SealCoverage late{"small",
                            "list",
                            SealReason::Adoption,
                            before.changes,
                            small.stored_size(),
                            merkle::root_digest(coverage_tree(before)->root())};
  ASSERT_TRUE(answer().ok());
  EXPECT_EQ(text_of(small.set_up(late).error()), "coverage_moved");
  EXPECT_EQ(seal(), 2U);
  EXPECT_EQ(list().seals.back().digest, merkle::root_digest(coverage_tree(list())->root()));
  EXPECT_NE(list().seals.back().digest, late.digest);
}

// Replay and snapshot come to the same without the key of any text.
TEST_F(Sealing, ReplayComesToTheSameCoverage) {
  seal();
  ASSERT_TRUE(answer().ok());
  later(1);
  seal();
  const ledger::AdoptedRequirement before = list();
  World world;
  const auto reader = small.journal->open_reader();
  world.ledger_id = *ledger_id_of(*read_genesis(**reader));
  ASSERT_TRUE(catch_up(world, **reader, small.stored_size(), small_readers()).ok());
  const ledger::AdoptedRequirement& after = *world.state.programmes[0]->requirement("list");
  EXPECT_EQ(after.coverage.status(0), CoverageStatus::Met);
  EXPECT_EQ(after.coverage.since(0), before.coverage.since(0));
  EXPECT_EQ(after.seals, before.seals);
  EXPECT_EQ(after.changes, before.changes);
  small.open();
  EXPECT_EQ(list().seals, before.seals);
}

TEST_F(Sealing, ARootThatIsNotOfTheCoverageIsFound) {
  ASSERT_TRUE(answer().ok());
  Hash wrong{};
  wrong.fill(7);
  const std::uint64_t seq = small.stored_size();
  ASSERT_TRUE(small
                  .set_up(ledger::SealCoverage{"small", "list", SealReason::Daily, list().changes,
                                               seq, wrong})
                  .ok());
  small.close();
  small.open();
  const VerifyReport report = small.verify();
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].code, "coverage_root_wrong");
  const Facts facts = {{"seq", std::to_string(seq)}};
  EXPECT_EQ(report.findings[0].facts, facts);
}

}  // namespace
}  // namespace tz::engine
