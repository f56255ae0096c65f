// Folding events into state: the same whether the tree is settled after each or at the end.
#include "ledger/state.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

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
      const ReceivingKeys& keys = state.receiving_keys.at(UnitId{7});
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

}  // namespace
}  // namespace tz::ledger
