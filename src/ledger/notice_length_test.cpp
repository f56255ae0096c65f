// The lengths that a file of limits may give a public notice.
#include "ledger/notice_length.h"

#include <gtest/gtest.h>

#include <string>

namespace tz::ledger {
namespace {

std::string answer(const std::string& code, const std::string& length, const std::string& to = "") {
  const std::string text =
      "code,length,starts,rolls,extension,extensions,division,programme,from,to,zh,en,basis\n" +
      code + ',' + length + ",started,yes,,0,2202,,," + to + ",公示,notice,test\n";
  const Outcome outcome = notice_lengths(text, *parse_day("2024-09-13"));
  return outcome.ok() ? "" : outcome.error().code;
}

TEST(NoticeLength, IsThreeToFifteenWorkingDaysOrAsManyNaturalOnes) {
  for (const char* length : {"3wd", "5wd", "15wd", "5d", "21d"})
    EXPECT_EQ(answer("problem.notice", length), "") << length;
  for (const char* length : {"2wd", "16wd", "4d", "22d", "48h", "1m"})
    EXPECT_EQ(answer("problem.notice", length), "notice_length") << length;
}

TEST(NoticeLength, IsAskedOfWhatStillHoldsAndOfNoticesAlone) {
  EXPECT_EQ(answer("problem.notice", "30d", "2024-09-12"), "");
  EXPECT_EQ(answer("problem.notice", "30d", "2024-09-13"), "notice_length");
  EXPECT_EQ(answer("problem.look_back_3", "3m"), "");
  EXPECT_EQ(answer("problem.notice", "soon"), "calendar_malformed");
}

}  // namespace
}  // namespace tz::ledger
