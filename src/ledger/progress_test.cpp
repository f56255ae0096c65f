// How far an item is, from what was counted: both sides of every border.
#include "ledger/progress.h"

#include <gtest/gtest.h>

namespace tz::ledger {
namespace {

constexpr Day kMonday{18'148};  // 2019-09-09

Day after(std::int32_t days) { return Day{kMonday.number + days}; }

Quantity quantity(const char* id, std::int64_t value) {
  Quantity out;
  out.id = id;
  out.unit = "space";
  out.value = value;
  return out;
}

Measure milestone(std::uint16_t number, Day due, bool done) {
  Measure out;
  out.measure = number;
  out.due = due;
  out.done = done;
  return out;
}

TEST(Progress, OfAnIndicatorIsTheWayFromItsBaselineToItsTarget) {
  Quantity wanted = quantity("spaces", 36);
  EXPECT_EQ(indicator_rate(wanted, quantity("spaces", 9)), 2'500);
  EXPECT_EQ(indicator_rate(wanted, quantity("spaces", 72)), 20'000) << "it is not capped";
  EXPECT_EQ(indicator_rate(wanted, quantity("spaces", 35)), 9'722) << "rounded down";
  wanted.baseline = 20;
  EXPECT_EQ(indicator_rate(wanted, quantity("spaces", 20)), 0);
  EXPECT_EQ(indicator_rate(wanted, quantity("spaces", 28)), 5'000);
  EXPECT_EQ(indicator_rate(wanted, quantity("spaces", 12)), -5'000);
}

TEST(Progress, OfAnUpperBoundGoesDown) {
  Quantity wanted = quantity("minutes", 20);
  wanted.bound = Bound::AtMost;
  EXPECT_EQ(indicator_rate(wanted, quantity("minutes", 20)), kWhole);
  EXPECT_EQ(indicator_rate(wanted, quantity("minutes", 21)), 0) << "no way is known";
  wanted.baseline = 60;
  EXPECT_EQ(indicator_rate(wanted, quantity("minutes", 50)), 2'500);
  EXPECT_EQ(indicator_rate(wanted, quantity("minutes", 10)), 12'500);
}

TEST(Progress, OfTheGreatestNumbersIsExact) {
  constexpr std::int64_t kGreatest = (std::int64_t{1} << 53) - 1;
  EXPECT_EQ(indicator_rate(quantity("fen", kGreatest), quantity("fen", kGreatest)), kWhole);
  EXPECT_EQ(indicator_rate(quantity("fen", kGreatest), quantity("fen", kGreatest - 1)), 9'999);
}

TEST(Progress, IsHalfIndicatorsAndHalfMilestones) {
  Item item;
  EXPECT_EQ(progress_of(item).attained, std::nullopt);
  item.criterion = {quantity("spaces", 36), quantity("lamps", 10)};
  EXPECT_EQ(progress_of(item).attained, 0);
  item.actuals = {quantity("spaces", 72)};
  EXPECT_EQ(progress_of(item).attained, 5'000)
      << "more than wholly is wholly, and the other is none";
  EXPECT_EQ(progress_of(item).indicators[0].rate, 20'000);
  EXPECT_EQ(progress_of(item).indicators[1].rate, std::nullopt);
  item.measures = {milestone(1, after(10), true), milestone(2, after(20), false)};
  item.measures.push_back(milestone(3, after(30), false));
  item.measures.back().ended = true;
  EXPECT_EQ(progress_of(item).milestones, 2);
  EXPECT_EQ(progress_of(item).attained, 5'000);
  item.criterion.reset();
  item.measures[1].done = true;
  EXPECT_EQ(progress_of(item).attained, kWhole);
}

TEST(Progress, CountsNothingInAnotherUnitOfMeasure) {
  Item item;
  item.criterion = {quantity("spaces", 36)};
  item.actuals = {quantity("spaces", 36)};
  item.actuals[0].unit = "metre";
  EXPECT_EQ(progress_of(item).attained, 0);
}

TEST(Progress, IsPlannedFromMilestoneToMilestone) {
  Item item;
  EXPECT_EQ(planned_by(item, kMonday), std::nullopt);
  item.planned = kMonday;
  EXPECT_EQ(planned_by(item, kMonday), std::nullopt) << "there is no date";
  item.due = after(100);
  EXPECT_EQ(planned_by(item, after(25)), 2'500) << "straight to the deadline";
  item.measures = {milestone(2, after(50), false), milestone(1, after(10), false)};
  EXPECT_EQ(planned_by(item, kMonday), 0);
  EXPECT_EQ(planned_by(item, after(5)), 2'500);
  EXPECT_EQ(planned_by(item, after(10)), 5'000);
  EXPECT_EQ(planned_by(item, after(30)), 7'500);
  EXPECT_EQ(planned_by(item, after(50)), kWhole);
  EXPECT_EQ(planned_by(item, after(500)), kWhole);
  item.measures = {milestone(1, after(-3), false), milestone(2, after(10), false)};
  EXPECT_EQ(planned_by(item, kMonday), 5'000) << "a day that was over when it was planned";
}

TEST(Progress, OfPaymentIsOutOfWhatIsInPlace) {
  EXPECT_EQ(payment_rate({}), std::nullopt);
  EXPECT_EQ(payment_rate({100, 0, 0}), std::nullopt);
  EXPECT_EQ(payment_rate({100, 80, {}}), 0);
  EXPECT_EQ(payment_rate({100, 80, 60}), 7'500);
}

}  // namespace
}  // namespace tz::ledger
