// Which rows set steps, lights and checkers, and which of several hold.
#include "ledger/thresholds.h"

#include <gtest/gtest.h>

#include <string>

#include "ledger/limit_check.h"
#include "ledger/small_flow_test.h"
#include "ledger/time_rules.h"

namespace tz::ledger {
namespace {

constexpr std::string_view kHead =
    "code,length,starts,rolls,extension,extensions,division,programme,from,to,zh,en,basis\n";

Day day(const char* text) { return *parse_day(text); }

std::string row(const std::string& code, const std::string& length, const std::string& starts,
                const std::string& where = ",,,") {
  return code + ',' + length + ',' + starts + ",yes,,0," + where + ",名,name,basis\n";
}

Flow matter() {
  Flow flow;
  flow.kind = "matter";
  flow.steps = {{ClockStep::Remind, FlowStep::When::Before, {calendar::LengthUnit::WorkingDays, 3}},
                {ClockStep::Supervise, FlowStep::When::AtEnd, {}}};
  FlowClock clock;
  clock.id = "plan";
  clock.owner = {{Role::Responsible, Relation::Fixer}};
  flow.clocks = {clock};
  flow.transitions = {move("check", {0}, 0, Act::Check, {{GuardKind::CheckersMin, 2}})};
  return flow;
}

Thresholds of(const std::string& rows) {
  return Thresholds(*calendar::Rules::parse(std::string(kHead) + rows));
}

std::string shown(const std::vector<FlowStep>& steps) {
  std::string out;
  for (const FlowStep& step : steps) {
    const bool at_end = step.when == FlowStep::When::AtEnd;
    const bool before = step.when == FlowStep::When::Before;
    out += std::string(to_text(step.step)) +
           (at_end ? "" : (before ? "-" : "+") + to_text(step.by)) + ' ';
  }
  return out;
}

std::string steps(const std::string& rows, const calendar::Scope& scope,
                  std::string_view clock = kDeadlineName) {
  const Flow flow = matter();
  const auto& own = clock == kDeadlineName ? flow.steps : flow.clocks[0].steps;
  return shown(of(rows).steps(flow, clock, own, scope));
}

const calendar::Scope kHere{{"220204"}, "", Day{18'000}};
const calendar::Scope kOfProgramme{{"220204"}, "education", Day{18'000}};

TEST(Thresholds, ANameSaysWhatARowSets) {
  EXPECT_FALSE(threshold_named("problem.notice"));
  EXPECT_FALSE(threshold_named("near"));
  EXPECT_EQ(threshold_named("problem.near")->sort, ThresholdSort::NearWorkingDays);
  EXPECT_EQ(threshold_named("problem.checkers")->sort, ThresholdSort::Checkers);
  const auto step = threshold_named("problem.look_back_3.list");
  ASSERT_TRUE(step.has_value());
  EXPECT_EQ(step->sort, ThresholdSort::Step);
  EXPECT_EQ(step->kind, "problem");
  EXPECT_EQ(step->clock, "look_back_3");
  EXPECT_EQ(step->step, ClockStep::List);
  EXPECT_FALSE(threshold_named("problem.look_back_3.later"));
}

TEST(Thresholds, ARowStandsForTheStepOfThatWordAlone) {
  EXPECT_EQ(steps("", kHere), "remind-3wd supervise ");
  EXPECT_EQ(steps(row("matter.deadline.remind", "10d", "before_end"), kHere),
            "supervise remind-10d ");
  EXPECT_EQ(steps(row("matter.deadline.list", "2d", "after_end"), kHere),
            "remind-3wd supervise list+2d ");
  EXPECT_EQ(steps(row("matter.deadline.remind", "0", "at_end"), kHere), "supervise remind ");
  EXPECT_EQ(steps(row("matter.plan.remind", "1d", "before_end"), kHere), "remind-3wd supervise ");
  EXPECT_EQ(steps(row("matter.plan.remind", "1d", "before_end"), kHere, "plan"), "remind-1d ");
  EXPECT_EQ(steps(row("other.deadline.remind", "1d", "before_end"), kHere),
            "remind-3wd supervise ");
}

TEST(Thresholds, TheProgrammesOwnComesFirstThenTheNarrowest) {
  const auto name = "matter.deadline.supervise";
  const std::string all = row(name, "1d", "after_end") + row(name, "2d", "after_end", "22,,,");
  EXPECT_EQ(steps(all, kHere), "remind-3wd supervise+2d ");
  EXPECT_EQ(steps(all + row(name, "3d", "after_end", "220204,,,"), kHere),
            "remind-3wd supervise+3d ");
  const std::string own = all + row(name, "4d", "after_end", ",education,,");
  EXPECT_EQ(steps(own, kHere), "remind-3wd supervise+2d ");
  EXPECT_EQ(steps(own, kOfProgramme), "remind-3wd supervise+4d ");
  const std::string both = own + row(name, "5d", "after_end", "2202,education,,");
  EXPECT_EQ(steps(both, kOfProgramme), "remind-3wd supervise+5d ");
  EXPECT_EQ(steps(both, {{"33"}, "education", Day{18'000}}), "remind-3wd supervise+4d ");
}

TEST(Thresholds, HoldForWhatIsOpenedOnTheirDays) {
  const std::string rows = row("matter.checkers", "3", "check", ",,2024-01-01,2024-12-31");
  const auto checkers = [&](const char* opened) {
    return of(rows).checkers(matter(), 2, {{}, "", day(opened)});
  };
  EXPECT_EQ(checkers("2023-12-31"), 2);
  EXPECT_EQ(checkers("2024-01-01"), 3);
  EXPECT_EQ(checkers("2024-12-31"), 3);
  EXPECT_EQ(checkers("2025-01-01"), 2);
  EXPECT_EQ(of(rows).checkers(matter(), 4, {{}, "", day("2024-01-01")}), 4)
      << "a later version of the flow asks for more";
}

TEST(Thresholds, SetEachLightByItself) {
  const std::string rows = row("matter.near", "6wd", "-") + row("matter.returned", "1", "-");
  const LightRules lights = of(rows).lights(matter(), kHere);
  EXPECT_EQ(lights.near_working_days, 6);
  EXPECT_EQ(lights.returned, 1);
  EXPECT_EQ(lights.near_fraction, LightRules{}.near_fraction);
  EXPECT_EQ(lights.far_behind_points, LightRules{}.far_behind_points);
}

TEST(Thresholds, WhatHoldsIsListedOnce) {
  const std::string rows = row("matter.near", "6wd", "-") +
                           row("matter.near", "7wd", "-", "2202,,,") +
                           row("matter.checkers", "3", "-", "33,,,");
  const Thresholds thresholds = of(rows);
  const auto holding = thresholds.holding(matter(), kHere);
  ASSERT_EQ(holding.size(), 1U);
  EXPECT_EQ(to_text(holding[0]->length), "7wd");
}

TEST(Thresholds, AnItemKeepsThoseOfItsOpening) {
  TimeRules rules;
  const auto adopt = [&](const std::string& rows, std::uint64_t record) {
    rules = *rules.with_limits(std::string(kHead) + rows, Seq{record});
  };
  const auto checkers = [&](std::uint64_t opened) {
    return rules.thresholds(Seq{opened}).checkers(matter(), 2, kHere);
  };
  adopt("", 5);
  adopt(row("matter.checkers", "3", "-"), 10);
  adopt(
      row("matter.checkers", "3", "-", ",,,2000-01-01") + row("matter.checkers", "4", "-", "22,,,"),
      20);
  EXPECT_EQ(checkers(1), 2);
  EXPECT_EQ(checkers(9), 2);
  EXPECT_EQ(checkers(11), 3);
  EXPECT_EQ(checkers(19), 3);
  EXPECT_EQ(checkers(21), 4);
}

TEST(Thresholds, AreNoLengths) {
  const auto rules = TimeRules{}.with_limits(std::string(kHead) + row("matter.near", "6wd", "-") +
                                             row("matter.plan", "3", "-"));
  ASSERT_TRUE(rules.ok());
  EXPECT_FALSE(rules->knows("matter.near"));
  EXPECT_FALSE(rules->rule("matter.plan", kHere)) << "a count is no length";
}

std::string refused(const std::string& rows, const Flow& flow = matter()) {
  const std::vector<std::shared_ptr<const Flow>> flows = {std::make_shared<const Flow>(flow)};
  const Outcome outcome = check_limits(std::string(kHead) + rows, flows, day("2024-09-13"));
  if (outcome.ok()) return "";
  std::string out = outcome.error().code;
  for (const auto& [name, value] : outcome.error().facts)
    if (name == "line" || name == "column") out += ' ' + value;
  return out;
}

TEST(CheckLimits, TellWhereARowIsWrong) {
  EXPECT_EQ(refused(row("matter.deadline.remind", "5wd", "before_end")), "");
  EXPECT_EQ(refused(row("other.rule", "5wd", "x") + row("matter.deadline.remind", "5wd", "soon")),
            "limit_step_starts 3 starts");
  EXPECT_EQ(refused(row("matter.deadline.remind", "1m", "before_end")), "limit_step_by 2 length");
  EXPECT_EQ(refused(row("matter.deadline.remind", "367d", "before_end")), "limit_step_by 2 length");
  EXPECT_EQ(refused(row("matter.deadline.remind", "0", "after_end")), "limit_step_by 2 length");
  EXPECT_EQ(refused(row("matter.deadline.remind", "1d", "at_end")), "limit_step_by 2 length");
  EXPECT_EQ(refused(row("matter.none.remind", "1d", "before_end")), "limit_clock_unknown 2 code");
  EXPECT_EQ(refused(row("matter.plan.later", "1d", "before_end")), "limit_step_unknown 2 code");
  EXPECT_EQ(refused(row("others.plan.remind", "1d", "before_end")), "limit_kind_unknown 2 code");
  EXPECT_EQ(refused(row("matter.plan", "3", "x")), "limit_not_a_length 2 length");
  EXPECT_EQ(refused(row("matter.near", "3d", "x")), "limit_working_days 2 length");
  EXPECT_EQ(refused(row("matter.near_fraction", "0", "x")), "limit_count 2 length");
  EXPECT_EQ(refused(row("matter.checkers", "21", "x")), "limit_count 2 length");
  EXPECT_EQ(refused("matter.near,3wd,x,yes,2d,1,,,,,名,name,basis\n"),
            "limit_not_extended 2 extension");
}

TEST(CheckLimits, CheckersAreNeverFewerThanTheFlowAsksFor) {
  Flow flow = matter();
  EXPECT_EQ(refused(row("matter.checkers", "1", "x")), "limit_checkers_below 2 length");
  flow.transitions[0].guards[0].number = 3;
  EXPECT_EQ(refused(row("matter.checkers", "2", "x"), flow), "limit_checkers_below 2 length");
  EXPECT_EQ(refused(row("matter.checkers", "3", "x"), flow), "");
  flow.transitions.clear();
  EXPECT_EQ(refused(row("matter.checkers", "3", "x"), flow), "limit_no_checkers 2 code");
}

TEST(CheckLimits, FarBehindIsNoLessThanBehind) {
  EXPECT_EQ(refused(row("matter.behind_points", "31", "x")), "limit_lights_order 2 length");
  EXPECT_EQ(refused(row("matter.behind_points", "31", "x") +
                    row("matter.far_behind_points", "31", "x", "22,,,")),
            "limit_lights_order 2 length")
      << "elsewhere the flow's own holds";
  EXPECT_EQ(refused(row("matter.behind_points", "31", "x", "22,,,") +
                    row("matter.far_behind_points", "31", "x")),
            "");
}

TEST(CheckLimits, WhatHasEndedMaySayWhatItSays) {
  EXPECT_EQ(refused(row("matter.none.remind", "1d", "before_end", ",,,2024-09-12")), "");
  EXPECT_EQ(refused(row("matter.none.remind", "1d", "before_end", ",,,2024-09-13")),
            "limit_clock_unknown 2 code");
}

TEST(CheckLimits, ADeadlineThatALimitGivesHasTheStepsOfThatLimit) {
  Flow flow = matter();
  flow.steps.clear();
  flow.deadlines = {0};
  EXPECT_EQ(refused(row("matter.deadline.remind", "1d", "before_end"), flow),
            "limit_clock_unknown 2 code");
  EXPECT_EQ(refused(row("matter.plan.remind", "1d", "before_end"), flow), "");
}

}  // namespace
}  // namespace tz::ledger
