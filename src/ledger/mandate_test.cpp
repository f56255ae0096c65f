// What mandates reach is what one finds by asking of every unit by itself, over made towns.
#include "ledger/mandate.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "ledger/interval.h"

namespace tz::ledger {
namespace {

constexpr Day kToday{18'147};

std::uint32_t below(Random& random, std::uint64_t count) {
  return static_cast<std::uint32_t>(random.next_u64() % count);
}

// Some units are areas; lines of all sorts lead anywhere, some of them on other days.
std::shared_ptr<const OrgTree> made_tree(Random& random) {
  const std::uint32_t units = 1 + below(random, 30);
  std::vector<UnitRow> rows;
  for (std::uint32_t i = 0; i < units; ++i) {
    const bool area = i > 0 && below(random, 6) == 0;
    rows.push_back({"u" + std::to_string(i),
                    "unit",
                    UnitId{i == 0 ? 0 : below(random, i)},
                    area ? UnitKind::Area : UnitKind::Agency,
                    false,
                    Day{17'000},
                    {}});
  }
  std::vector<LineEdge> edges;
  for (std::uint32_t i = below(random, 12); i > 0; --i) {
    const UnitId unit{below(random, units)};
    const UnitId superior{below(random, units)};
    const bool area = rows[superior.value].kind == UnitKind::Area;
    const auto line = area ? LineKind::Area : static_cast<LineKind>(below(random, 2));
    const Day from{kToday.number - 20 + static_cast<std::int32_t>(below(random, 30))};
    // Areas within areas lead on to earlier ones, so that none holds itself.
    if (unit != superior && (!area || unit < superior))
      edges.push_back({unit, superior, line, from, {}});
  }
  auto tree = std::make_shared<OrgTree>();
  tree->add_units(rows);
  tree->add_lines(edges);
  return tree;
}

State made_town(Random& random) {
  State state;
  state.tree = made_tree(random);
  state.kinds = {"problem", "hazard"};
  const auto units = static_cast<std::uint64_t>(state.tree->size());
  for (std::uint64_t account = 1; account <= 4; ++account) state.accounts.add({account});
  for (std::uint64_t id = 1; id <= 8; ++id) {
    Post post{PostId{id},
              AccountId{1 + below(random, 4)},
              UnitId{below(random, units)},
              Role::Verifier,
              Day{17'000},
              {}};
    // Left yesterday, or long ago.
    if (below(random, 3) == 0) post.to = Day{kToday.number - 1};
    if (below(random, 5) == 0) post.to = Day{kToday.number - 2000};
    add_post(state, post);
  }
  for (std::uint32_t i = below(random, 4); i > 0; --i) {
    WorkGroup group;
    for (std::uint32_t n = below(random, 4); n > 0; --n)
      group.members.push_back(PostId{1 + below(random, 8)});
    for (std::uint32_t n = below(random, 3); n > 0; --n)
      group.units.push_back(UnitId{below(random, units)});
    if (below(random, 3) > 0) group.kinds.push_back(below(random, 2) == 0 ? "problem" : "hazard");
    if (below(random, 3) == 0) group.requirements.push_back({"p", "r"});
    group.from = Day{kToday.number - 5 + static_cast<std::int32_t>(below(random, 7))};
    group.to = Day{group.from.number + static_cast<std::int32_t>(below(random, 9))};
    state.work_groups.add(std::make_shared<const WorkGroup>(std::move(group)));
  }
  return state;
}

bool slow_covers(const OrgTree& tree, UnitId of, UnitId unit, Day day) {
  if (tree.within(unit, of)) return true;
  if (tree.kind(of) != UnitKind::Area) return false;
  for (const LineEdge& edge : tree.lines())
    if (edge.superior == of && edge.line == LineKind::Area && edge.from <= day &&
        slow_covers(tree, edge.unit, unit, day))
      return true;
  return false;
}

bool slow_covers(const State& state, const WorkGroup& group, UnitId unit) {
  for (const UnitId of : group.units)
    if (slow_covers(*state.tree, of, unit, group.from)) return true;
  return false;
}

// A unit of his own, or one of the last three years, is covered and too close to that unit.
bool slow_recused(const State& state, const WorkGroup& group, AccountId account, UnitId unit) {
  for (const Post& post : state.posts) {
    const bool his =
        post.account == account && (!post.to || kToday.number - post.to->number <= 3 * 366);
    if (his && slow_covers(state, group, post.unit) &&
        (state.tree->below_on_any_edge(unit, post.unit, kToday) ||
         state.tree->below_on_any_edge(post.unit, unit, kToday)))
      return true;
  }
  return false;
}

bool slow_mandate(const State& state, const Post& post, UnitId unit, const std::string& kind) {
  for (const auto& group : state.work_groups)
    if (group->from <= kToday && kToday <= group->to && group->has(post.id) &&
        group->has_kind(kind) && slow_covers(state, *group, unit) &&
        !slow_recused(state, *group, post.account, unit))
      return true;
  return false;
}

TEST(Mandate, ReachesWhatEveryUnitByItselfSays) {
  std::size_t reached = 0;
  std::size_t recused = 0;
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    SeededRandom random(seed);
    const State state = made_town(random);
    for (const Post& post : state.posts)
      for (std::uint32_t u = 0; u < state.tree->size(); ++u)
        for (std::uint8_t kind = 0; kind < 2; ++kind) {
          const bool slow = slow_mandate(state, post, UnitId{u}, state.kinds[kind]);
          ASSERT_EQ(mandate_of(state, post, UnitId{u}, {kind}, kToday).has_value(), slow)
              << "seed " << seed << " post " << post.id.value << " unit " << u;
          reached += slow ? 1 : 0;
        }
    for (const auto& group : state.work_groups)
      for (std::uint32_t u = 0; u < state.tree->size(); ++u)
        recused += slow_recused(state, *group, AccountId{1}, UnitId{u}) ? 1 : 0;
  }
  EXPECT_GT(reached, 1'000U);
  EXPECT_GT(recused, 1'000U);
}

TEST(Mandate, KeepsFromTheSuccessorOfAUnitOfOnesOwn) {
  const UnitId once{2};
  const UnitId successor{3};
  OrgTree tree;
  tree.add_units(std::vector<UnitRow>{{"0", "n", UnitId{0}, UnitKind::Nation, false, Day{1}, {}},
                                      {"1", "p", UnitId{0}, UnitKind::Province, false, Day{1}, {}},
                                      {"2", "c", UnitId{1}, UnitKind::County, false, Day{1}, {}},
                                      {"3", "d", UnitId{1}, UnitKind::County, false, Day{1}, {}}});
  State state;
  state.kinds = {"problem"};
  state.accounts = {AccountId{1}};
  add_post(state, {PostId{1}, AccountId{1}, once, Role::Verifier, Day{1}, {}});
  WorkGroup group;
  group.members = {PostId{1}};
  group.units = {UnitId{1}};
  group.kinds = {"problem"};
  group.from = group.to = kToday;
  state.work_groups = {std::make_shared<const WorkGroup>(group)};
  const auto reached = [&] {
    return mandate_of(state, *state.post(PostId{1}), successor, {0}, kToday).has_value();
  };
  state.tree = std::make_shared<const OrgTree>(tree);
  EXPECT_TRUE(reached());
  tree.change_units(std::vector<UnitChange>{{once, ChangeKind::Ended, {}, {}},
                                            {once, ChangeKind::Succeeded, {}, successor}},
                    kToday, Seq{1});
  tree.settle();
  state.tree = std::make_shared<const OrgTree>(tree);
  EXPECT_FALSE(reached());
}

// A group over county 2, which goes into county 3: of a province that is not sent to.
class AfterAMerger : public testing::Test {
 protected:
  AfterAMerger() {
    tree_.add_units(
        std::vector<UnitRow>{{"0", "n", UnitId{0}, UnitKind::Nation, false, Day{1}, {}},
                             {"1", "p", UnitId{0}, UnitKind::Province, false, Day{1}, {}},
                             {"2", "c", UnitId{0}, UnitKind::County, false, Day{1}, {}},
                             {"3", "d", UnitId{0}, UnitKind::County, false, Day{1}, {}}});
    state_.kinds = {"problem"};
    Flow flow;
    flow.kind = "problem";
    flow.states = {{"registered", {}, Phase::Listed}};
    state_.flows = {std::make_shared<const Flow>(std::move(flow))};
    state_.accounts = {AccountId{1}};
    add_post(state_, {PostId{1}, AccountId{1}, UnitId{1}, Role::Verifier, Day{1}, {}});
    send(Day{kToday.number - 1});
    tree_.change_units(std::vector<UnitChange>{{UnitId{2}, ChangeKind::Ended, {}, {}},
                                               {UnitId{2}, ChangeKind::Succeeded, {}, UnitId{3}}},
                       kToday, Seq{1});
    tree_.settle();
    state_.tree = std::make_shared<const OrgTree>(tree_);
  }
  void send(Day from) {
    WorkGroup group;
    group.members = {PostId{1}};
    group.units = {UnitId{2}};
    group.kinds = {"problem"};
    group.from = from;
    group.to = Day{kToday.number + 9};
    state_.work_groups = {std::make_shared<const WorkGroup>(group)};
  }
  [[nodiscard]] bool reached(std::uint32_t place) const {
    Item item;
    item.no = ItemNo{1};
    item.place = UnitId{place};
    return mandated(state_, *state_.post(PostId{1}), item, kToday);
  }

  OrgTree tree_;
  State state_;
};

TEST_F(AfterAMerger, WhatWasThereStaysInTheMandateAndNothingElseComesIn) {
  EXPECT_TRUE(reached(2));
  EXPECT_FALSE(reached(3));
  EXPECT_FALSE(mandate_of(state_, *state_.post(PostId{1}), UnitId{3}, {0}, kToday).has_value());
  const WorkGroup& group = *state_.work_groups[0];
  const std::vector<Interval> where = reach_of(state_, group, AccountId{1}, kToday);
  EXPECT_TRUE(reaches(state_, group, where, UnitId{3}, kToday)) << "to look at it, it is gone to";
  EXPECT_FALSE(reaches(state_, group, where, UnitId{1}, kToday));
}

TEST_F(AfterAMerger, AMandateThatBeganLaterHasNothingOfIt) {
  send(kToday);
  EXPECT_FALSE(reached(2));
}

TEST_F(AfterAMerger, WhoIsOfTheSuccessorStandsAside) {
  add_post(state_, {PostId{2}, AccountId{1}, UnitId{3}, Role::Verifier, Day{1}, {}});
  EXPECT_FALSE(reached(2));
}

// Of what is about no kind and no requirement nothing is reached, nor in somebody's place.
TEST(Mandate, GivesNothingBeyondItsMatters) {
  State state;
  auto tree = std::make_shared<OrgTree>();
  tree->add_units(
      std::vector<UnitRow>{{"0", "n", UnitId{0}, UnitKind::Nation, false, Day{1}, {}},
                           {"1", "p", UnitId{0}, UnitKind::Province, false, Day{1}, {}},
                           {"2", "q", UnitId{0}, UnitKind::Province, false, Day{1}, {}}});
  state.tree = tree;
  state.kinds = {"problem"};
  state.accounts = {AccountId{1}, AccountId{2}};
  add_post(state, {PostId{1}, AccountId{1}, UnitId{2}, Role::Verifier, Day{1}, {}});
  Post acting{PostId{2}, AccountId{2}, UnitId{2}, Role::Verifier, Day{1}, kToday};
  acting.acting = Post::Acting{PostId{1}, AccountId{1}, PostId{1}};
  add_post(state, acting);
  WorkGroup group;
  group.members = {PostId{1}, PostId{2}};
  group.units = {UnitId{1}};
  group.requirements = {{"p", "r"}};
  group.from = group.to = kToday;
  state.work_groups = {std::make_shared<const WorkGroup>(group)};
  const auto reached = [&](std::uint64_t post, const Matter& about, Day day = kToday) {
    return mandate_of(state, *state.post(PostId{post}), UnitId{1}, about, day).has_value();
  };
  EXPECT_TRUE(reached(1, {{}, "p", "r"}));
  EXPECT_FALSE(reached(1, {{}, "p", "other"}));
  EXPECT_FALSE(reached(1, {0}));
  EXPECT_FALSE(reached(1, {}));
  EXPECT_FALSE(reached(2, {{}, "p", "r"}));
  EXPECT_FALSE(reached(1, {{}, "p", "r"}, Day{kToday.number + 1}));
  EXPECT_FALSE(reached(1, {{}, "p", "r"}, Day{kToday.number - 1}));
}

}  // namespace
}  // namespace tz::ledger
