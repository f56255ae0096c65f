// The published examples, every rule of reckoning, and random limits against the day-by-day twin.
#include "calendar/deadline.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/random.h"
#include "calendar/rule.h"
#include "calendar/slow_deadline_test.h"

namespace tz::calendar {
namespace {

std::string file_text(const std::string& name) {
  std::ifstream in(std::string(TZ_SOURCE) + "/calendar/" + name);
  return {std::istreambuf_iterator<char>(in), {}};
}

const Calendar& calendar() {
  static const Calendar kept = Calendar::parse(file_text("holidays.csv")).value();
  return kept;
}

Day day(std::string_view text) { return parse_day(text).value(); }

WorkingDays national() { return calendar().working_days(calendar().newest(), {}).value(); }

Instant at(std::string_view text) { return parse_instant(std::string(text) + "+08:00").value(); }

Question question(std::string_view from, std::string_view length) {
  Question out;
  out.from = start_of(day(from), out.zone);
  out.length = parse_length(length).value();
  return out;
}

Pause whole_days(std::string_view from, std::string_view to) {
  const Zone zone;
  return {start_of(day(from), zone), end_of(day(to), zone)};
}

std::string due_of(const Question& asked, const WorkingDays& days) {
  const auto out = deadline(asked, days);
  return out.ok() ? to_text(out->due_day) : out.error().code;
}

std::string due(std::string_view from, std::string_view length) {
  return due_of(question(from, length), national());
}

std::vector<std::string> steps_of(const Question& asked, const WorkingDays& days) {
  std::vector<std::string> out;
  for (const Step& step : deadline(asked, days).value().steps) out.emplace_back(to_text(step.code));
  return out;
}

using Words = std::vector<std::string>;

struct Example {
  const char* from;
  const char* length;
  const char* due;
};

TEST(Deadline, WorkingDaysAsPublished) {
  for (const Example& one : {Example{"2019-09-27", "5wd", "2019-10-10"},
                             {"2019-09-30", "5wd", "2019-10-12"},
                             {"2022-05-01", "5wd", "2022-05-10"},
                             {"2025-01-20", "5wd", "2025-01-26"},
                             {"2026-02-13", "5wd", "2026-02-27"},
                             {"2024-12-31", "20wd", "2025-02-05"},
                             {"2025-09-28", "5wd", "2025-10-11"},
                             {"2024-08-21", "45wd", "2024-10-29"}})
    EXPECT_EQ(due(one.from, one.length), one.due) << one.from;
}

TEST(Deadline, NaturalDaysRollOnceAtTheEnd) {
  for (const Example& one : {Example{"2019-09-16", "15d", "2019-10-08"},
                             {"2019-09-27", "15d", "2019-10-12"},
                             {"2024-09-13", "15d", "2024-09-29"},
                             {"2024-02-03", "15d", "2024-02-18"},
                             {"2025-01-20", "15d", "2025-02-05"},
                             {"2026-02-06", "15d", "2026-02-24"},
                             {"2019-08-02", "60d", "2019-10-08"},
                             {"2025-08-05", "60d", "2025-10-09"},
                             {"2026-09-03", "30d", "2026-10-08"}})
    EXPECT_EQ(due(one.from, one.length), one.due) << one.from;
}

// Where the last day is worked; where it is not, the roll is on top of it.
TEST(Deadline, MonthsEndOnTheSameDayOrTheMonthsLast) {
  for (const Example& one : {Example{"2024-01-31", "1m", "2024-02-29"},
                             {"2023-01-31", "1m", "2023-02-28"},
                             {"2024-08-31", "6m", "2025-02-28"},
                             {"2025-08-31", "2m", "2025-10-31"},
                             {"2024-02-29", "12m", "2025-02-28"},
                             {"2024-02-29", "48m", "2028-02-29"},
                             {"2023-12-31", "2m", "2024-02-29"}})
    EXPECT_EQ(due(one.from, one.length), one.due) << one.from;
  EXPECT_EQ(steps_of(question("2024-01-31", "1m"), national()),
            (Words{"start_day", "month_short", "counted", "end_of_day"}));
}

TEST(Deadline, MonthsAreFoundLikeOneByOne) {
  for (std::int32_t start = day("2007-01-01").number; start < day("2012-03-01").number;
       start += 7) {
    Day first = first_of_month(Day{start});
    const std::int32_t place = start - first.number;
    for (std::int32_t months = 0; months < 1'200; ++months) {
      const std::int32_t last = next_month(first).number - 1;
      ASSERT_EQ(months_later(Day{start}, months).number, std::min(first.number + place, last))
          << to_text(Day{start}) << " + " << months;
      first = next_month(first);
    }
  }
}

TEST(Deadline, The29thOfFebruaryIsADayLikeAnother) {
  EXPECT_EQ(due("2024-02-28", "1d"), "2024-02-29");
  EXPECT_EQ(due("2024-02-29", "1d"), "2024-03-01");
  EXPECT_EQ(due("2024-02-28", "2wd"), "2024-03-01");
}

TEST(Deadline, HoursRunOverMidnightAndHolidaysAndNeverRoll) {
  Question asked = question("2024-09-30", "24h");
  asked.from = at("2024-09-30T15:30:00");
  const Deadline out = deadline(asked, national()).value();
  EXPECT_EQ(out.due, at("2024-10-01T15:30:00"));
  EXPECT_EQ(to_text(out.due_day), "2024-10-01");
  EXPECT_FALSE(out.provisional);
  asked.pauses = {{at("2024-09-30T20:00:00"), at("2024-09-30T22:00:00")},
                  {at("2024-09-30T21:00:00"), at("2024-09-30T23:00:00")},
                  {at("2024-09-30T10:00:00"), at("2024-09-30T16:30:00")},
                  {at("2024-10-02T00:00:00"), at("2024-10-03T00:00:00")}};
  EXPECT_EQ(deadline(asked, national())->due, at("2024-10-01T19:30:00"));
  asked.extensions = {{LengthUnit::Hours, 5}};
  EXPECT_EQ(deadline(asked, national())->due, at("2024-10-03T00:30:00"));
}

TEST(Deadline, TheLastDayEndsAt24OfTheLedgersZone) {
  const Deadline out = deadline(question("2024-09-13", "15d"), national()).value();
  EXPECT_EQ(out.due, at("2024-09-30T00:00:00"));
  Question urumqi;
  urumqi.zone = zone_named("Asia/Urumqi").value();
  urumqi.from = at("2024-09-14T01:30:00");  // still the 13th there
  urumqi.length = {LengthUnit::NaturalDays, 15};
  EXPECT_EQ(deadline(urumqi, national())->due, at("2024-09-30T02:00:00"));
}

TEST(Deadline, SaysWhyStepByStep) {
  EXPECT_EQ(steps_of(question("2019-09-16", "15d"), national()),
            (Words{"start_day", "counted", "rest_holiday", "rolled", "end_of_day"}));
  EXPECT_EQ(steps_of(question("2019-09-27", "15d"), national()),
            (Words{"start_day", "counted", "worked", "end_of_day"}));
  EXPECT_EQ(steps_of(question("2024-09-13", "15d"), national()),
            (Words{"start_day", "counted", "rest_weekend", "rolled", "end_of_day"}));
  EXPECT_EQ(steps_of(question("2027-02-01", "5wd"), national()),
            (Words{"start_day", "counted", "end_of_day", "provisional"}));
  const Deadline out = deadline(question("2019-09-16", "15d"), national()).value();
  const Facts facts = facts_of(out.steps[2], national(), Zone{});
  EXPECT_EQ(facts, (Facts{{"day", "2019-10-01"}, {"holiday", "national_day"}}));
}

TEST(Deadline, DaysOfAPauseAreNotCountedAndTheRestGoesOnAfter) {
  Question asked = question("2024-03-04", "10d");
  asked.pauses = {whole_days("2024-03-06", "2024-03-08")};
  EXPECT_EQ(due_of(asked, national()), "2024-03-18");  // raw Sunday the 17th
  // A day that a pause touches for an hour is not counted, and none is left out twice.
  asked.pauses = {{at("2024-03-06T09:00:00"), at("2024-03-06T10:00:00")},
                  {at("2024-03-06T14:00:00"), at("2024-03-06T15:00:00")}};
  EXPECT_EQ(due_of(asked, national()), "2024-03-15");
  asked.length = {LengthUnit::WorkingDays, 3};
  asked.pauses = {whole_days("2024-03-06", "2024-03-10")};
  EXPECT_EQ(due_of(asked, national()), "2024-03-12");
  asked.length = {LengthUnit::Months, 1};
  EXPECT_EQ(due_of(asked, national()), "2024-04-09");
}

TEST(Deadline, APauseAfterTheEndOrBeforeTheStartChangesNothing) {
  Question asked = question("2024-03-04", "3d");
  asked.pauses = {whole_days("2024-03-08", "2024-03-20"), whole_days("2024-02-01", "2024-03-04")};
  EXPECT_EQ(due_of(asked, national()), "2024-03-07");
  asked.pauses = {whole_days("2024-03-07", "2024-03-07")};
  EXPECT_EQ(due_of(asked, national()), "2024-03-08");
}

TEST(Deadline, AnExtensionGoesOnFromTheUnrolledEnd) {
  Question asked = question("2024-08-01", "60d");  // raw Monday 09-30
  asked.extensions = {{LengthUnit::NaturalDays, 5}};
  EXPECT_EQ(due_of(asked, national()), "2024-10-08");
  asked = question("2024-09-13", "15d");  // raw Saturday 09-28
  asked.extensions = {{LengthUnit::WorkingDays, 1}};
  EXPECT_EQ(due_of(asked, national()), "2024-09-29");
  asked.pauses = {whole_days("2024-09-29", "2024-09-29")};
  EXPECT_EQ(due_of(asked, national()), "2024-09-30");
}

TEST(Deadline, WhatDoesNotRollStaysOnTheRestDay) {
  Question asked = question("2024-09-13", "15d");
  asked.rolls = false;
  EXPECT_EQ(due_of(asked, national()), "2024-09-28");
  asked = question("2027-05-01", "10d");
  asked.rolls = false;
  EXPECT_FALSE(deadline(asked, national())->provisional);
}

TEST(Deadline, AmendmentsChangeWhatIsReckonedAfterThem) {
  const auto as_known = [](std::string_view known, std::string_view from, std::string_view length) {
    return due_of(question(from, length),
                  calendar().working_days(calendar().as_known(day(known)), {}).value());
  };
  EXPECT_EQ(as_known("2019-03-01", "2019-04-26", "3wd"), "2019-05-02");
  EXPECT_EQ(as_known("2019-03-21", "2019-04-26", "3wd"), "2019-05-02");
  EXPECT_EQ(as_known("2019-03-22", "2019-04-26", "3wd"), "2019-04-30");
  EXPECT_EQ(as_known("2019-03-22", "2019-04-26", "5wd"), "2019-05-06");
  EXPECT_EQ(as_known("2019-03-21", "2019-04-30", "4d"), "2019-05-06");
  EXPECT_EQ(as_known("2019-03-22", "2019-04-30", "5d"), "2019-05-05");
  EXPECT_EQ(as_known("2020-01-26", "2020-01-20", "11d"), "2020-01-31");
  EXPECT_EQ(as_known("2020-01-27", "2020-01-20", "11d"), "2020-02-03");
  EXPECT_EQ(as_known("2020-01-26", "2020-01-23", "2wd"), "2020-02-01");
  EXPECT_EQ(as_known("2020-01-27", "2020-01-23", "2wd"), "2020-02-04");
  EXPECT_EQ(as_known("2015-05-12", "2015-09-02", "1d"), "2015-09-03");
  EXPECT_EQ(as_known("2015-05-13", "2015-09-02", "1d"), "2015-09-06");
}

TEST(Deadline, WithoutANoticeItIsProvisional) {
  const auto provisional = [](std::string_view from, std::string_view length) {
    return deadline(question(from, length), national())->provisional;
  };
  EXPECT_TRUE(provisional("2026-12-20", "15d"));
  EXPECT_TRUE(provisional("2026-12-24", "1wd"));
  EXPECT_FALSE(provisional("2026-12-23", "1wd"));
  EXPECT_TRUE(provisional("2027-03-01", "5wd"));
  EXPECT_EQ(due("2027-09-29", "5wd"), "2027-10-06");  // weekdays only
  // What the neighbouring year's notice later said of 2018-12-29, and what was thought before.
  const WorkingDays before =
      calendar().working_days(calendar().as_known(day("2018-12-01")), {}).value();
  const Deadline thought = deadline(question("2018-12-28", "1wd"), before).value();
  EXPECT_EQ(to_text(thought.due_day), "2018-12-31");
  EXPECT_TRUE(thought.provisional);
  EXPECT_EQ(due("2018-12-28", "1wd"), "2018-12-29");
}

TEST(Deadline, OutsideTheCalendarIsRefused) {
  EXPECT_EQ(due("2006-12-29", "5wd"), "calendar_before");
  EXPECT_EQ(due("1999-01-01", "9999d"), "calendar_before");
  EXPECT_EQ(due("2006-12-30", "1d"), "2006-12-31");  // a Sunday that was worked
  EXPECT_EQ(due("2099-12-30", "1d"), "2099-12-31");
  for (const char* length : {"1d", "1wd", "1m"})
    EXPECT_EQ(due("2099-12-31", length), "calendar_beyond") << length;
  EXPECT_EQ(due("2099-12-25", "1d"), "2099-12-28");
  EXPECT_EQ(due("2100-01-01", "1d"), "calendar_beyond");
  EXPECT_EQ(due("2026-01-01", "9999m"), "calendar_beyond");
  Question asked = question("2099-12-31", "24h");
  EXPECT_EQ(deadline(asked, national())->due, end_of(kLastDay, asked.zone));
  asked.length.amount = 25;
  EXPECT_EQ(due_of(asked, national()), "calendar_beyond");
  asked = question("2099-12-01", "5d");
  asked.pauses = {whole_days("2099-12-02", "2101-01-01")};
  EXPECT_EQ(due_of(asked, national()), "calendar_beyond");
}

TEST(Deadline, RefusesWhatCannotBeReckoned) {
  Question asked = question("2024-03-04", "10d");
  asked.pauses = {{at("2024-03-06T09:00:00"), at("2024-03-06T09:00:00")}};
  EXPECT_EQ(due_of(asked, national()), "pause_backwards");
  asked.pauses.assign(kPausesMax + 1, whole_days("2024-03-06", "2024-03-06"));
  EXPECT_EQ(due_of(asked, national()), "pauses_too_many");
  asked.pauses.clear();
  asked.extensions.assign(kExtensionsMax + 1, {});
  EXPECT_EQ(due_of(asked, national()), "extensions_too_many");
  asked.extensions = {{LengthUnit::Hours, 1}};
  EXPECT_EQ(due_of(asked, national()), "extension_unit");
  asked.extensions = {{LengthUnit::Months, 1}};
  EXPECT_EQ(due_of(asked, national()), "extension_unit");
  asked.length.unit = LengthUnit::Hours;
  asked.extensions = {{LengthUnit::NaturalDays, 1}};
  EXPECT_EQ(due_of(asked, national()), "extension_unit");
}

TEST(Length, IsANumberAndAUnit) {
  for (const char* text : {"15d", "5wd", "24h", "2m", "9999d"})
    EXPECT_EQ(to_text(parse_length(text).value()), text);
  for (const char* text : {"", "d", "0d", "-1d", "10000d", "5", "5 d", "5D", "5w", "1.5d", "+5d",
                           "99999999999999999999d", "5wd "})
    EXPECT_EQ(parse_length(text).error().code, "bad_length") << text;
}

class Lot {
 public:
  explicit Lot(std::uint64_t seed) : random_(seed) {}
  std::int32_t below(std::int32_t n) {
    return static_cast<std::int32_t>(random_.next_u64() % static_cast<std::uint64_t>(n));
  }

