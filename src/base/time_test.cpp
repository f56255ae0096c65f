// Days against a calendar that counts one by one; instants by round trips and by their edges.
#include "base/time.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>

#include "base/random.h"

namespace tz {
namespace {

bool leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

std::string written(int year, int month, int day) {
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02d-%02d", year, month, day);
  return out.data();
}

TEST(Day, AgreesWithACalendarThatCounts) {
  std::int32_t number = -25'567;  // 1900-01-01, 70 years and 17 leap days before 1970
  for (int year = 1900; year <= 2999; ++year)
    for (int month = 1; month <= 12; ++month)
      for (int day = 1; day <= days_in(year, month); ++day, ++number) {
        const std::string text = written(year, month, day);
        const auto parsed = parse_day(text);
        ASSERT_TRUE(parsed.ok()) << text;
        ASSERT_EQ(parsed->number, number) << text;
        ASSERT_EQ(to_text(*parsed), text);
      }
  EXPECT_EQ(parse_day("1970-01-01")->number, 0);
}

TEST(Day, RefusesDaysThatAreNone) {
  for (int year : {1900, 2000, 2019, 2020, 2100})
    for (int month = 1; month <= 12; ++month)
      EXPECT_FALSE(parse_day(written(year, month, days_in(year, month) + 1)).ok());
  for (const char* bad : {"", "2019-9-08", "2019-09-8", "2019-13-01", "2019-00-01", "2019-01-00",
                          "1899-12-31", "3000-01-01", "2019/09/08", "2019-09-08 ", " 2019-09-08",
                          "2019-09-0a", "-019-09-08", "+019-09-08", "20190908", "2019年9月8日"}) {
    const auto day = parse_day(bad);
    ASSERT_FALSE(day.ok()) << bad;
    EXPECT_EQ(day.error().code, "bad_day");
  }
}

TEST(Month, BeginsOnItsFirstDayAndIsFollowedByTheNext) {
  Day month = *parse_day("1999-01-01");
  for (Day day = month; day < *parse_day("2030-01-01"); ++day.number) {
    if (day == next_month(month)) month = day;
    ASSERT_EQ(first_of_month(day), month) << to_text(day);
    ASSERT_EQ(month_text(day), to_text(day).substr(0, 7));
    ASSERT_EQ(to_text(month).substr(7), "-01");
    ASSERT_EQ(month_text(day), month_text(month)) << to_text(day);
  }
}

TEST(Zone, OnlyKnownNames) {
  EXPECT_EQ(zone_named("Asia/Shanghai")->offset_seconds, 8 * 3600);
  EXPECT_EQ(zone_named("Asia/Urumqi")->offset_seconds, 6 * 3600);
  EXPECT_EQ(zone_named("UTC")->offset_seconds, 0);
  EXPECT_EQ(zone_named("Europe/Paris").error().code, "unknown_zone");
  EXPECT_EQ(zone_named("").error().code, "unknown_zone");
}

TEST(Zone, ADayBeginsAndEndsAtItsMidnights) {
  const Zone shanghai;
  const Day day = *parse_day("2019-09-08");
  EXPECT_EQ(to_text(start_of(day, shanghai), shanghai), "2019-09-08T00:00:00.000+08:00");
  EXPECT_EQ(to_text(end_of(day, shanghai), shanghai), "2019-09-09T00:00:00.000+08:00");
  EXPECT_EQ(start_of(day, shanghai), *parse_instant("2019-09-07T16:00:00Z"));
  EXPECT_EQ(day_of(start_of(day, shanghai), shanghai), day);
  EXPECT_EQ(day_of(Instant{end_of(day, shanghai).us - 1}, shanghai), day);
  EXPECT_EQ(day_of(end_of(day, shanghai), shanghai).number, day.number + 1);
}

TEST(Zone, TheDayDependsOnTheZone) {
  const Instant late = *parse_instant("2019-09-08T23:30:00+08:00");
  EXPECT_EQ(to_text(day_of(late, Zone{})), "2019-09-08");
  EXPECT_EQ(to_text(day_of(late, *zone_named("UTC"))), "2019-09-08");
  const Instant early = *parse_instant("2019-09-08T07:30:00+08:00");
  EXPECT_EQ(to_text(day_of(early, Zone{})), "2019-09-08");
  EXPECT_EQ(to_text(day_of(early, *zone_named("UTC"))), "2019-09-07");
}

TEST(Zone, EveryInstantLiesWithinItsDay) {
  const std::uint64_t seed = 3;
  SeededRandom random(seed);
  for (const Zone& zone :
       {Zone{}, Zone{"Asia/Urumqi", 6 * 3600}, Zone{"UTC", 0}, Zone{"west", -(3 * 3600 + 1800)}})
    for (int round = 0; round < 2000; ++round) {
      const Instant at{static_cast<std::int64_t>(random.next_u64() >> 8) - (std::int64_t{1} << 55)};
      const Day day = day_of(at, zone);
      EXPECT_LE(start_of(day, zone), at) << "seed " << seed << " round " << round;
      EXPECT_LT(at, end_of(day, zone)) << "seed " << seed << " round " << round;
    }
}

TEST(Instant, IsWrittenWithZoneAndMilliseconds) {
  const Instant at{1'567'906'200'123'999};
  EXPECT_EQ(to_text(at, Zone{}), "2019-09-08T09:30:00.123+08:00");
  EXPECT_EQ(to_text(at, *zone_named("UTC")), "2019-09-08T01:30:00.123+00:00");
  EXPECT_EQ(to_text(at, Zone{"west", -(3 * 3600 + 1800)}), "2019-09-07T22:00:00.123-03:30");
  EXPECT_EQ(to_text(Instant{-1}, *zone_named("UTC")), "1969-12-31T23:59:59.999+00:00");
}

TEST(Instant, RoundTripsToTheMillisecond) {
  const std::uint64_t seed = 4;
  SeededRandom random(seed);
  const std::int64_t first = parse_instant("1900-01-02T00:00:00Z")->us;
  const std::int64_t last = parse_instant("2999-12-31T00:00:00Z")->us;
  for (const Zone& zone :
       {Zone{}, Zone{"Asia/Urumqi", 6 * 3600}, Zone{"UTC", 0}, Zone{"west", -(3 * 3600 + 1800)}})
    for (int round = 0; round < 2000; ++round) {
      const auto span = static_cast<std::uint64_t>(last - first) / 1000;
      const Instant at{first + static_cast<std::int64_t>(random.next_u64() % span) * 1000};
      const auto read = parse_instant(to_text(at, zone));
      ASSERT_TRUE(read.ok()) << to_text(at, zone);
      EXPECT_EQ(*read, at) << "seed " << seed << " round " << round;
    }
}

TEST(Instant, ReadsEveryFormOfRfc3339) {
  const Instant expected{1'567'906'200'000'000};
  for (const char* text :
       {"2019-09-08T01:30:00Z", "2019-09-08t01:30:00z", "2019-09-08T09:30:00+08:00",
        "2019-09-08T09:30:00.0+08:00", "2019-09-08T09:30:00.000000+08:00",
        "2019-09-07T22:00:00-03:30", "2019-09-08T01:30:00-00:00"}) {
    const auto read = parse_instant(text);
    ASSERT_TRUE(read.ok()) << text;
    EXPECT_EQ(*read, expected) << text;
  }
  EXPECT_EQ(parse_instant("2019-09-08T01:30:00.5Z")->us, expected.us + 500'000);
  EXPECT_EQ(parse_instant("2019-09-08T01:30:00.000001Z")->us, expected.us + 1);
}

TEST(Instant, RefusesWhatIsNone) {
  for (const char* bad : {"",
                          "2019-09-08",
                          "2019-09-08T09:30:00",
                          "2019-09-08 09:30:00Z",
                          "2019-09-08T09:30Z",
                          "2019-09-08T24:00:00Z",
                          "2019-09-08T09:60:00Z",
                          "2019-09-08T09:30:60Z",
                          "2019-09-08T09:30:00.Z",
                          "2019-09-08T09:30:00.1234567Z",
                          "2019-09-08T09:30:00+0800",
                          "2019-09-08T09:30:00+08",
                          "2019-09-08T09:30:00+24:00",
                          "2019-09-08T09:30:00+08:60",
                          "2019-09-08T09:30:00Zx",
                          "2019-09-08T09:30:00.5",
                          "2019-09-31T09:30:00Z",
                          "2019-09-08T9:30:00Z00",
                          "2019-09-08T09:30:00,5Z",
                          "2019-09-08T09:30:00+08:00 "}) {
    const auto instant = parse_instant(bad);
    ASSERT_FALSE(instant.ok()) << bad;
    EXPECT_EQ(instant.error().code, "bad_instant");
  }
}

}  // namespace
}  // namespace tz
