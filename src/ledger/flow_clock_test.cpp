// What a flow's clocks must keep: a small sound flow, and one damage at a time.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "ledger/small_flow_test.h"

namespace tz::ledger {
namespace {

constexpr std::uint16_t kListed = 0;
constexpr std::uint16_t kWorking = 1;
constexpr std::uint16_t kResting = 2;
constexpr std::uint16_t kClosed = 3;
// Transitions by their places.
constexpr std::uint16_t kTake = 0;
constexpr std::uint16_t kEnd = 1;

// take: listed -> working; end: working -> closed; rest and wake in between; prolong stays.
Flow clocked_flow() {
  Flow flow;
  flow.kind = "petition";
  flow.opened_by = {{Role::Recorder, Relation::Scope}};
  flow.sources = {"letter"};
  flow.states = {{"listed", {}, Phase::Listed},
                 {"working", {}, Phase::Working},
                 {"resting", {}, Phase::Suspended},
                 {"closed", {}, Phase::Closed}};
  flow.outcomes = {{"done", {}, false}};
  Transition prolong = move("prolong", {kWorking}, 0, Act::Prolong);
  prolong.stays = true;
  prolong.clock = 0;
  flow.transitions = {move("take", {kListed}, kWorking, Act::Move),
                      move("end", {kWorking}, kClosed, Act::Close),
                      move("rest", {kWorking}, kResting, Act::Move),
                      move("wake", {kResting}, kWorking, Act::Move), prolong};
  FlowClock clock;
  clock.id = "handle";
  clock.rule = "petition.handle";
  clock.starts = {kTake};
  clock.stops = {kEnd};
  clock.stands_still = {kResting};
  clock.owner = {{Role::Responsible, Relation::Fixer}};
  flow.clocks = {clock};
  return flow;
}

TEST(FlowClocks, AreFoundByTheirIdsAndKnowWhatTurnsThem) {
  const Flow flow = clocked_flow();
  EXPECT_EQ(flow.clock("handle"), 0);
  EXPECT_FALSE(flow.clock("other"));
  EXPECT_EQ(flow.transition_index("end"), kEnd);
  const FlowClock& clock = flow.clocks.front();
  EXPECT_TRUE(clock.started_by(kTake) && !clock.started_by(kEnd));
  EXPECT_TRUE(clock.stopped_by(kEnd) && !clock.stopped_by(kTake));
  EXPECT_TRUE(clock.still_in(kResting) && !clock.still_in(kWorking));
}

TEST(FlowClocks, MayHoldForSomeSourcesFromTheDayOfFeedback) {
  Flow flow = clocked_flow();
  flow.clocks[0].starts.clear();
  flow.clocks[0].from_feedback = true;
  flow.clocks[0].sources = {0};
  EXPECT_TRUE(check(flow).empty());
  EXPECT_TRUE(flow.clocks[0].holds_for(0) && !flow.clocks[0].holds_for(1));
  flow.clocks[0].sources = {1};
  ASSERT_EQ(check(flow).size(), 1U);
  EXPECT_EQ(check(flow)[0], (FlowFault{"flow_source_unknown", "handle"}));
  flow.clocks[0].sources.clear();
  flow.findings.sources = {7};
  ASSERT_EQ(check(flow).size(), 1U);
  EXPECT_EQ(check(flow)[0], (FlowFault{"flow_source_unknown", "petition"}));
}

TEST(FlowClocks, ASoundOneIsAccepted) {
  EXPECT_EQ(shown(clocked_flow()), "");
  Flow by_length = clocked_flow();
  by_length.clocks.front().rule.clear();
  by_length.clocks.front().length = calendar::Length{calendar::LengthUnit::WorkingDays, 5};
  by_length.clocks.front().starts.clear();
  by_length.clocks.front().from_opening = true;
  by_length.clocks.front().stops.clear();
  EXPECT_EQ(shown(by_length), "") << "whatever ends the item stops it";
}

TEST(FlowClocks, HaveAnOwnerAStartAndOneLimit) {
  Flow unowned = clocked_flow();
  unowned.clocks.front().owner.clear();
  EXPECT_EQ(shown(unowned), "flow_clock_unowned@handle ");
  Flow never = clocked_flow();
  never.clocks.front().starts.clear();
  EXPECT_EQ(shown(never), "flow_clock_never_starts@handle ");
  Flow unlimited = clocked_flow();
  unlimited.clocks.front().rule.clear();
  EXPECT_EQ(shown(unlimited), "flow_clock_unlimited@handle ");
  Flow both = clocked_flow();
  both.clocks.front().length = calendar::Length{};
  EXPECT_EQ(shown(both), "flow_clock_unlimited@handle ");
  Flow twice = clocked_flow();
  twice.clocks.push_back(twice.clocks.front());
  EXPECT_EQ(shown(twice), "flow_clock_duplicate@handle ");
}

TEST(FlowClocks, NameWhatThereIs) {
  Flow transition = clocked_flow();
  transition.clocks.front().stops = {99};
  EXPECT_EQ(shown(transition), "flow_clock_unknown@handle ");
  Flow state = clocked_flow();
  state.clocks.front().stands_still = {99};
  EXPECT_EQ(shown(state), "flow_clock_unknown@handle ");
  Flow prolonged = clocked_flow();
  prolonged.transitions.back().clock = 1;
  EXPECT_EQ(shown(prolonged), "flow_clock_unknown@prolong ");
  Flow guarded = clocked_flow();
  guarded.transitions[kEnd].guards = {{GuardKind::ClockRuns, 1}};
  EXPECT_EQ(shown(guarded), "flow_clock_unknown@end ");
}

TEST(FlowClocks, ProlongNamesOneAndNothingElseDoes) {
  Flow none = clocked_flow();
  none.transitions.back().clock.reset();
  EXPECT_EQ(shown(none), "flow_act_needs@prolong ");
  Flow other = clocked_flow();
  other.transitions[kEnd].clock = 0;
  EXPECT_EQ(shown(other), "flow_act_needs@end ");
}

TEST(FlowClocks, AGuardOnOneNeedsItsStartBeforeIt) {
  Flow flow = clocked_flow();
  for (const GuardKind kind : {GuardKind::ClockRuns, GuardKind::ClockOver}) {
    flow.transitions[kEnd].guards = {{kind, 0}};
    EXPECT_EQ(shown(flow), "");
    flow.transitions[kEnd].guards.clear();
    flow.transitions[kTake].guards = {{kind, 0}};
    EXPECT_EQ(shown(flow), "flow_guard_never@take ");
    flow.transitions[kTake].guards.clear();
  }
  flow.transitions[kEnd].guards = {{GuardKind::ClockRuns, 0}, {GuardKind::ClockRuns, 0}};
  EXPECT_EQ(shown(flow), "flow_guard_duplicate@end ");
}

TEST(FlowGuards, ThatWaitForAStepThatDoesNotExistAreRefused) {
  for (const GuardKind kind : {GuardKind::NoticeOver, GuardKind::CriterionSet}) {
    Flow flow = clocked_flow();
    flow.transitions[kEnd].guards = {{kind, 0}};
    EXPECT_EQ(shown(flow), "flow_guard_never@end ") << to_text(kind);
  }
}

TEST(FlowFacts, AreAskedForOnce) {
  Flow flow = clocked_flow();
  flow.states.push_back({"planned", {}, Phase::Planned});
  const std::uint16_t planned = 4;
  Transition assign = move("assign", {kListed}, kWorking, Act::Assign);
  assign.required = {"lead", "responsible_person"};
  Transition plan = move("plan", {kWorking}, planned, Act::Plan);
  plan.required = {"measures", "responsible_person"};
  Transition back = move("back", {planned}, kWorking, Act::Move);
  flow.transitions[kTake] = assign;
  flow.transitions.insert(flow.transitions.end(), {plan, back});
  EXPECT_EQ(shown(flow), "flow_fact_twice@plan ");
  flow.transitions[kTake].required = {"lead"};
  EXPECT_EQ(shown(flow), "");
}

}  // namespace
}  // namespace tz::ledger
