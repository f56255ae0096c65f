// From one list of divisions to a later one: what is found, what is left to a person, and that the
// tree then is the later list.
#include "ledger/tree_diff.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "ledger/decide_units.h"
#include "ledger/divisions.h"
#include "ledger/tree_diff_file.h"
#include "ledger/tree_diff_plan.h"
#include "ledger/unit_stem.h"

namespace tz::ledger {
namespace {

using Status = DiffRow::Status;
using Change = DiffRow::Change;

const Day kOnce = *parse_day("2019-10-31");
const Day kNow = *parse_day("2023-06-30");

// "CODE NAME PARENT", a line each, parents first; the kind is that of how long the code is.
std::vector<UnitRow> list(const std::string& text, Day from) {
  std::vector<UnitRow> out{{"0", "全国", UnitId{0}, UnitKind::Nation, false, from, {}}};
  std::map<std::string, UnitId> numbers{{"0", UnitId{0}}};
  std::istringstream lines(text);
  std::string code;
  std::string name;
  std::string parent;
  while (lines >> code >> name >> parent) {
    const UnitKind kind = code.size() == 2   ? UnitKind::Province
                          : code.size() == 4 ? UnitKind::Prefecture
                          : code.size() == 6 ? UnitKind::County
                          : code.size() == 9 ? UnitKind::Township
                                             : UnitKind::Village;
    numbers[code] = UnitId{static_cast<std::uint32_t>(out.size())};
    out.push_back({code, name, numbers.at(parent), kind, false, from, {}});
  }
  return out;
}

const std::string kAbove = "13 河北省 0\n1305 邢台市 13\n";

// "status change OLD>NEW successors why", of each row.
std::vector<std::string> told(const std::string& before, const std::string& after) {
  std::vector<std::string> out;
  for (const DiffRow& row : diff_trees(list(kAbove + before, kOnce), list(kAbove + after, kNow))) {
    static constexpr const char* kStatus[] = {"certain", "decide", "decided"};
    static constexpr const char* kChange[] = {"keeps", "ends", "replaced", "founded"};
    std::string text = std::string(kStatus[static_cast<int>(row.status)]) + " " +
                       kChange[static_cast<int>(row.change)] + " " + row.old_code + ">" +
                       row.new_code;
    for (const std::string& code : row.successors) text += " " + code;
    if (!row.parted_from.empty()) text += " from " + row.parted_from;
    out.push_back(text + " (" + row.why + ")");
  }
  return out;
}

using Told = std::vector<std::string>;

TEST(UnitStem, IsWhatANameHasOfItsOwn) {
  EXPECT_EQ(unit_stem(UnitKind::County, "监利市", "荆州市"), "监利");
  EXPECT_EQ(unit_stem(UnitKind::Township, "四子王旗供济堂镇", "四子王旗"), "供济堂");
  EXPECT_EQ(unit_stem(UnitKind::Village, "江东镇东光村民委员会", "江东镇"), "东光");
  EXPECT_EQ(unit_stem(UnitKind::Village, "大江社区居民委员会", "大江镇"), "大江");
  EXPECT_EQ(unit_stem(UnitKind::Village, "社区", "x"), "社区");
  EXPECT_EQ(unit_stem(UnitKind::Province, "吉林省", "全国"), "吉林省");
  EXPECT_TRUE(alike("郭家庄", "郭庄"));
  EXPECT_TRUE(alike("大石房", "石房"));
  EXPECT_FALSE(alike("上栗岗", "上力江"));
  EXPECT_FALSE(alike("石坪", "广华"));
}

TEST(TreeDiff, WhatGoesOnIsFoundByTheSurestRule) {
  // The same but for how a name is written, another name at the same code, another code.
  EXPECT_EQ(told("130521 邢台县 1305\n130521101 东汪镇 130521\n130521101201 一村村委会 130521101\n",
                 "130521 邢台县 1305\n130521101 东汪镇 130521\n130521101201 一村村民委员会 "
                 "130521101\n"),
            (Told{"certain keeps 130521101201>130521101201 (code_name)"}));
  EXPECT_EQ(told("130522 临城县 1305\n", "130582 临城市 1305\n"),
            (Told{"certain keeps 130522>130582 (parent_stem)"}));
  EXPECT_EQ(told("130521 甲县 1305\n130521101 南甸镇 130521\n",
                 "130521 甲县 1305\n130521101 南甸子镇 130521\n"),
            (Told{"certain keeps 130521101>130521101 (code_alike)"}));
  // Three names that go round three codes: it is the names that go on.
  EXPECT_EQ(told("130521 甲县 1305\n130521102 郑庄子镇 130521\n130521104 洼里镇 130521\n130521105 "
                 "越河镇 130521\n",
                 "130521 甲县 1305\n130521102 越河镇 130521\n130521104 郑庄子镇 130521\n130521105 "
                 "洼里镇 130521\n"),
            (Told{"certain keeps 130521102>130521104 (parent_name)",
                  "certain keeps 130521104>130521105 (parent_name)",
                  "certain keeps 130521105>130521102 (parent_name)"}));
}

TEST(TreeDiff, ACountyIsKnownByWhatLiesBelowIt) {
  EXPECT_EQ(told("130526 任县 1305\n130526100 任城镇 130526\n130526101 邢家湾镇 130526\n",
                 "130505 任泽区 1305\n130505100 任城镇 130505\n130505101 邢家湾镇 130505\n"),
            (Told{"certain keeps 130526>130505 (children)",
                  "certain keeps 130526100>130505100 (wider_name)",
                  "certain keeps 130526101>130505101 (wider_name)"}));
}

TEST(TreeDiff, MostOfWhatWasBelowTellsTheSuccessor) {
  const std::string before =
      "130502 桥东区 1305\n130502001 南街道 130502\n130503 桥西区 1305\n130503001 北街道 130503\n"
      "130503002 钢铁路街道 130503\n130503003 中兴路街道 130503\n";
  const std::string after =
      "130502 桥东区 1305\n130502001 南街道 130502\n130502011 北街道 130502\n"
      "130502012 钢铁路街道 130502\n130502013 中兴路街道 130502\n";
  EXPECT_EQ(told(before, after), (Told{"decide keeps 130503001>130502011 (wider_name)",
                                       "decide keeps 130503002>130502012 (wider_name)",
                                       "decide keeps 130503003>130502013 (wider_name)",
                                       "certain ends 130503> 130502 (children 3/3)"}));
}

TEST(TreeDiff, WhatTheListsDoNotTellIsLeftToAPerson) {
  const std::string above = "130521 甲县 1305\n130521101 东汪镇 130521\n";
  // Another name at the same code may be the same village or another one.
  EXPECT_EQ(told(above + "130521101201 石坪村委会 130521101\n",
                 above + "130521101201 广华村委会 130521101\n"),
            (Told{"decide keeps 130521101201>130521101201 (code)"}));
  // A village that is no more: whose its matters are, nobody knows; the township is a guess.
  EXPECT_EQ(told(above + "130521101201 石坪村委会 130521101\n", above),
            (Told{"decide ends 130521101201> 130521101 (above)"}));
  // The same name in another township, and nothing else that went there.
  const std::string two = above + "130521102 西汪镇 130521\n";
  EXPECT_EQ(told(two + "130521101201 红星村委会 130521101\n",
                 two + "130521102207 红星村委会 130521102\n"),
            (Told{"decide keeps 130521101201>130521102207 (wider_name)"}));
  EXPECT_EQ(told(two + "130521101201 红星村委会 130521101\n130521101202 东村委会 130521101\n",
                 two + "130521102207 红星村委会 130521102\n130521102208 东村委会 130521102\n"),
            (Told{"certain keeps 130521101201>130521102207 (wider_name)",
                  "certain keeps 130521101202>130521102208 (wider_name)"}));
}

TEST(TreeDiff, ANewTownshipPartsFromWhatItsVillagesLayIn) {
  const std::string above = "130521 甲县 1305\n130521101 东汪镇 130521\n";
  const std::string four = above +
                           "130521101201 一村委会 130521101\n130521101202 二村委会 "
                           "130521101\n130521101203 三村委会 130521101\n130521101204 "
                           "四村委会 130521101\n130521101205 五村委会 130521101\n";
  const std::string parted = above +
                             "130521101201 一村委会 130521101\n130521101202 二村委会 "
                             "130521101\n130521101203 三村委会 130521101\n130521001 "
                             "新城街道 130521\n130521001001 四村委会 130521001\n"
                             "130521001002 五村委会 130521001\n";
  EXPECT_EQ(told(four, parted), (Told{"certain keeps 130521101204>130521001001 (wider_name)",
                                      "certain keeps 130521101205>130521001002 (wider_name)",
                                      "certain founded >130521001 from 130521101 (children 2/2)"}));
}

TEST(TreeDiffFile, IsReadAsItWasWrittenInBothLanguages) {
  const std::vector<UnitRow> before = list(
      kAbove + "130521 甲县 1305\n130521101 东汪镇 130521\n130521101201 石坪村委会 130521101\n",
      kOnce);
  const std::vector<UnitRow> after = list(
      kAbove + "130521 甲县 1305\n130521001 东汪街道 130521\n130521002 --新街道 130521\n", kNow);
  const std::vector<DiffRow> rows = diff_trees(before, after);
  ASSERT_EQ(rows.size(), 3U);
  for (const DiffWords words : {DiffWords::English, DiffWords::Chinese}) {
    auto read = read_diff(write_diff(rows, words));
    ASSERT_TRUE(read.ok());
    ASSERT_TRUE(read->faults.empty());
    for (DiffRow& row : read->rows) row.line = 0;
    EXPECT_EQ(read->rows, rows);
  }
  EXPECT_EQ(read_diff("code,name\n").error().code, "diff_header");
  const std::string header = write_diff({}, DiffWords::English);
  const auto fault = [&](const std::string& line) {
    const auto read = read_diff(header + line);
    return read.ok() && !read->faults.empty() ? read->faults.front().error.code : "";
  };
  EXPECT_EQ(fault("maybe,ends,village,,1,甲,2,,,,,,\n"), "diff_word");
  EXPECT_EQ(fault("decided,ends,village,,,甲,2,,,,,,\n"), "diff_missing");
  EXPECT_EQ(fault("decided,keeps,village,,1,甲,2,3,乙,,,,\n"), "diff_missing");
  EXPECT_EQ(fault("decided,ends,village,,1,甲,2,,,,,,\ndecided,ends,village,,1,甲,2,,,,,,\n"),
            "diff_twice");
  EXPECT_EQ(fault("decided,ends\n"), "diff_columns");
}

OrgTree tree_of(const std::vector<UnitRow>& rows) {
  OrgTree tree;
  tree.add_units(rows);
  return tree;
}

// Decides the command as the program itself and applies it; gives the refusal's code.
std::string apply_to(State& state, const ChangeUnits& command, Day today) {
  const Circumstances at{
      state, [](ItemNo) { return nullptr; }, {}, start_of(today, state.zone), {}, std::nullopt};
  const auto decision = decide_changes(at, command);
  if (!decision.ok()) return decision.error().code;
  Seq record{100};
  for (const EventDraft& draft : decision->events) {
    ++record.value;
    apply(state, draft.event, {at.now, record}, {});
  }
  settle(state);
  return "";
}

State ledger_of(const std::vector<UnitRow>& rows) {
  State state;
  state.tree = std::make_shared<const OrgTree>(tree_of(rows));
  auto policy = std::make_shared<Policy>();
  policy->of(Right::UnitChange).program = true;
  state.policy = policy;
  return state;
}

// What goes on, by code: name and parent's code.
std::map<std::string, std::string> going_on(const OrgTree& tree) {
  std::map<std::string, std::string> out;
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const UnitId unit{i};
    if (tree.to(unit)) continue;
    const bool fresh = out.emplace(tree.code(unit), std::string(tree.name(unit)) + " " +
                                                        std::string(tree.code(tree.parent(unit))) +
                                                        (tree.placeholder(unit) ? " p" : ""))
                           .second;
    EXPECT_TRUE(fresh) << tree.code(unit);
  }
  return out;
}

const std::string kBefore =
    "130521 甲县 1305\n130521101 东汪镇 130521\n130521101201 石坪村委会 130521101\n"
    "130521101202 大村委会 130521101\n130521102 西汪镇 130521\n130521102201 红星村委会 130521102\n"
    "130521102202 河村委会 130521102\n130521102203 山村委会 130521102\n";
// 西汪镇 went into 东汪镇, 大村 is no more and its code is 红星村's.
const std::string kAfter =
    "130521 甲县 1305\n130521101 东汪镇 130521\n130521101201 石坪村民委员会 130521101\n"
    "130521101202 红星村委会 130521101\n130521101203 河村委会 130521101\n"
    "130521101204 山村委会 130521101\n";

TEST(TreeDiffPlan, UndecidedRowsAreRefusedOrLeftWithWhatNeedsThem) {
  const std::vector<DiffRow> rows =
      diff_trees(list(kAbove + kBefore, kOnce), list(kAbove + kAfter, kNow));
  State state = ledger_of(list(kAbove + kBefore, kOnce));
  const DiffPlan refused = plan_diff(rows, *state.tree, {"test", kNow, false, kNow});
  ASSERT_EQ(refused.faults.size(), 1U);
  EXPECT_EQ(refused.faults.front().error.code, "diff_undecided");
  // 红星村 waits for the code that 大村 still has; the rest is done.
  DiffPlan some = plan_diff(rows, *state.tree, {"test", kNow, true, kNow});
  EXPECT_EQ(some.counts.left, 2U);
  EXPECT_EQ(some.counts.ended, 1U);
  EXPECT_EQ(some.counts.followed, 1U);
  ASSERT_EQ(apply_to(state, some.command, kNow), "");
  EXPECT_EQ(going_on(*state.tree).at("130521101202"), "大村委会 130521101");
  EXPECT_EQ(going_on(*state.tree).at("130521102201"), "红星村委会 130521101");
  // Once it is decided, the same file brings the rest.
  std::vector<DiffRow> decided = rows;
  for (DiffRow& row : decided)
    if (row.status == Status::Decide) row.status = Status::Decided;
  DiffPlan rest = plan_diff(decided, *state.tree, {"test", kNow, false, kNow});
  ASSERT_TRUE(rest.faults.empty());
  EXPECT_EQ(rest.counts.done, rows.size() - 2);
  ASSERT_EQ(apply_to(state, rest.command, kNow), "");
  EXPECT_EQ(going_on(*state.tree), going_on(tree_of(list(kAbove + kAfter, kNow))));
  const DiffPlan nothing = plan_diff(decided, *state.tree, {"test", kNow, false, kNow});
  EXPECT_TRUE(nothing.faults.empty());
  EXPECT_EQ(nothing.counts.done, rows.size());
  EXPECT_TRUE(nothing.command.changes.empty());
}

TEST(TreeDiffPlan, TheRootDoesNotEnd) {
  DiffRow row;
  row.status = Status::Decided;
  row.change = Change::Ends;
  row.old_code = "0";
  row.old_name = "全国";
  const State state = ledger_of(list(kAbove, kOnce));
  const DiffPlan plan = plan_diff({row}, *state.tree, {"test", kNow, false, kNow});
  ASSERT_EQ(plan.faults.size(), 1U);
  EXPECT_EQ(plan.faults.front().error.code, "unit_is_root");
}

TEST(TreeDiffPlan, AReplacedUnitEndsAndAnotherHasItsCode) {
  const std::string above = "130521 甲县 1305\n130521101 东汪镇 130521\n";
  const std::vector<UnitRow> before =
      list(kAbove + above + "130521101201 石坪村委会 130521101\n", kOnce);
  const std::vector<UnitRow> after =
      list(kAbove + above + "130521101201 广华村委会 130521101\n", kNow);
  std::vector<DiffRow> rows = diff_trees(before, after);
  ASSERT_EQ(rows.size(), 1U);
  rows[0].status = Status::Decided;
  rows[0].change = Change::Replaced;
  rows[0].successors = {"130521101"};
  State state = ledger_of(before);
  ASSERT_EQ(
      apply_to(state, plan_diff(rows, *state.tree, {"test", kNow, false, kNow}).command, kNow), "");
  EXPECT_EQ(going_on(*state.tree), going_on(tree_of(after)));
  EXPECT_EQ(state.tree->size(), before.size() + 1);
  const UnitId once{static_cast<std::uint32_t>(before.size() - 1)};
  EXPECT_EQ(state.tree->name(once), "石坪村委会");
  EXPECT_EQ(state.tree->counted_at(once, std::nullopt), state.tree->find("130521101"));
}

DiffRow decided(Change change, const char* old_code, const char* new_code) {
  DiffRow row;
  row.status = Status::Decided;
  row.change = change;
  row.old_code = old_code;
  row.old_name = row.new_name = "红星村委会";
  row.old_parent = "130521102";
  row.new_code = new_code;
  row.new_parent = change == Change::Ends ? "" : "130521102";
  if (change == Change::Ends) row.new_name.clear();
  return row;
}

// 红星村 is the name of three.
const std::string kNamesakes =
    "130521 甲县 1305\n130521102 西汪镇 130521\n130521102201 红星村委会 130521102\n"
    "130521102202 红星村委会 130521102\n130521102203 红星村委会 130521102\n";

TEST(TreeDiffPlan, NamesakesThatExchangedTheirCodesAreNotExchangedBack) {
  State state = ledger_of(list(kAbove + kNamesakes, kOnce));
  const UnitId first = *state.tree->find("130521102201");
  const UnitId second = *state.tree->find("130521102202");
  const UnitId third = *state.tree->find("130521102203");
  const std::vector<DiffRow> exchange = {decided(Change::Keeps, "130521102201", "130521102202"),
                                         decided(Change::Keeps, "130521102202", "130521102201")};
  const auto plan = [&](const std::vector<DiffRow>& rows) {
    DiffPlan out = plan_diff(rows, *state.tree, {"test", kNow, false, kNow});
    EXPECT_TRUE(out.faults.empty());
    return out;
  };
  ASSERT_EQ(apply_to(state, plan(exchange).command, kNow), "");
  EXPECT_EQ(state.tree->find("130521102202"), first);
  EXPECT_EQ(plan(exchange).counts.done, 2U);
  // Each goes on by one code: who had the new code before still has to leave it.
  const std::vector<DiffRow> chain = {decided(Change::Keeps, "130521102201", "130521102202"),
                                      decided(Change::Keeps, "130521102202", "130521102209")};
  ASSERT_EQ(apply_to(state, plan(chain).command, kNow), "");
  EXPECT_EQ(state.tree->find("130521102202"), second);
  EXPECT_EQ(state.tree->find("130521102209"), first);
  EXPECT_EQ(plan(chain).counts.done, 2U);
  // The one that ended is not ended again in the namesake that has its code.
  const std::vector<DiffRow> after = {decided(Change::Ends, "130521102203", ""),
                                      decided(Change::Keeps, "130521102209", "130521102203")};
  ASSERT_EQ(apply_to(state, plan(after).command, kNow), "");
  EXPECT_EQ(state.tree->find("130521102203"), first);
  EXPECT_TRUE(state.tree->to(third));
  EXPECT_EQ(plan(after).counts.done, 2U);
}

TEST(TreeDiffPlan, WhatHasEndedGetsTheSuccessorsThatItLacks) {
  State state = ledger_of(list(kAbove + kNamesakes, kOnce));
  const UnitId ended = *state.tree->find("130521102201");
  std::vector<DiffRow> rows = {decided(Change::Ends, "130521102201", "")};
  const auto plan = [&] { return plan_diff(rows, *state.tree, {"test", kNow, false, kNow}); };
  ASSERT_EQ(apply_to(state, plan().command, kNow), "");
  EXPECT_EQ(plan().counts.done, 1U);
  rows[0].successors = {"130521102209"};
  ASSERT_EQ(plan().faults.size(), 1U);
  EXPECT_EQ(plan().faults[0].error.code, "diff_successor_unknown");
  rows[0].successors = {"130521102202"};
  rows[0].status = Status::Decide;
  EXPECT_EQ(plan().counts.done, 1U) << "a guess adds none";
  rows[0].status = Status::Decided;
  EXPECT_EQ(plan().counts.succeeded, 1U);
  ASSERT_EQ(apply_to(state, plan().command, kNow), "");
  EXPECT_EQ(state.tree->counted_at(ended, std::nullopt), state.tree->find("130521102202"));
  EXPECT_EQ(plan().counts.done, 1U);
  rows[0].successors = {"130521102202", "130521102203"};
  EXPECT_EQ(plan().counts.succeeded, 1U) << "the first stays the first";
  ASSERT_EQ(apply_to(state, plan().command, kNow), "");
  EXPECT_EQ(state.tree->counted_at(ended, std::nullopt), state.tree->find("130521102202"));
  EXPECT_EQ(plan().counts.done, 1U);
}

TEST(TreeDiffPlan, AUnitWhoseLastDayIsToComeGoesOnUntilThen) {
  std::vector<UnitRow> before = list(kAbove + kNamesakes, kOnce);
  before.back().to = Day{kNow.number + 10};
  const State state = ledger_of(before);
  const std::vector<DiffRow> rows = {decided(Change::Keeps, "130521102203", "130521102209")};
  const auto plan = [&](Day today) {
    return plan_diff(rows, *state.tree, {"test", kNow, false, today});
  };
  EXPECT_EQ(plan(kNow).counts.recoded, 1U);
  ASSERT_EQ(plan(Day{kNow.number + 11}).faults.size(), 1U);
  EXPECT_EQ(plan(Day{kNow.number + 11}).faults[0].error.code, "diff_unit_unknown");
}

// Each waits for the code of the next, and the last is to be decided.
TEST(TreeDiffPlan, AChainOfCodesIsLeftAsAWhole) {
  constexpr std::size_t kLong = 20'000;
  std::string text = kAbove + "130521 甲县 1305\n130521102 西汪镇 130521\n";
  std::vector<DiffRow> rows;
  for (std::size_t i = 0; i < kLong; ++i) {
    const std::string code = "v" + std::to_string(i);
    text += code + " 红星村委会 130521102\n";
    rows.push_back(decided(Change::Keeps, code.c_str(), ("v" + std::to_string(i + 1)).c_str()));
  }
  rows.back().status = Status::Decide;
  const State state = ledger_of(list(text, kOnce));
  const DiffPlan plan = plan_diff(rows, *state.tree, {"test", kNow, true, kNow});
  EXPECT_EQ(plan.counts.left, kLong);
  EXPECT_TRUE(plan.command.changes.empty());
}

TEST(DecideChanges, RefusesWhatNoSingleChangeTells) {
  State state = ledger_of(list(kAbove + kBefore, kOnce));
  const OrgTree& tree = *state.tree;
  const UnitId township = *tree.find("130521102");
  const auto refused = [&](std::vector<UnitChange> changes, Day from = kNow,
                           std::vector<UnitId> busy = {}) {
    return apply_to(state, {"test", from, {}, std::move(changes), std::move(busy)}, kNow);
  };
  EXPECT_EQ(refused({}), "nothing_to_do");
  EXPECT_EQ(refused({{township, ChangeKind::Renamed, "新镇", {}}}, Day{kNow.number + 1}),
            "change_day_ahead");
  EXPECT_EQ(refused({{township, ChangeKind::Renamed, "新镇", {}}}, Day{kOnce.number - 1}),
            "change_day_early");
  EXPECT_EQ(refused({{township, ChangeKind::Ended, {}, {}}}), "unit_below_ended");
  EXPECT_EQ(refused({{*tree.find("130521101202"), ChangeKind::Ended, {}, {}}}, kNow,
                    {*tree.find("130521101202")}),
            "successor_missing");
  EXPECT_EQ(refused({{*tree.find("130521"), ChangeKind::Moved, {}, township}}),
            "unit_below_itself");
  EXPECT_EQ(ended_alone({"test",
                         kNow,
                         {},
                         {{UnitId{3}, ChangeKind::Ended, {}, {}},
                          {UnitId{4}, ChangeKind::Ended, {}, {}},
                          {UnitId{4}, ChangeKind::Succeeded, {}, UnitId{2}}},
                         {}}),
            std::vector<UnitId>{UnitId{3}});
  const auto founded = [&](const char* code, const char* name) {
    const UnitRow row{code, name, township, UnitKind::Village, false, kNow, {}};
    return apply_to(state, {"test", kNow, {row}, {}, {}}, kNow);
  };
  EXPECT_EQ(founded("a b", "新村"), "unit_code_bad");
  EXPECT_EQ(founded("130521102209", ""), "unit_name_bad");
  EXPECT_EQ(founded("130521102201", "新村"), "unit_code_taken");
  // Two exchange their codes, and a unit goes below one that goes below it no more.
  ASSERT_EQ(refused({{*tree.find("130521102"), ChangeKind::Recoded, "130521101", {}},
                     {*tree.find("130521101"), ChangeKind::Recoded, "130521102", {}},
                     {*tree.find("130521"), ChangeKind::Moved, {}, township},
                     {township, ChangeKind::Moved, {}, *tree.find("1305")}}),
            "");
  EXPECT_EQ(state.tree->find("130521101"), township);
  EXPECT_EQ(state.tree->parent(*state.tree->find("130521")), township);
  EXPECT_EQ(refused({{township, ChangeKind::Renamed, "新镇", {}}}, Day{kNow.number - 1}),
            "change_day_early");
}

TEST(DecideChanges, LeaveNoPostToBeHadAtAUnitThatHasEnded) {
  State state = ledger_of(list(kAbove, kOnce));
  const UnitId city = *state.tree->find("1305");
  ASSERT_EQ(apply_to(state, {"test", kNow, {}, {{city, ChangeKind::Ended, {}, {}}}, {}}, kNow), "");
  auto policy = std::make_shared<Policy>();
  policy->of(Right::PostGrant).program = true;
  state.policy = policy;
  const Circumstances at{
      state, [](ItemNo) { return nullptr; }, {}, start_of(kNow, state.zone), {}, std::nullopt};
  const auto granted = decide(at, GrantPost{AccountId{1}, city, Role::Recorder});
  ASSERT_FALSE(granted.ok());
  EXPECT_EQ(granted.error().code, "unit_ended");
}

TEST(DecideRegistration, GivesNothingOfAUnitThatIsThereToOneToCome) {
  const Day last{kNow.number + 100};
  std::vector<UnitRow> rows = list(kAbove + kBefore, kOnce);
  rows.back().to = last;
  State state = ledger_of(rows);
  auto policy = std::make_shared<Policy>();
  policy->of(Right::UnitRegister).program = true;
  state.policy = policy;
  const Circumstances at{
      state, [](ItemNo) { return nullptr; }, {}, start_of(kNow, state.zone), {}, std::nullopt};
  const auto refused = [&](const std::string& code, UnitId parent, Day from) -> std::string {
    const auto decision = decide_registration(
        at, {"test", {{code, "新村", parent, UnitKind::Village, false, from, {}}}, {}});
    return decision.ok() ? "" : decision.error().code;
  };
  const UnitId village{static_cast<std::uint32_t>(rows.size() - 1)};
  const Day after{last.number + 1};
  EXPECT_EQ(refused(rows.back().code, rows.back().parent, after), "unit_code_taken");
  EXPECT_EQ(refused("new", village, last), "");
  EXPECT_EQ(refused("new", village, after), "unit_parent_ended");
}

std::string read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<UnitRow> release_in(const std::string& folder, Day from) {
  const auto text = [&](const char* file) { return read_whole(folder + "/" + file + ".csv"); };
  auto rows = read_divisions(
      {text("provinces"), text("cities"), text("areas"), text("streets"), text("villages")}, from);
  EXPECT_TRUE(rows.ok()) << folder;
  return rows.ok() ? *std::move(rows) : std::vector<UnitRow>{};
}

// "status change kind": how many rows.
std::map<std::string, int> tally(const std::vector<DiffRow>& rows) {
  static constexpr const char* kStatus[] = {"certain", "decide", "decided"};
  static constexpr const char* kChange[] = {"keeps", "ends", "replaced", "founded"};
  std::map<std::string, int> out;
  for (const DiffRow& row : rows)
    ++out[std::string(kStatus[static_cast<int>(row.status)]) + " " +
          kChange[static_cast<int>(row.change)] + " " + std::string(to_text(row.kind))];
  return out;
}

// First what is certain, then the rest as it is guessed.
void bring_to(State& state, std::vector<DiffRow> rows, Day day) {
  DiffPlan some = plan_diff(rows, *state.tree, {"test", day, true, day});
  ASSERT_TRUE(some.faults.empty());
  ASSERT_EQ(apply_to(state, some.command, day), "");
  for (DiffRow& row : rows)
    if (row.status == Status::Decide) row.status = Status::Decided;
  DiffPlan rest = plan_diff(rows, *state.tree, {"test", day, false, day});
  ASSERT_TRUE(rest.faults.empty()) << rest.faults.front().error.code;
  ASSERT_EQ(apply_to(state, rest.command, day), "");
}

TEST(TreeDiffOfReleases, TheTreeOf2019BecomesThatOf2023) {
  const char* folder = std::getenv("TZ_DIVISIONS_2019");
  const char* folder_now = std::getenv("TZ_DIVISIONS_2023");
  if (folder == nullptr || folder_now == nullptr) {
    std::cerr << "not tried: TZ_DIVISIONS_2019 and TZ_DIVISIONS_2023 name the folders\n";
    return;
  }
  const std::vector<UnitRow> before = release_in(folder, kOnce);
  const std::vector<UnitRow> after = release_in(folder_now, kNow);
  const std::vector<DiffRow> rows = diff_trees(before, after);
  // tests/cli/tree_diff.py counts them by itself.
  EXPECT_EQ(tally(rows), (std::map<std::string, int>{{"certain ends county", 21},
                                                     {"certain ends township", 1440},
                                                     {"certain founded county", 10},
                                                     {"certain founded township", 800},
                                                     {"certain founded village", 25416},
                                                     {"certain keeps county", 51},
                                                     {"certain keeps township", 2568},
                                                     {"certain keeps village", 157527},
                                                     {"decide ends county", 6},
                                                     {"decide ends township", 1113},
                                                     {"decide ends village", 62844},
                                                     {"decide keeps township", 35},
                                                     {"decide keeps village", 3610}}));
  auto read = read_diff(write_diff(rows, DiffWords::Chinese));
  ASSERT_TRUE(read.ok() && read->faults.empty());
  for (DiffRow& row : read->rows) row.line = 0;
  ASSERT_EQ(read->rows, rows);

  State state = ledger_of(before);
  const auto frozen = state.tree;
  bring_to(state, rows, kNow);
  ASSERT_FALSE(HasFatalFailure());
  EXPECT_EQ(going_on(*state.tree), going_on(tree_of(after)));

  // 崇川区 has another code and is the same unit; 港闸区 went into it.
  const UnitId merged = *frozen->find("320602");
  EXPECT_EQ(state.tree->find("320613"), merged);
  EXPECT_EQ(state.tree->counted_at(*frozen->find("320611"), std::nullopt), merged);
  EXPECT_EQ(state.tree->find("130205104"), frozen->find("130205102"));  // 郑庄子镇
  const OrgTree then = state.tree->before(Seq{101}, before.size(), {});
  EXPECT_EQ(going_on(then), going_on(*frozen));
}

// Release by release, each compared with the tree that the one before has made.
TEST(TreeDiffOfReleases, TheStepsBetweenLeadToTheSameTree) {
  const char* folders = std::getenv("TZ_DIVISIONS_STEPS");
  if (folders == nullptr) {
    std::cerr << "not tried: TZ_DIVISIONS_STEPS names the folders, oldest first, parted by :\n";
    return;
  }
  std::istringstream all(folders);
  std::string folder;
  std::optional<State> state;
  std::size_t registered = 0;
  Day day = kOnce;
  while (std::getline(all, folder, ':')) {
    const std::vector<UnitRow> rows = release_in(folder, kOnce);
    if (!state) {
      state = ledger_of(rows);
      registered = rows.size();
      continue;
    }
    std::vector<UnitRow> living;
    std::map<UnitId, UnitId> numbers;
    for (std::uint32_t at = 0; at < state->tree->size(); ++at) {
      const UnitId unit = state->tree->at(at);
      if (state->tree->to(unit)) continue;
      numbers[unit] = UnitId{static_cast<std::uint32_t>(living.size())};
      living.push_back({std::string(state->tree->code(unit)),
                        std::string(state->tree->name(unit)),
                        numbers.at(state->tree->parent(unit)),
                        state->tree->kind(unit),
                        state->tree->placeholder(unit),
                        kOnce,
                        {}});
    }
    const std::vector<DiffRow> diff = diff_trees(living, rows);
    day = Day{day.number + 365};
    bring_to(*state, diff, day);
    ASSERT_FALSE(HasFatalFailure()) << folder;
    EXPECT_EQ(going_on(*state->tree), going_on(tree_of(rows))) << folder;
    std::cout << folder << ": " << state->tree->size() - registered << " units more";
    registered = state->tree->size();
    for (const auto& [what, count] : tally(diff)) std::cout << ", " << what << " " << count;
    std::cout << "\n";
  }
}

}  // namespace
}  // namespace tz::ledger
