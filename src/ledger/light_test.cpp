// Which light shows when, by domain rules 1.8, at both sides of every border.
#include "ledger/light.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

namespace tz::ledger {
namespace {

constexpr Day kMonday{18'148};  // 2019-09-09

Instant noon(Day day) { return Instant{start_of(day, Zone{}).us + kDayUs / 2}; }
Day after(std::int32_t days) { return Day{kMonday.number + days}; }

// One unit, one flow of two states, no calendar: every day counts.
struct Given {
  State state;
  Item item;

  Given() {
    auto tree = std::make_shared<OrgTree>();
    tree->add_units(
        std::vector<UnitRow>{{"0", "全国", UnitId{0}, UnitKind::Nation, false, Day{0}, {}}});
    state.tree = tree;
    auto flow = std::make_shared<Flow>();
    flow->kind = "problem";
    flow->states = {{"working", {}, Phase::Working}, {"closed", {}, Phase::Closed}};
    state.flows = {flow};
    state.kinds = {"problem"};
    item.opened = noon(kMonday);
    item.lead = UnitId{0};
    item.deadline_set = noon(kMonday);
  }
  std::string light(Instant now) const {
    const auto lit = light_of(state, item, now);
    if (!lit) return "none";
    return std::string(to_text(lit->light)) + " " + std::string(to_text(lit->reason));
  }
};

TEST(Light, OfADeadlineIsRedOnceItIsOverAndYellowBefore) {
  Given given;
  given.item.due = after(10);
  EXPECT_EQ(given.light(noon(after(6))), "blue on_schedule");
  EXPECT_EQ(given.light(noon(after(7))), "yellow near_due") << "three days are left";
  EXPECT_EQ(given.light(Instant{end_of(after(10), Zone{}).us - 1}), "yellow near_due");
  EXPECT_EQ(given.light(end_of(after(10), Zone{})), "red overdue") << "at the right moment";
}

TEST(Light, GoesByTheRulesOfItsFlow) {
  Given given;
  auto flow = std::make_shared<Flow>(*given.state.flows[0]);
  flow->lights.near_working_days = 1;
  flow->lights.near_fraction = 100;
  flow->lights.returned = 3;
  given.state.flows = {flow};
  given.item.due = after(10);
  given.item.returned = 2;
  EXPECT_EQ(given.light(noon(after(8))), "blue on_schedule");
  EXPECT_EQ(given.light(noon(after(9))), "yellow near_due") << "one day is left";
  given.item.returned = 3;
  EXPECT_EQ(given.light(noon(after(8))), "red returned_twice");
}

TEST(Light, OfALongTermIsYellowInItsLastFifth) {
  Given given;
  given.item.deadline_set = start_of(kMonday, Zone{});
  given.item.due = after(99);  // a hundred days
  EXPECT_EQ(given.light(Instant{start_of(after(80), Zone{}).us - 1}), "blue on_schedule");
  EXPECT_EQ(given.light(start_of(after(80), Zone{})), "yellow near_due");
}

TEST(Light, FollowsAClockThatRunsAndNotOneThatStandsStill) {
  Given given;
  ItemClock clock;
  clock.due_day = after(1);
  clock.due = end_of(after(1), Zone{});
  clock.set = noon(kMonday);
  given.item.clocks = {clock};
  EXPECT_EQ(given.light(noon(after(2))), "red overdue");
  given.item.clocks[0].still_since = noon(after(1));
  EXPECT_EQ(given.light(noon(after(2))), "blue on_schedule");
}

TEST(Light, KnowsWhoWasReturnedTwice) {
  Given given;
  given.item.returned = 1;
  EXPECT_EQ(given.light(noon(kMonday)), "blue on_schedule");
  given.item.returned = 2;
  EXPECT_EQ(given.light(noon(kMonday)), "red returned_twice");
  const ItemRow row = row_of(given.item, given.state);
  EXPECT_EQ(light_of(given.state, row, {}, noon(kMonday))->reason, LightReason::ReturnedTwice);
}

TEST(Light, IsYellowTenPointsBehindAndRedMoreThanThirty) {
  Given given;
  given.item.due = after(100);
  given.item.measures = {{1, UnitId{0}, after(50), false, false},
                         {2, UnitId{0}, after(100), false, false}};
  const auto at = [&](std::int32_t days) {
    return std::to_string(*schedule_gap(given.state, given.item, after(days)) / 100) + " " +
           given.light(noon(after(days)));
  };
  EXPECT_EQ(at(0), "0 blue on_schedule");
  EXPECT_EQ(at(9), "9 blue on_schedule");
  EXPECT_EQ(at(10), "10 yellow behind");
  EXPECT_EQ(at(30), "30 yellow behind");
  EXPECT_EQ(at(31), "31 red far_behind");
  given.item.measures[0].done = true;
  EXPECT_EQ(at(31), "-19 blue on_schedule");
  EXPECT_EQ(at(75), "25 yellow behind");
  given.item.measures[0].ended = true;  // a newer plan: one measure, due on the hundredth day
  EXPECT_EQ(at(40), "40 red far_behind");
}

TEST(Light, IsNoneOfWhatIsNotOpenAndNoScheduleIsNoGap) {
  Given given;
  EXPECT_EQ(schedule_gap(given.state, given.item, kMonday), std::nullopt);
  given.item.state = 1;
  EXPECT_EQ(given.light(noon(kMonday)), "none");
}

}  // namespace
}  // namespace tz::ledger
