// Folding events into state: the same whether the tree is settled after each or at the end.
#include "ledger/state.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "ledger/fund_fold.h"
#include "ledger/small_programme_test.h"

namespace tz::ledger {
namespace {

const Day kDay = *parse_day("2019-09-09");

Result<Flow> read_request(std::string_view) {
  Flow flow;
  flow.kind = "request";
  return flow;
}
const FileReaders kReaders{read_request, nullptr};

UnitsRegistered unit(std::uint32_t id) {
  UnitRow row;
  row.code = row.name = std::to_string(id);
  row.parent = UnitId{0};
  return {"test", UnitId{id}, {row}};
}

// A snapshot replays the events of state in one go; the engine settles before every next command.
TEST(State, AMonthKnowsTheUnitsOfItsTimeHoweverItIsReplayed) {
  for (const bool settled : {true, false}) {
    State state;
    for (const Event& event :
         {Event(unit(0)), Event(unit(1)), Event(FlowAdopted{"request", 1, ""}),
          Event(FiguresPublished{"request", kDay, {}}),
          Event(FiguresPublished{"request", kDay, {{UnitId{1}, 5}}}), Event(unit(2)),
          Event(FiguresPublished{"request", next_month(kDay), {}})}) {
      apply(state, event, {}, kReaders);
      if (settled) settle(state);
    }
    settle(state);
    ASSERT_EQ(state.public_months.size(), 2U);
    EXPECT_EQ(state.public_months[0]->unit_count, 2U);
    EXPECT_EQ(state.public_months[0]->figures.size(), 1U);
    EXPECT_EQ(state.public_months[1]->unit_count, 3U);
  }
}

// From its day on, through every later one, and back to all that it took over.
TEST(State, WhatWasAMergedUnitsIsItsSuccessors) {
  State state;
  for (const std::uint32_t id : {0U, 1U, 2U, 3U, 4U}) apply(state, unit(id), {}, kReaders);
  settle(state);
  const Day later{kDay.number + 10};
  apply(state, UnitSucceeded{UnitId{1}, UnitId{2}, kDay}, {}, kReaders);
  apply(state, UnitSucceeded{UnitId{3}, UnitId{2}, kDay}, {}, kReaders);
  apply(state, UnitSucceeded{UnitId{2}, UnitId{4}, later}, {}, kReaders);
  EXPECT_EQ(state.now_of(UnitId{1}, Day{kDay.number - 1}), UnitId{1});
  EXPECT_EQ(state.now_of(UnitId{1}, kDay), UnitId{2});
  EXPECT_EQ(state.now_of(UnitId{1}, later), UnitId{4});
  EXPECT_EQ(state.now_of(UnitId{0}, later), UnitId{0});
  const std::vector<UnitId> all = {UnitId{4}, UnitId{2}, UnitId{1}, UnitId{3}};
  EXPECT_EQ(state.before_of(UnitId{4}, later), all);
  EXPECT_EQ(state.before_of(UnitId{4}, kDay), std::vector<UnitId>{UnitId{4}});
}

Result<Programme> read_education(std::string_view version) {
  Programme out = sound_programme();
  out.version = version == "2" ? 2 : 1;
  return out;
}

// Items count where the tree says; who deals with them must be the same.
TEST(State, AUnitThatHasEndedIsWhoseTheTreeSays) {
  State state;
  const auto at = [](std::int32_t days) { return start_of(Day{kDay.number + days}, {}); };
  const std::vector<UnitRow> rows = {{"0", "全国", UnitId{0}, UnitKind::Nation, false, Day{0}, {}},
                                     {"1", "甲县", UnitId{0}, UnitKind::County, false, Day{0}, {}},
                                     {"2", "乙县", UnitId{0}, UnitKind::County, false, Day{0}, {}},
                                     {"3", "丙县", UnitId{0}, UnitKind::County, false, Day{0}, {}}};
  apply(state, UnitsRegistered{"test", UnitId{0}, rows}, at(0), {});
  settle(state);
  const UnitId once{1};
  const UnitId first{2};
  const UnitId last{3};
  apply(state, UnitSucceeded{once, first, kDay}, at(0), {});
  const Day ends{kDay.number + 2};
  const UnitsChanged changed{
      "test", ends, {{once, ChangeKind::Ended, {}, {}}, {once, ChangeKind::Succeeded, {}, last}}};
  apply(state, changed, {at(2), Seq{9}}, {});
  settle(state);
  EXPECT_EQ(state.tree->counted_at(once, std::nullopt), last);
  EXPECT_EQ(state.now_of(once, Day{ends.number - 1}), first);
  EXPECT_EQ(state.now_of(once, ends), last);
  EXPECT_EQ(state.before_of(first, ends), std::vector<UnitId>{first});
  EXPECT_EQ(state.before_of(last, ends), (std::vector<UnitId>{last, once}));
}

// Whom a requirement is asked of, and how they stand, is told by the tree of then; for a unit that
// has ended somebody still answers. Another version asks the units of its own day.
TEST(State, CoverageStaysWithTheTreeOfItsAdoption) {
  const FileReaders readers{read_request, read_education};
  State state;
  const auto at = [](std::int32_t days) { return start_of(Day{kDay.number + days}, {}); };
  const std::vector<UnitRow> rows = {
      {"0", "全国", UnitId{0}, UnitKind::Nation, false, Day{0}, {}},
      {"22", "甲省", UnitId{0}, UnitKind::Province, false, Day{0}, {}},
      {"2201", "乙县", UnitId{1}, UnitKind::County, false, Day{0}, {}},
      {"2202", "丙县", UnitId{1}, UnitKind::County, false, Day{0}, {}},
      {"220201", "丁村", UnitId{3}, UnitKind::Village, false, Day{0}, {}}};
  apply(state, UnitsRegistered{"test", UnitId{0}, rows}, at(0), readers);
  apply(state, ProgrammeAdopted{"education", 1, "1"}, at(0), readers);
  const auto study = [&]() -> const Coverage& {
    return state.programmes[0]->requirement("study")->coverage;
  };
  const auto answer = [&](std::uint32_t unit, std::int32_t day) {
    RequirementAnswered event;
    event.programme = "education";
    event.requirement = "study";
    event.units = {UnitId{unit}};
    apply(state, event, at(day), readers);
  };
  answer(2, 1);
  const auto tree = study().asked().tree;
  const CoverageCounts counts = study().counts({0, 5});
  const std::vector<std::uint32_t> uncovered = study().uncovered({0, 5}, 0, 9);
  const UnitsChanged changed{"test",
                             Day{kDay.number + 2},
                             {{UnitId{4}, ChangeKind::Moved, {}, UnitId{2}},
                              {UnitId{3}, ChangeKind::Ended, {}, {}},
                              {UnitId{3}, ChangeKind::Succeeded, {}, UnitId{2}},
                              {UnitId{2}, ChangeKind::Recoded, "2209", {}}}};
  apply(state, changed, {at(2), Seq{9}}, readers);
  ASSERT_TRUE(settle(state));
  EXPECT_EQ(study().asked().tree, tree);
  EXPECT_EQ(study().counts({0, 5}), counts);
  EXPECT_EQ(study().uncovered({0, 5}, 0, 9), uncovered);
  EXPECT_EQ(tree->code(UnitId{2}), "2201");
  EXPECT_EQ(state.tree->code(UnitId{2}), "2209");
  EXPECT_EQ(state.now_of(UnitId{3}, Day{kDay.number + 2}), UnitId{2});
  EXPECT_EQ(state.before_of(UnitId{2}, Day{kDay.number + 2}),
            (std::vector<UnitId>{UnitId{2}, UnitId{3}}));
  answer(3, 3);
  EXPECT_EQ(study().counts({0, 5}).covered(), counts.covered() + 1);
  apply(state, ProgrammeAdopted{"education", 2, "2"}, at(4), readers);
  EXPECT_EQ(study().asked().tree, state.tree);
  EXPECT_TRUE(study().asks(state.tree->position(UnitId{3}))) << "what was asked stays asked";
  EXPECT_EQ(study().status(state.tree->position(UnitId{2})), CoverageStatus::Met);
}

Hash key_of(std::uint8_t byte) {
  Hash out{};
  out.fill(byte);
  return out;
}

// The days of the records alone say which key holds: the slow way is to walk the days.
TEST(State, AReceivingKeyHoldsFromTheFourteenthDayOn) {
  struct Set {
    std::int32_t day;
    std::uint8_t key;
  };
  const std::vector<std::vector<Set>> histories = {
      {{0, 1}},
      {{0, 1}, {3, 2}},
      {{0, 1}, {0, 2}, {13, 1}},
      {{0, 1}, {1, 2}, {14, 3}, {28, 1}},
      {{0, 1}, {1, 2}, {15, 3}, {16, 2}, {17, 1}, {40, 2}, {54, 2}},
      {{0, 1}, {1, 2}, {15, 2}, {16, 4}}};
  for (const std::vector<Set>& history : histories) {
    State state;
    apply(state, Genesis{std::string(32, '0'), "test", "Asia/Shanghai", false}, {}, kReaders);
    std::uint8_t holds = 0;
    std::uint8_t waits = 0;
    std::int32_t since = 0;
    std::size_t next = 0;
    for (std::int32_t day = 0; day < 80; ++day) {
      if (waits != 0 && day == since + 14) holds = std::exchange(waits, 0);
      for (; next < history.size() && history[next].day == day; ++next) {
        const Set& set = history[next];
        // The last moment of the day, as the ledger's zone has it.
        const Instant late{start_of(Day{kDay.number + day + 1}, state.zone).us - 1};
        apply(state, ReceivingKeySet{UnitId{7}, key_of(set.key)}, late, kReaders);
        if (holds == 0) {
          holds = set.key;
        } else {
          waits = set.key == holds ? 0 : set.key;
          since = day;
        }
      }
      const ReceivingKeys& keys = *state.receiving_keys.find(UnitId{7});
      const Day today{kDay.number + day};
      EXPECT_EQ(keys.on(today).key, key_of(holds)) << day;
      ASSERT_EQ(keys.coming(today) != nullptr, waits != 0) << day;
      if (waits != 0) {
        EXPECT_EQ(keys.coming(today)->key, key_of(waits)) << day;
        EXPECT_EQ(keys.coming(today)->from.number, kDay.number + since + 14) << day;
      }
    }
  }
}

// What a command changes is what a copy of the state comes to cost, not what else was recorded.
TEST(State, ACopySharesWhateverACommandLeavesAsItIs) {
  constexpr std::uint64_t kCount = 2'000;
  State state;
  apply(state, unit(0), {}, kReaders);
  settle(state);
  apply(state, FundOpened{"help", UnitId{0}, "资金", "Fund", {}}, {}, kReaders);
  apply(state, SchemeOpened{"road", "road", {UnitId{0}}}, {}, kReaders);
  for (std::uint64_t i = 1; i <= kCount; ++i) {
    apply(state, AccountOpened{AccountId{i}}, {}, kReaders);
    add_post(state, {PostId{i}, AccountId{i}, UnitId{0}, Role::Recorder, kDay, {}});
    apply(state, DisputeBrought{DisputeNo{i}, UnitId{0}, {}, kDay, {}, {}, {}}, {}, kReaders);
    book(state, ItemNo{i}, LoanAsked{"help", UnitId{0}, 1, {}, {}}, {});
  }
  const State before = state;
  apply(state, DisputeBrought{DisputeNo{kCount + 1}, UnitId{0}, {}, kDay, {}, {}, {}}, {},
        kReaders);
  book(state, ItemNo{kCount + 1}, LoanAsked{"help", UnitId{0}, 1, {}, {}}, {});
  EXPECT_EQ(state.tree, before.tree);
  EXPECT_EQ(state.schemes[0], before.schemes[0]);
  EXPECT_EQ(state.posts_in.find(UnitId{0}), before.posts_in.find(UnitId{0}));
  std::size_t disputes = 0;
  std::size_t loans = 0;
  for (std::uint64_t i = 1; i <= kCount; ++i) {
    EXPECT_EQ(state.post(PostId{i}), before.post(PostId{i}));
    EXPECT_EQ(state.posts_held.find(AccountId{i}), before.posts_held.find(AccountId{i}));
    disputes += state.disputes.find(DisputeNo{i}) == before.disputes.find(DisputeNo{i}) ? 0 : 1;
    loans += state.funds[0]->loan(ItemNo{i}) == before.funds[0]->loan(ItemNo{i}) ? 0 : 1;
  }
  EXPECT_LE(disputes, 32U);
  EXPECT_LE(loans, 16U);
  EXPECT_EQ(before.disputes.size(), kCount);
  EXPECT_EQ(before.funds[0]->loans().size(), kCount);
}

}  // namespace
}  // namespace tz::ledger