  Question question() {
    Question out;
    const std::int32_t start = kFirstDay.number + below(9'000);
    const auto minute = [&](std::int32_t day) {
      return Instant{start_of(Day{day}, out.zone).us + below(1'440) * 60'000'000LL};
    };
    out.from = minute(start);
    out.length.unit = static_cast<LengthUnit>(below(4));
    out.length.amount = 1 + below(out.length.unit == LengthUnit::Months ? 12 : 90);
    out.rolls = below(4) != 0 && out.length.unit != LengthUnit::Hours;
    for (std::int32_t left = below(4); left > 0; --left) {
      const std::int32_t day = start - 5 + below(60);
      Pause pause{minute(day), minute(day + below(8))};
      if (below(2) == 0)
        pause = {start_of(Day{day}, out.zone), end_of(Day{day + below(8)}, out.zone)};
      if (pause.from < pause.to) out.pauses.push_back(pause);
    }
    for (std::int32_t left = below(3); left > 0; --left)
      out.extensions.push_back({out.length.unit == LengthUnit::Hours ? LengthUnit::Hours
                                : below(2) == 0                      ? LengthUnit::NaturalDays
                                                                     : LengthUnit::WorkingDays,
                                1 + below(30)});
    return out;
  }

 private:
  SeededRandom random_;
};

TEST(Deadline, IsProvisionalWhereLocalHolidaysAreNotKnown) {
  const auto there = [](const char* region) {
    return calendar().working_days(calendar().newest(), Region{region}).value();
  };
  const auto provisional = [&](const char* region, const char* from, const char* length) {
    const Deadline out = deadline(question(from, length), there(region)).value();
    const bool says = std::any_of(out.steps.begin(), out.steps.end(), [](const Step& step) {
      return step.code == StepCode::LocalUnknown;
    });
    EXPECT_EQ(says, out.provisional);
    return out.provisional;
  };
  EXPECT_TRUE(provisional("6501", "2024-06-03", "5wd"));
  EXPECT_FALSE(provisional("6101", "2024-06-03", "5wd"));
  // Natural days ask about their last day alone, working days about each.
  EXPECT_FALSE(provisional("45", "2023-12-20", "30d"));
  EXPECT_TRUE(provisional("45", "2023-12-20", "20wd"));
  Question fixed = question("2024-06-03", "15d");
  fixed.rolls = false;
  EXPECT_FALSE(deadline(fixed, there("65"))->provisional);
  Question hours = question("2024-06-03", "24h");
  EXPECT_FALSE(deadline(hours, there("65"))->provisional);
  const Deadline out = deadline(question("2024-12-20", "15d"), there("65")).value();
  EXPECT_EQ(facts_of(out.steps.back(), there("65"), {}), (Facts{{"year", "2025"}}));
}

TEST(Deadline, EqualsTheDayByDayTwin) {
  const std::uint64_t seed = SystemRandom().next_u64();
  SCOPED_TRACE("seed " + std::to_string(seed));
  Lot lot(seed);
  const std::vector<Region> regions = {{""}, {"45"}, {"5134"}, {"513401"}, {"65"}};
  for (int round = 0; round < 12; ++round) {
    const CalendarVersion version =
        calendar().as_known(Day{kFirstDay.number - 100 + lot.below(8'000)});
    const Region& region = regions[static_cast<std::size_t>(lot.below(5))];
    const WorkingDays days = calendar().working_days(version, region).value();
    const auto works = [&](Day day) {
      return slow_works(calendar().notices(), version, region, day);
    };
    for (int i = 0; i < 60; ++i) {
      Question asked = lot.question();
      const Deadline out = deadline(asked, days).value();
      ASSERT_EQ(out.due.us, slow_due(asked, works).us)
          << to_text(asked.from, asked.zone) << " + " << to_text(asked.length) << " pauses "
          << asked.pauses.size() << " extensions " << asked.extensions.size() << " round " << round;
      // One unit more never ends earlier.
      ++asked.length.amount;
      ASSERT_LE(out.due, deadline(asked, days)->due);
      ASSERT_GT(out.due, asked.from);
    }
  }
}

}  // namespace
}  // namespace tz::calendar
