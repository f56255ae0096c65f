// Which steps wait for somebody and which are only open to him.
#include "ledger/waiting.h"

#include <gtest/gtest.h>

namespace tz::ledger {
namespace {

// States 0 listed, 1 working, 2 closed, 3 suspended, 4 dropped, 5 disputed.
Flow small_flow() {
  Flow flow;
  for (const Phase phase : {Phase::Listed, Phase::Working, Phase::Closed, Phase::Suspended,
                            Phase::Dropped, Phase::Disputed})
    flow.states.push_back({std::string(to_text(phase)), {}, phase});
  return flow;
}

bool moves(Act act, std::uint16_t from, std::uint16_t to) {
  Transition transition;
  transition.act = act;
  transition.from = {from};
  transition.to = to;
  return moves_on(small_flow(), transition, from);
}

TEST(Waiting, IsForWhatBringsAnItemNearerToItsEnd) {
  EXPECT_TRUE(moves(Act::Assign, 0, 1));
  EXPECT_TRUE(moves(Act::Assign, 5, 1)) << "an objection is to be answered";
  EXPECT_TRUE(moves(Act::Report, 1, 1));
  EXPECT_TRUE(moves(Act::Move, 1, 2));
  EXPECT_TRUE(moves(Act::Move, 3, 1)) << "what is suspended is to be resumed";
  EXPECT_TRUE(moves(Act::Close, 1, 2));
  EXPECT_TRUE(moves(Act::Judge, 2, 2));
}

TEST(Waiting, IsNotForWhatIsAlwaysOpenToSomebody) {
  EXPECT_FALSE(moves(Act::Assign, 1, 1)) << "handing on what is in hand";
  for (const unsigned to : {3U, 4U, 5U})
    EXPECT_FALSE(moves(Act::Move, 1, static_cast<std::uint16_t>(to))) << to;
  EXPECT_FALSE(moves(Act::Move, 1, 1));
  for (const Act act : {Act::Return, Act::Reopen, Act::Merge, Act::Extend})
    EXPECT_FALSE(moves(act, 1, 2)) << to_text(act);
}

// Somebody independent may find it at any time: he need not.
TEST(Waiting, IsNotForWhatTakesOutOrCannotBeMet) {
  Flow flow = small_flow();
  flow.outcomes = {{"done", {}},
                   {"excluded", {}, false, true},
                   {"cannot_be_met", {}, false, false, false, true}};
  Transition close;
  close.act = Act::Close;
  close.from = {1};
  close.to = 2;
  for (std::uint16_t outcome = 0; outcome < 3; ++outcome) {
    close.outcomes = {outcome};
    EXPECT_EQ(moves_on(flow, close, 1), outcome == 0) << flow.outcomes[outcome].id;
  }
}

TEST(Waiting, IsLookedForInTheStatesOfARole) {
  auto flow = std::make_shared<Flow>(small_flow());
  Transition assign;
  assign.act = Act::Assign;
  assign.from = {0, 1, 5};
  assign.to = 1;
  assign.who = {{Role::Supervisor, Relation::Scope}};
  Transition report;
  report.act = Act::Report;
  report.from = {1};
  report.to = 1;
  report.who = {{Role::Responsible, Relation::Fixer}, {Role::Supervisor, Relation::Scope}};
  flow->transitions = {assign, report, assign};
  State state;
  state.flows = {flow};
  using States = std::vector<std::pair<std::uint16_t, std::uint16_t>>;
  EXPECT_EQ(states_that_wait(state, Role::Supervisor), (States{{0, 0}, {0, 1}, {0, 5}}));
  EXPECT_EQ(states_that_wait(state, Role::Responsible), (States{{0, 1}}));
  EXPECT_EQ(states_that_wait(state, Role::Verifier), States{});
}

// What is asked only once a deadline is over is looked for among what is past it.
TEST(Waiting, OfWhatIsAskedAfterADeadlineIsLookedForAmongWhatIsPastIt) {
  auto flow = std::make_shared<Flow>(small_flow());
  Transition judge;
  judge.act = Act::Judge;
  judge.from = {0, 1};
  judge.stays = true;
  judge.who = {{Role::Recorder, Relation::Scope}};
  judge.guards = {{GuardKind::DeadlineOver, 0}};
  Transition ask = judge;
  ask.act = Act::AskDrawn;
  ask.from = {1, 2};
  ask.guards.clear();
  Transition abstract = judge;
  abstract.act = Act::Abstract;
  abstract.from = {0};
  abstract.guards.clear();
  flow->transitions = {judge, ask, abstract};
  State state;
  state.flows = {flow};
  using States = std::vector<std::pair<std::uint16_t, std::uint16_t>>;
  EXPECT_EQ(states_that_wait(state, Role::Recorder), (States{{0, 0}, {0, 2}}));
  EXPECT_EQ(states_that_wait(state, Role::Recorder, WaitsFrom::Deadline), (States{{0, 1}}));
}

}  // namespace
}  // namespace tz::ledger
