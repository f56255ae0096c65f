// Days among numbers, in both counts of days and in the formats of several programs.
#include "exchange/number_format.h"

#include <gtest/gtest.h>

namespace tz::exchange {
namespace {

std::string day_text(double number, DateSystem system) {
  const auto day = day_of_number(number, system);
  return day ? to_text(*day) : "none";
}

TEST(NumberFormat, KnowsWhichFormatsShowADay) {
  for (const char* code : {"yyyy-mm-dd", "yyyy/m/d;@", "yyyy\"年\"m\"月\"d\"日\";@",
                           "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "d-mmm-yy", "mmm-yy",
                           "m/d/yy h:mm", "[$-404]e/m/d", "YYYY-MM-DD HH:MM:SS", "m\"月\"",
                           "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@"})
    EXPECT_TRUE(shows_day(code)) << code;
  for (const char* code : {"General",
                           "0",
                           "0.00E+00",
                           "#,##0.00;[Red]-#,##0.00",
                           "@",
                           "h:mm",
                           "h:mm AM/PM",
                           "mm:ss",
                           "[h]:mm:ss",
                           "\"day\"0",
                           "0\\d",
                           "_-* #,##0_-",
                           "[Red]0",
                           "0\"yd\"",
                           "",
                           "\"",
                           "[",
                           "\\",
                           "上午/下午h\"时\"mm\"分\"",
                           "G/通用格式"})
    EXPECT_FALSE(shows_day(code)) << code;
  for (const unsigned id : {14U, 15U, 16U, 17U, 22U, 27U, 31U, 36U, 50U, 57U, 58U})
    EXPECT_TRUE(builtin_shows_day(id)) << id;
  for (const unsigned id : {0U, 1U, 9U, 18U, 21U, 23U, 32U, 35U, 45U, 49U, 55U, 59U, 164U})
    EXPECT_FALSE(builtin_shows_day(id)) << id;
}

TEST(NumberFormat, CountsDaysFrom1900WithItsMissingDay) {
  const auto from_1900 = DateSystem::From1900;
  EXPECT_EQ(day_text(1, from_1900), "1900-01-01");
  EXPECT_EQ(day_text(59, from_1900), "1900-02-28");
  EXPECT_EQ(day_text(60, from_1900), "none");
  EXPECT_EQ(day_text(61, from_1900), "1900-03-01");
  EXPECT_EQ(day_text(43716, from_1900), "2019-09-08");
  EXPECT_EQ(day_text(43716.999, from_1900), "2019-09-08");
  EXPECT_EQ(day_text(0, from_1900), "none");
  EXPECT_EQ(day_text(-1, from_1900), "none");
  EXPECT_EQ(day_text(1e300, from_1900), "none");
  EXPECT_EQ(day_text(401768, from_1900), "2999-12-31");
  EXPECT_EQ(day_text(401769, from_1900), "none");
}

TEST(NumberFormat, CountsDaysFrom1904) {
  EXPECT_EQ(day_text(0, DateSystem::From1904), "1904-01-01");
  EXPECT_EQ(day_text(42254, DateSystem::From1904), "2019-09-08");
}

TEST(NumberFormat, WritesNumbersAsShown) {
  EXPECT_EQ(number_text(220204006001.0), "220204006001");
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(-12), "-12");
  EXPECT_EQ(number_text(0.1 + 0.2), "0.3");
  EXPECT_EQ(number_text(36.5), "36.5");
  EXPECT_EQ(number_text(999'999'999'999'999.0), "999999999999999");
  EXPECT_EQ(number_text(1e21), "1e+21");
}

}  // namespace
}  // namespace tz::exchange
