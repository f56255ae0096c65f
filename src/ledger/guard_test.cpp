// How long a notice has to run, by the version of the flow under which an item was opened.
#include "ledger/guard.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "ledger/item.h"
#include "ledger/small_flow_test.h"

namespace tz::ledger {
namespace {

std::string file_text(const std::string& name) {
  std::ifstream in(std::string(TZ_SOURCE) + "/calendar/" + name);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::shared_ptr<const Flow> version(std::int64_t number, const Guard& notice) {
  auto flow = std::make_shared<Flow>();
  flow->kind = "matter";
  flow->version = number;
  flow->transitions = {move("publicise", {0}, 0, Act::Publicise, {notice})};
  return flow;
}

class NoticeEndTest : public testing::Test {
 protected:
  NoticeEndTest() {
    auto tree = std::make_shared<OrgTree>();
    tree->append_units(
        std::vector<UnitRow>{{"22", "省", UnitId{0}, UnitKind::Province, false, Day{0}, {}}});
    state.tree = tree;
    state.zone = *zone_named("Asia/Shanghai");
    state.flows = {version(4, {GuardKind::NoticeDaysMin, 5}),
                   version(5, {GuardKind::NoticeWorkingDaysMin, 5})};
    item.place = UnitId{0};
  }

  void adopt(const std::string& rows) {
    const auto rules =
        TimeRules{}.with_calendar(file_text("holidays.csv"), *parse_day("2020-01-01"));
    state.time_rules =
        std::make_shared<const TimeRules>(*rules->with_limits(file_text("limits.csv") + rows));
  }
  // Of a notice that is given on 27 September 2019, before the holidays of the National Day.
  std::string last(std::uint16_t flow) {
    item.flow = flow;
    const Instant now{start_of(*parse_day("2019-09-27"), state.zone).us + 3'600'000'000};
    const Circumstances at{state, [](ItemNo) { return nullptr; }, {AccountId{1}, {}}, now};
    const Transition& step = flow_of(item, state).transitions[0];
    const auto end = notice_end(at, item, *step.notice_guard());
    return end.ok() ? to_text(end->day) : end.error().code;
  }

  State state;
  Item item;
};

TEST_F(NoticeEndTest, IsCountedAsTheVersionSaysUnderWhichItWasOpened) {
  adopt("");
  EXPECT_EQ(last(0), "2019-10-02") << "natural days";
  EXPECT_EQ(last(1), "2019-10-10") << "29 and 30 September, 8, 9 and 10 October";
}

TEST_F(NoticeEndTest, OfALedgerWithoutACalendarCountsEveryDay) {
  EXPECT_EQ(last(0), "2019-10-02");
  EXPECT_EQ(last(1), "2019-10-02");
}

TEST_F(NoticeEndTest, IsThatOfTheDivisionsRowUnderAnyVersion) {
  adopt("matter.notice,3wd,started,yes,,0,22,,,,公示,notice,test\n");
  EXPECT_EQ(last(0), "2019-10-08");
  EXPECT_EQ(last(1), "2019-10-08");
}

}  // namespace
}  // namespace tz::ledger
