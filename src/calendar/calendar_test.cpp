// The days of the file, its versions and regions, and what is refused in such a file.
#include "calendar/calendar.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/random.h"
#include "calendar/slow_deadline_test.h"

namespace tz::calendar {
namespace {

std::string holidays() {
  std::ifstream in(std::string(TZ_SOURCE) + "/calendar/holidays.csv");
  return {std::istreambuf_iterator<char>(in), {}};
}

const Calendar& calendar() {
  static const Calendar kept = Calendar::parse(holidays()).value();
  return kept;
}

Day day(std::string_view text) { return parse_day(text).value(); }

WorkingDays in(const char* region) {
  return calendar().working_days(calendar().newest(), Region{region}).value();
}

std::string fault(std::string_view text) {
  const auto out = Calendar::parse(text);
  if (out.ok()) return "read";
  std::string facts = out.error().code;
  for (const auto& [name, value] : out.error().facts) facts += " " + value;
  return facts;
}

TEST(Calendar, BeginsAndEndsWhereItSays) {
  EXPECT_EQ(to_text(kFirstDay), "2006-12-30");
  EXPECT_EQ(to_text(kLastDay), "2099-12-31");
  EXPECT_EQ(to_text(in("").certain_to()), "2026-12-24");
}

TEST(Calendar, WorkingDaysOfEachYear) {
  const int counts[] = {249, 251, 250, 250, 250, 249, 250, 250, 249, 250,
                        249, 250, 250, 249, 250, 249, 249, 251, 248, 248};
  for (int year = 2007; year <= 2026; ++year)
    EXPECT_EQ(in("").count(day(std::to_string(year - 1) + "-12-31"),
                           day(std::to_string(year) + "-12-31")),
              counts[year - 2007])
        << year;
}

TEST(Calendar, DaysOfTheNeighbouringYearBelongToTheNoticeThatNamesThem) {
  const WorkingDays days = in("");
  EXPECT_TRUE(days.works(day("2018-12-29")));
  EXPECT_FALSE(days.works(day("2018-12-31")));
  const Naming* naming = days.naming(day("2018-12-29"));
  ASSERT_NE(naming, nullptr);
  EXPECT_EQ(calendar().notices()[naming->notice].id, "2019");
  EXPECT_EQ(naming->holiday, "new_year");
}

TEST(Calendar, LocalDaysHoldInTheirRegionOnly) {
  for (const char* region : {"45", "4501", "450102"}) {
    EXPECT_FALSE(in(region).works(day("2017-03-30"))) << region;
    EXPECT_FALSE(in(region).works(day("2017-04-01"))) << region;
    EXPECT_TRUE(in(region).works(day("2017-04-08"))) << region;
  }
  EXPECT_TRUE(in("").works(day("2017-03-30")));
  EXPECT_TRUE(in("44").works(day("2017-04-01")));  // made up for in the rest of the country
  EXPECT_FALSE(in("5134").works(day("2011-10-08")));
  EXPECT_TRUE(in("51").works(day("2011-10-08")));
}

TEST(Calendar, ALocalHolidayIsUnknownUntilItsNoticeNamesIt) {
  const auto unknown = [](const WorkingDays& days, const char* from, const char* to) {
    return days.local_unknown(day(from), day(to));
  };
  EXPECT_EQ(unknown(in("6501"), "2024-03-01", "2024-03-02"), 2024);
  EXPECT_EQ(unknown(in("45"), "2024-12-31", "2025-01-01"), 2025) << "2024 has its notice";
  EXPECT_EQ(unknown(in("45"), "2013-01-01", "2013-12-31"), std::nullopt);
  EXPECT_EQ(unknown(in("5134"), "2011-01-01", "2011-12-31"), std::nullopt);
  EXPECT_EQ(unknown(in("51"), "2012-01-01", "2012-12-31"), std::nullopt);
  EXPECT_EQ(unknown(in(""), "2007-01-01", "2099-12-31"), std::nullopt);
  const std::string one = "notice,x,65,2024-03-01,,,,\noff,2024-04-10,2024-04-10,eid\n";
  const std::string other = "notice,y,65,2024-05-01,,,,\noff,2024-06-16,2024-06-18,corban\n";
  for (const bool both : {false, true}) {
    const Calendar more = Calendar::parse(holidays() + one + (both ? other : "")).value();
    const WorkingDays days = more.working_days(more.newest(), Region{"65"}).value();
    EXPECT_EQ(unknown(days, "2024-01-01", "2024-12-31").has_value(), !both);
    EXPECT_EQ(unknown(days, "2024-12-31", "2025-01-01"), both ? 2025 : 2024);
  }
}

TEST(Calendar, AVersionGivesForEverWhatItGave) {
  const CalendarVersion old = calendar().as_known(day("2019-03-01"));
  EXPECT_EQ(parse_version(to_text(old)).value(), old);
  const Calendar grown =
      Calendar::parse(holidays() +
                      "notice,late,,2019-02-01,,,,2019\noff,2019-06-03,2019-06-03,dragon_boat\n")
          .value();
  for (const Day at : {day("2019-05-02"), day("2019-06-03"), day("2019-04-28")})
    EXPECT_EQ(grown.working_days(old, {})->works(at), calendar().working_days(old, {})->works(at));
  EXPECT_FALSE(grown.working_days(grown.as_known(day("2019-03-01")), {})->works(day("2019-06-03")));
  EXPECT_EQ(calendar().working_days(grown.newest(), {}).error().code, "calendar_version_unknown");
  for (const char* text : {"", "25", "@2019-03-01", "25@", "x@2019-03-01", "25@2019-13-01",
                           "-1@2019-03-01", "25 @2019-03-01"})
    EXPECT_EQ(parse_version(text).error().code, "bad_calendar_version") << text;
}

TEST(Calendar, NothingIsCertainBeforeTheFirstNotice) {
  const WorkingDays days =
      calendar().working_days(calendar().as_known(day("2006-12-01")), {}).value();
  EXPECT_LT(days.certain_to(), kFirstDay);
  EXPECT_FALSE(days.works(day("2006-12-30")));
}

TEST(Calendar, TheLastYearThatCanBeWrittenIsAYear) {
  const Calendar far = Calendar::parse("notice,far,,2099-12-01,,,2999,\n").value();
  EXPECT_EQ(to_text(far.working_days(far.newest(), {})->certain_to()), "2999-12-24");
}

TEST(Calendar, FaultsNameLineAndColumn) {
  const std::string head = "notice,a,,2020-01-01,,,2020,\n";
  EXPECT_EQ(fault(""), "read");
  EXPECT_EQ(fault("# only a comment\n" + head + "off,2020-01-01,2020-01-01,new_year\n"), "read");
  EXPECT_EQ(fault("holiday,x\n"), "calendar_malformed 1 notice word");
  EXPECT_EQ(fault("\n\noff,2020-01-01,2020-01-01,x\n"), "calendar_malformed 3 off orphan");
  EXPECT_EQ(fault("notice,a,,2020-01-01\n"), "calendar_malformed 1 notice cells");
  EXPECT_EQ(fault("notice,A b,,2020-01-01,,,,\n"), "calendar_malformed 1 id word");
  EXPECT_EQ(fault(head + head), "calendar_malformed 2 id twice");
  EXPECT_EQ(fault("notice,a,4,2020-01-01,,,,\n"), "calendar_malformed 1 region region");
  EXPECT_EQ(fault("notice,a,,2020-02-30,,,,\n"), "calendar_malformed 1 issued day");
  EXPECT_EQ(fault("notice,a,,,,,,\n"), "calendar_malformed 1 issued known");
  EXPECT_EQ(fault("notice,a,,2020-01-02,2020-01-01,,,\n"), "calendar_malformed 1 published order");
  EXPECT_EQ(fault("notice,a,,2020-01-01,,,20,\n"), "calendar_malformed 1 year year");
  EXPECT_EQ(fault("notice,a,45,2020-01-01,,,2020,\n"), "calendar_malformed 1 year region");
  EXPECT_EQ(fault("notice,a,,2020-01-01,,,,b\n"), "calendar_malformed 1 supersedes unknown");
  EXPECT_EQ(fault(head + "off,2020-01-01,x\n"), "calendar_malformed 2 off cells");
  EXPECT_EQ(fault(head + "off,2020-01-01,2019-12-31,x\n"), "calendar_malformed 2 to order");
  EXPECT_EQ(fault(head + "off,2020-01-01,2020-03-01,x\n"), "calendar_malformed 2 to order");
  EXPECT_EQ(fault(head + "work,2020-1-1,2020-01-01,x\n"), "calendar_malformed 2 from day");
  EXPECT_EQ(fault(head + "work,2020-01-04,2020-01-04,\n"), "calendar_malformed 2 holiday word");
  EXPECT_EQ(fault(head + "off,2020-01-01,2020-01-02,x\nwork,2020-01-02,2020-01-02,x\n"),
            "calendar_malformed 3 from twice");
  EXPECT_EQ(fault(head + "off,2020-01-01,2020-01-01,x\nnotice,b,,2020-01-02,,,,\n"
                         "work,2020-01-01,2020-01-01,x\n"),
            "calendar_malformed 4 from twice");
  EXPECT_EQ(fault(head + "off,2020-01-01,2020-01-01,x\nnotice,b,,2020-01-02,,,,a\n"
                         "work,2020-01-01,2020-01-01,x\n"),
            "read");
  EXPECT_EQ(fault("local,65,2020,\n"), "calendar_malformed 1 local cells");
  EXPECT_EQ(fault("local,,2020,,eid\n"), "calendar_malformed 1 region region");
  EXPECT_EQ(fault("local,65,,,eid\n"), "calendar_malformed 1 from year");
  EXPECT_EQ(fault("local,65,2020,2019,eid\n"), "calendar_malformed 1 to order");
  EXPECT_EQ(fault("local,65,2020,,\n"), "calendar_malformed 1 holiday word");
  EXPECT_EQ(fault(head + "local,65,2020,,eid\noff,2020-05-24,2020-05-24,eid\n"),
            "calendar_malformed 3 off orphan");
  EXPECT_EQ(fault("notice,\xff"), "calendar_malformed 1 text text");
  EXPECT_EQ(fault("notice,\"a").substr(0, 13), "csv_malformed");
}

TEST(Calendar, CountsLikeOneWhoLooksAtEveryDay) {
  const std::uint64_t seed = SystemRandom().next_u64();
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  const CalendarVersion version = calendar().newest();
  const WorkingDays days = in("45");
  for (int i = 0; i < 200; ++i) {
    const Day from{kFirstDay.number + static_cast<std::int32_t>(random.next_u64() % 7'000)};
    const Day to{from.number + static_cast<std::int32_t>(random.next_u64() % 400)};
    std::int32_t count = 0;
    for (Day at{from.number + 1}; at <= to; ++at.number)
      if (slow_works(calendar().notices(), version, Region{"45"}, at)) ++count;
    ASSERT_EQ(days.count(from, to), count) << to_text(from) << " " << to_text(to);
    if (count > 0) {
      ASSERT_LE(*days.nth_after(from, count), to);
    }
    ASSERT_GT(*days.nth_after(from, count + 1), to);
  }
}

}  // namespace
}  // namespace tz::calendar
