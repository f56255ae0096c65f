// What flows of several units, several persons and later looks must keep: a small sound flow, and
// one damage at a time.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "ledger/small_flow_test.h"

namespace tz::ledger {
namespace {

constexpr std::uint16_t kListed = 0;
constexpr std::uint16_t kWorking = 1;
constexpr std::uint16_t kClosed = 2;
// Transitions by their places.
constexpr std::uint16_t kAssign = 0;
constexpr std::uint16_t kSplit = 1;
constexpr std::uint16_t kEnd = 2;
constexpr std::uint16_t kLook = 3;

// assign, split, end, look: listed -> working -> working -> closed, which is looked at again.
Flow shared_flow() {
  Flow flow;
  flow.kind = "matter";
  flow.opened_by = {{Role::Recorder, Relation::Scope}};
  flow.sources = {"letter"};
  flow.states = {{"listed", {}, Phase::Listed},
                 {"working", {}, Phase::Working},
                 {"closed", {}, Phase::Closed}};
  flow.outcomes = {{"done", {}, false}, {"excluded", {}, false}};
  Transition split = move("split", {kWorking}, 0, Act::Split);
  split.stays = true;
  Transition end = move("end", {kWorking}, kClosed, Act::Close);
  end.guards = {{GuardKind::SharesClosed, 0}};
  Transition look = move("look", {kClosed}, kClosed, Act::LookBack);
  look.to_if_unsatisfied = kWorking;
  look.guards = {{GuardKind::Independent, 0}, {GuardKind::CheckersMin, 2}};
  flow.transitions = {move("assign", {kListed}, kWorking, Act::Assign), split, end, look};
  return flow;
}

TEST(FlowShares, ASoundOneIsAccepted) { EXPECT_EQ(shown(shared_flow()), ""); }

TEST(FlowShares, WhatIsSharedOutEndsOnlyWithItsShares) {
  Flow flow = shared_flow();
  flow.transitions[kEnd].guards.clear();
  EXPECT_EQ(shown(flow), "flow_act_needs@end ");
  flow = shared_flow();
  flow.transitions.erase(flow.transitions.begin() + kSplit);
  EXPECT_EQ(shown(flow), "flow_guard_never@end ") << "nothing is ever shared out";
}

TEST(FlowLookBacks, AreOfWhatIsClosedByTwoWhoAreIndependent) {
  for (const std::size_t guard : {std::size_t{0}, std::size_t{1}}) {
    Flow flow = shared_flow();
    auto& guards = flow.transitions[kLook].guards;
    guards.erase(guards.begin() + static_cast<std::ptrdiff_t>(guard));
    EXPECT_EQ(shown(flow), "flow_act_needs@look ");
  }
  Flow nowhere = shared_flow();
  nowhere.transitions[kLook].to_if_unsatisfied.reset();
  EXPECT_EQ(shown(nowhere), "flow_act_needs@look ");
  Flow open = shared_flow();
  open.transitions[kLook].from = {kWorking};
  EXPECT_EQ(shown(open), "flow_phase_wrong@look ");
  Flow stays_closed = shared_flow();
  stays_closed.transitions[kLook].to_if_unsatisfied = kClosed;
  EXPECT_EQ(shown(stays_closed), "flow_phase_wrong@look ");
}

TEST(FlowOutcomes, OfAStepAreOfTheFlowAndOfStepsThatClose) {
  Flow flow = shared_flow();
  flow.transitions[kEnd].outcomes = {1};
  EXPECT_EQ(shown(flow), "");
  EXPECT_TRUE(flow.transitions[kEnd].ends_with(1));
  EXPECT_FALSE(flow.transitions[kEnd].ends_with(0));
  flow.transitions[kEnd].outcomes = {9};
  EXPECT_EQ(shown(flow), "flow_outcome_unknown@end ");
  flow = shared_flow();
  flow.transitions[kAssign].outcomes = {0};
  EXPECT_EQ(shown(flow), "flow_act_needs@assign ");
}

// A step that can never say "fixed" needs no check before it; one that can does.
TEST(FlowOutcomes, OnlyStepsThatMaySayFixedNeedTheCheck) {
  Flow flow = shared_flow();
  flow.outcomes.push_back({"fixed", {}, true});
  EXPECT_EQ(shown(flow), "flow_fixed_unverified@end ");
  flow.transitions[kEnd].outcomes = {0, 1};
  EXPECT_EQ(shown(flow), "");
}

TEST(FlowPersons, AStepOfOthersNamesAStepThatThereIs) {
  Flow flow = shared_flow();
  auto& guards = flow.transitions[kEnd].guards;
  guards.push_back({GuardKind::OtherThan, kSplit});
  guards.push_back({GuardKind::OtherThan, kAssign});
  EXPECT_EQ(shown(flow), "") << "several may be named";
  EXPECT_TRUE(flow.asks_who_took(kSplit));
  EXPECT_FALSE(flow.asks_who_took(kEnd));
  guards.push_back({GuardKind::OtherThan, kAssign});
  EXPECT_EQ(shown(flow), "flow_guard_duplicate@end ");
  guards.back().number = 99;
  EXPECT_EQ(shown(flow), "flow_guard_never@end ");
}

TEST(FlowClosed, IsPutAwayAndNothingElse) {
  Flow flow = shared_flow();
  flow.states.push_back({"archived", {}, Phase::Closed});
  flow.transitions.push_back(move("archive", {kClosed}, 3, Act::Move));
  EXPECT_EQ(shown(flow), "");
  flow.transitions.back().to = kWorking;
  EXPECT_EQ(shown(flow), "flow_phase_wrong@archive flow_state_unreachable@archived ");
}

}  // namespace
}  // namespace tz::ledger
