// Flow files: the one of this project is sound, and each mistake in it is named where it stands.
#include "programme/flow_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "programme/file_text_test.h"

namespace tz::programme {
namespace {

using ledger::Flow;
using ledger::GuardKind;
using ledger::Phase;

std::string problem_text() { return file_text(std::string(TZ_SOURCE) + "/flows/problem.yaml"); }

// The line on which `part` first stands, from one.
std::string line_of(const std::string& text, std::string_view part) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(text.find(part));
  return std::to_string(1 + std::count(text.begin(), end, '\n'));
}

// A file with few parts, for mistakes of form; it is not sound as a flow.
std::string small_text() {
  return "kind: request\n"
         "version: 2\n"
         "title: {zh-CN: 诉求, en: Request}\n"
         "totals: scope\n"
         "opened_by: [recorder/scope]\n"
         "sources:\n"
         "  - {id: hotline, title: {zh-CN: 热线, en: Hotline}}\n"
         "states:\n"
         "  - {id: listed, phase: listed, title: {zh-CN: 已登记, en: Listed}}\n"
         "  - {id: merged, phase: dropped, title: {zh-CN: 并案, en: Merged}}\n"
         "transitions:\n"
         "  - id: merge\n"
         "    title: {zh-CN: 并案, en: Merge}\n"
         "    from: [listed]\n"
         "    to: merged\n"
         "    act: merge\n"
         "    who: [supervisor/scope]\n"
         "    required: [into]\n"
         "outcomes: []\n";
}

TEST(FlowFile, SaysWhenAnItemIsBehind) {
  const std::string text = replaced(problem_text(), "behind_points: 10", "behind_points: 20");
  const auto flow = read_flow(text);
  ASSERT_TRUE(flow.ok());
  EXPECT_EQ(flow->lights.behind_points, 20);
  EXPECT_EQ(flow->lights.far_behind_points, 30);
  const std::string wrong = replaced(problem_text(), "behind_points: 10", "behind_points: 40");
  EXPECT_EQ(shown(flow_faults(wrong)),
            "flow_lights_order@" + line_of(wrong, "  near_working_days") + ":3\n");
}

TEST(ProblemFlow, IsSound) { EXPECT_EQ(shown(flow_faults(problem_text())), ""); }

TEST(ProblemFlow, HasTheStatesOfTheLedger) {
  const Flow flow = *read_flow(problem_text());
  EXPECT_EQ(flow.kind, "problem");
  EXPECT_EQ(flow.version, 7);
  EXPECT_EQ(flow.title.zh, "问题");
  EXPECT_EQ(flow.totals, ledger::TotalsAudience::Public);
  const std::vector<std::tuple<const char*, const char*, Phase>> expected = {
      {"registered", "已登记", Phase::Listed},
      {"assigned", "已交办", Phase::Assigned},
      {"objected", "异议", Phase::Disputed},
      {"planned", "方案已定", Phase::Planned},
      {"in_progress", "整改中", Phase::Working},
      {"closure_requested", "申请销号", Phase::Checking},
      {"reviewed", "初审通过", Phase::Checking},
      {"checked", "现场核查通过", Phase::Checking},
      {"stage_asked", "申请阶段确认", Phase::Checking},
      {"standing", "阶段性完成并长期坚持", Phase::Standing},
      {"notice_objected", "公示异议待复核", Phase::Checking},
      {"publicised", "公示中", Phase::Notice},
      {"closed", "已销号", Phase::Closed},
      {"linked", "同一事项已关联", Phase::Closed},
      {"suspended", "暂缓", Phase::Suspended},
      {"reopened", "反弹重开", Phase::Working},
      {"merged", "并案", Phase::Dropped},
      {"rejected", "不予立项", Phase::Dropped},
      {"withdrawn", "已撤回", Phase::Dropped}};
  ASSERT_EQ(flow.states.size(), expected.size());
  for (std::size_t index = 0; index < expected.size(); ++index) {
    EXPECT_EQ(flow.states[index].id, std::get<0>(expected[index]));
    EXPECT_EQ(flow.states[index].title.zh, std::get<1>(expected[index]));
    EXPECT_EQ(flow.states[index].phase, std::get<2>(expected[index]));
  }
}

TEST(ProblemFlow, HasTheCommandsOfTheApi) {
  const Flow flow = *read_flow(problem_text());
  for (const char* id : {"assign",        "object",          "reassign",      "plan",
                         "report",        "request_closure", "review",        "check",
                         "publicise",     "close",           "return",        "reopen",
                         "judge",         "merge",           "reject",        "withdraw",
                         "suspend",       "resume",          "extend",        "revise_criterion",
                         "contribute",    "call_in",         "assess",        "split",
                         "add_source",    "ask_stage",       "confirm_stage", "next_stage",
                         "object_notice", "recheck",         "exclude",       "look_back_3",
                         "look_back_6",   "look_back_12",    "recuse",        "same_matter",
                         "take_up_again", "ask_extension",   "fan_out",       "list_affected",
                         "draw",          "ask_drawn",       "call_back",     "find_unmet"})
    EXPECT_NE(flow.transition(id), nullptr) << id;
  EXPECT_EQ(flow.transitions.size(), 47U);
  EXPECT_EQ(flow.transition("check")->guard(GuardKind::CheckersMin)->number, 2);
  EXPECT_EQ(flow.transition("publicise")->guard(GuardKind::NoticeWorkingDaysMin)->number, 5);
  EXPECT_NE(flow.transition("close")->guard(GuardKind::FixedNeedsCheck), nullptr);
  EXPECT_EQ(flow.transition("judge")->to_if_unsatisfied, flow.state("reopened"));
  EXPECT_TRUE(flow.transition("extend")->stays);
  ASSERT_TRUE(flow.outcome("fixed"));
  for (std::size_t index = 0; index < flow.outcomes.size(); ++index)
    EXPECT_EQ(flow.outcomes[index].fixed, index == *flow.outcome("fixed"));
  EXPECT_EQ(flow.sources.size(), 19U);
  EXPECT_EQ(flow.source_titles.size(), flow.sources.size());
  ASSERT_EQ(flow.brought.size(), 5U);
  EXPECT_EQ(flow.sources[flow.brought.front()], "petition");
  EXPECT_EQ(flow.categories.size(), 11U);
  EXPECT_EQ(flow.category_titles.size(), flow.categories.size());
}

TEST(ProblemFlow, KnowsWhatInspectionsFind) {
  const Flow flow = *read_flow(problem_text());
  EXPECT_TRUE(flow.finds("central_inspection"));
  EXPECT_TRUE(flow.finds("audit"));
  EXPECT_FALSE(flow.finds("resident"));
  EXPECT_FALSE(flow.finds("moon"));
  EXPECT_EQ(flow.findings.required.size(), 7U);
  const ledger::FlowClock& plan = flow.clocks[*flow.clock("plan")];
  EXPECT_TRUE(plan.from_feedback && !plan.from_opening);
  EXPECT_TRUE(plan.holds_for(*flow.source("provincial_inspection")));
  EXPECT_FALSE(plan.holds_for(*flow.source("audit")));
  EXPECT_TRUE(flow.clocks[*flow.clock("look_back_3")].holds_for(*flow.source("audit")));
}

TEST(ProblemFlow, EverythingHasAName) {
  const Flow flow = *read_flow(problem_text());
  const auto named = [](const ledger::Title& title) {
    return !title.zh.empty() && !title.en.empty();
  };
  for (const auto& one : flow.states) EXPECT_TRUE(named(one.title)) << one.id;
  for (const auto& one : flow.transitions) EXPECT_TRUE(named(one.title)) << one.id;
  for (const auto& one : flow.outcomes) EXPECT_TRUE(named(one.title)) << one.id;
  for (const auto& one : flow.source_titles) EXPECT_TRUE(named(one)) << one.en;
  for (const auto& one : flow.category_titles) EXPECT_TRUE(named(one)) << one.en;
}

TEST(FlowFile, NamesContradictionsWhereTheyStand) {
  const std::string text = problem_text();
  const std::string unverified =
      replaced(text, "guards: [independent]\n\n  - id: check", "guards: []\n\n  - id: check");
  const std::vector<Error> faults = flow_faults(unverified);
  ASSERT_EQ(faults.size(), 2U) << shown(faults);
  EXPECT_EQ(faults[0].code, "flow_act_needs");
  EXPECT_EQ(fact(faults[0], "at"), "review");
  EXPECT_EQ(fact(faults[0], "line"), line_of(unverified, "id: review\n"));
  EXPECT_EQ(fact(faults[0], "column"), "9");
  EXPECT_EQ(faults[1].code, "flow_fixed_unverified");
  EXPECT_EQ(fact(faults[1], "at"), "close");
  EXPECT_EQ(fact(faults[1], "line"), line_of(unverified, "id: close\n"));

  const std::string dead = replaced(text, "from: [suspended]", "from: [in_progress]");
  const std::vector<Error> dead_end = flow_faults(dead);
  ASSERT_EQ(dead_end.size(), 1U) << shown(dead_end);
  EXPECT_EQ(dead_end[0].code, "flow_state_dead_end");
  EXPECT_EQ(fact(dead_end[0], "line"), line_of(dead, "id: suspended"));

  const std::string twice = replaced(text, "{id: objected,", "{id: assigned,");
  const std::vector<Error> duplicate = flow_faults(twice);
  EXPECT_NE(shown(duplicate).find("from objected"), std::string::npos) << shown(duplicate);
}

TEST(FlowFile, ADuplicateIsShownAtItsSecondPlace) {
  const std::string text = replaced(replaced(problem_text(), "{id: excluded,", "{id: duplicate,"),
                                    "outcomes: [excluded]", "outcomes: [duplicate]");
  const std::vector<Error> faults = flow_faults(text);
  ASSERT_EQ(faults.size(), 1U) << shown(faults);
  EXPECT_EQ(faults[0].code, "flow_outcome_duplicate");
  EXPECT_EQ(fact(faults[0], "line"), line_of(text, "{zh-CN: 剔除, en: Excluded}"));
}

TEST(FlowFile, SuggestsTheNearestWord) {
  const auto first = [](std::string_view old, std::string_view fresh) {
    const std::vector<Error> faults = flow_faults(replaced(small_text(), old, fresh));
    return faults.empty() ? std::string("none") : shown({faults.front()});
  };
  EXPECT_EQ(first("totals: scope", "total: scope"), "yaml_key_missing@1:1 totals\n");
  EXPECT_EQ(first("phase: dropped", "phase: droped"),
            "yaml_value_unknown@10:25 phase droped dropped\n");
  EXPECT_EQ(first("from: [listed]", "from: [liste]"),
            "yaml_value_unknown@14:12 from liste listed\n");
  EXPECT_EQ(first("act: merge", "act: marge"), "yaml_value_unknown@16:10 act marge merge\n");
  EXPECT_EQ(first("supervisor/scope", "superviser/scope"),
            "yaml_value_unknown@17:11 who superviser/scope supervisor/scope\n");
  EXPECT_EQ(first("[into]", "[in_to]"), "yaml_value_unknown@18:16 required in_to into\n");
  EXPECT_EQ(first("[into]", "[into]\n    gaurds: [independent]"),
            "yaml_key_unknown@19:5 gaurds guards\n");
  EXPECT_EQ(first("[into]", "[into]\n    guards: [independant]"),
            "yaml_value_unknown@19:14 guards independant independent\n");
}

TEST(FlowFile, SaysEverythingThatIsWrongAtOnce) {
  const std::string text = "kind: Bad Kind\nversion: 0\ntitle: {zh-CN: 问题}\ntotals: all\n";
  EXPECT_EQ(shown(flow_faults(text)),
            "yaml_key_missing@1:1 opened_by\nyaml_key_missing@1:1 sources\n"
            "yaml_key_missing@1:1 states\nyaml_key_missing@1:1 transitions\n"
            "yaml_key_missing@1:1 outcomes\nyaml_id_malformed@1:7 kind Bad Kind\n"
            "yaml_number_expected@2:10 version\nyaml_key_missing@3:8 en\n"
            "yaml_value_unknown@4:9 totals all public\n");
  EXPECT_EQ(read_flow(text).error().code, "yaml_key_missing");
  EXPECT_EQ(shown(flow_faults("[a]\n")), "yaml_map_expected@1:1 file\n");
  EXPECT_EQ(shown(flow_faults("kind: a\nkind: b\n")), "yaml_duplicate_key@2:1 kind\n");
}

TEST(FlowFile, TargetsAndNumbersAreUnmistakable) {
  const auto with = [](std::string_view old, std::string_view fresh) {
    return shown(flow_faults(replaced(small_text(), old, fresh)));
  };
  EXPECT_EQ(with("to: merged\n", "stays: false\n"), "flow_target_unclear@12:5 merge\n");
  EXPECT_EQ(with("to: merged\n", "to: merged\n    stays: true\n"),
            "flow_target_unclear@12:5 merge\n");
  EXPECT_EQ(with("[into]\n", "[into]\n    guards: [checkers_min]\n"),
            "flow_guard_number@19:14 merge\n");
  EXPECT_EQ(with("[into]\n", "[into]\n    guards: [independent: 2]\n"),
            "flow_guard_number@19:14 merge\n");
  EXPECT_EQ(with("[into]\n", "[into]\n    guards: [checkers_min: two]\n"),
            "yaml_number_expected@19:28 checkers_min\n");
  EXPECT_EQ(with("[listed]\n", "[listed, listed]\n"), "yaml_value_repeated@14:20 from listed\n");
  EXPECT_EQ(with("[into]\n", "[into, into]\n"), "yaml_value_repeated@18:22 required into\n");
  EXPECT_EQ(with("outcomes: []\n", "outcomes: []\n"), "");
}

TEST(FlowFile, ThoseOfTheOtherKindsAreSound) {
  for (const char* kind : {"petition", "hazard", "project", "request"}) {
    const std::string text = file_text(std::string(TZ_SOURCE) + "/flows/" + kind + ".yaml");
    EXPECT_EQ(shown(flow_faults(text)), "") << kind;
    EXPECT_EQ(read_flow(text)->kind, kind);
  }
}

TEST(FlowFile, ClocksAreReadWithWhatTurnsThem) {
  const std::string text = file_text(std::string(TZ_SOURCE) + "/flows/petition.yaml");
  const Flow flow = *read_flow(text);
  const ledger::FlowClock& registering = flow.clocks[*flow.clock("register")];
  EXPECT_TRUE(registering.from_opening);
  EXPECT_TRUE(registering.started_by(*flow.transition_index("take_up_again")));
  EXPECT_EQ(registering.rule, "petition.register");
  const ledger::FlowClock& rereview = flow.clocks[*flow.clock("rereview")];
  EXPECT_TRUE(rereview.still_in(*flow.state("hearing")));
  EXPECT_TRUE(rereview.started_by(*flow.transition_index("ask_rereview")));
  EXPECT_TRUE(rereview.stopped_by(*flow.transition_index("give_rereview")));
  EXPECT_EQ(flow.transition("prolong_handling")->clock, flow.clock("handle"));
  const auto* window = flow.transition("object")->guard(GuardKind::ClockRuns);
  ASSERT_NE(window, nullptr);
  EXPECT_EQ(window->number, *flow.clock("objection"));
}

TEST(FlowFile, MistakesInClocksAreNamedWhereTheyStand) {
  const std::string text = file_text(std::string(TZ_SOURCE) + "/flows/petition.yaml");
  const auto with = [&](std::string_view old, std::string_view fresh) {
    return shown(flow_faults(replaced(text, old, fresh)));
  };
  const std::string limit = line_of(text, "limit: petition.register");
  EXPECT_EQ(with("limit: petition.register", "limit: 15"), "flow_limit_bad@" + limit + ":12\n");
  EXPECT_EQ(with("limit: petition.register", "limit: 15d"), "");
  EXPECT_EQ(with("starts: [open, take_up_again]", "starts: [open, open]"),
            "yaml_value_repeated@" + line_of(text, "starts: [open,") + ":20 starts open\n");
  EXPECT_EQ(with("[refer, accept_own, refuse,", "[refer, accept_mine, refuse,"),
            "yaml_value_unknown@" + line_of(text, "stops: [refer, accept_own") +
                ":20 stops accept_mine accept_own\n");
  EXPECT_EQ(with("{clocks: [handle,", "{clocks: [handel,"),
            "yaml_value_unknown@" + line_of(text, "deadline:") + ":21 clocks handel handle\n");
  EXPECT_EQ(
      with("    clock: handle", "    clock: handel"),
      "yaml_value_unknown@" + line_of(text, "    clock: handle") + ":12 clock handel handle\n");
  EXPECT_EQ(
      with("stands_still: [hearing]", "stands_still: [heard]"),
      "yaml_value_unknown@" + line_of(text, "stands_still:") + ":20 stands_still heard hearing\n");
  EXPECT_EQ(
      with("guards: [clock_runs: objection]", "guards: [clock_runs: 3]"),
      "yaml_value_unknown@" + line_of(text, "clock_runs: objection") + ":26 clock_runs 3 accept\n");
  EXPECT_EQ(with("guards: [clock_runs: objection]", "guards: [clock_runs]"),
            "flow_guard_number@" + line_of(text, "clock_runs: objection") + ":14 object\n");
}

TEST(FlowFile, FindingsNameSourcesAndFieldsThatThereAre) {
  const auto with = [](std::string_view old, std::string_view fresh) {
    return shown(flow_faults(replaced(problem_text(), old, fresh)));
  };
  const std::string text = problem_text();
  EXPECT_EQ(with("sources: [central_inspection, provincial_inspection, inspection,",
                 "sources: [central_inspection, central_inspection, inspection,"),
            "yaml_value_repeated@" + line_of(text, "sources: [central_inspection") +
                ":33 sources central_inspection\n");
  EXPECT_EQ(with("required: [upstream_no,", "required: [upstream,"),
            "yaml_value_unknown@" + line_of(text, "required: [upstream_no,") +
                ":14 required upstream upstream_no\n");
  EXPECT_EQ(with("starts: [feedback]", "starts: [feedback, feedback]"),
            "yaml_value_repeated@" + line_of(text, "starts: [feedback]") + ":24 starts feedback\n");
}

TEST(FlowFileProperty, ADamagedFileIsReadOrRefusedNeverMore) {
  SeededRandom random = seeded_anew();
  const std::string whole = problem_text();
  std::size_t refused = 0;
  for (int round = 0; round < 200; ++round) {
    std::string text = whole;
    damage(text, random);
    const std::vector<Error> faults = flow_faults(text);
    EXPECT_EQ(faults.empty(), read_flow(text).ok());
    expect_refusals_with_places(faults);
    refused += faults.empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 100U);
}

}  // namespace
}  // namespace tz::programme
