// When digests leave and letters are tried again.
#include "notify/schedule.h"

#include <gtest/gtest.h>

namespace tz::notify {
namespace {

const Zone kZone;

Instant at(const char* text) { return *parse_instant(std::string(text) + "+08:00"); }
bool workday(Day day) { return day != *parse_day("2024-09-15"); }

bool due(const char* now, std::optional<Day> newest = {}) {
  return digest_due(at(now), kZone, {8, 30}, newest, workday);
}

TEST(Schedule, OneDigestADayInWorkingHours) {
  EXPECT_FALSE(due("2024-09-13T08:29:59"));
  EXPECT_TRUE(due("2024-09-13T08:30:00"));
  EXPECT_TRUE(due("2024-09-13T17:59:59"));
  EXPECT_FALSE(due("2024-09-13T18:00:00"));
  EXPECT_FALSE(due("2024-09-13T08:30:00", *parse_day("2024-09-13")));
  EXPECT_TRUE(due("2024-09-13T08:30:00", *parse_day("2024-09-12")));
}

TEST(Schedule, NoDigestOnADayThatIsNotWorked) {
  EXPECT_FALSE(due("2024-09-15T09:00:00"));
  EXPECT_TRUE(due("2024-09-16T09:00:00", *parse_day("2024-09-13")));
}

TEST(Schedule, AClockSetBackSendsNoSecondDigest) {
  EXPECT_FALSE(due("2024-09-13T09:00:00", *parse_day("2024-09-14")));
}

TEST(Schedule, PausesGrowAndEnd) {
  const Instant now = at("2024-09-13T09:00:00");
  Instant before = now;
  for (std::uint8_t tries = 1; tries <= 7; ++tries) {
    const auto next = next_try(tries, now);
    ASSERT_TRUE(next);
    EXPECT_LT(before, *next);
    before = *next;
  }
  EXPECT_EQ(before, at("2024-09-14T09:00:00"));
  EXPECT_FALSE(next_try(8, now));
  EXPECT_FALSE(next_try(0, now));
}

}  // namespace
}  // namespace tz::notify
