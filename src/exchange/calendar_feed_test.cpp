// iCalendar: folding, escaping, and a whole feed.
#include "exchange/calendar_feed.h"

#include <gtest/gtest.h>

namespace tz::exchange {
namespace {

// What a reader gets back: every CRLF and blank is taken out.
std::string unfolded(std::string text) {
  for (std::size_t at = 0; (at = text.find("\r\n ", at)) != std::string::npos;) text.erase(at, 3);
  return text;
}

TEST(CalendarFeed, LongLinesAreFoldedWithinNoCharacter) {
  for (std::size_t count : {24U, 25U, 26U, 60U, 500U}) {
    std::string line = "X:";
    for (std::size_t i = 0; i < count; ++i) line += "期";
    const std::string folded = folded_line(line);
    EXPECT_EQ(unfolded(folded), line + "\r\n");
    for (std::size_t at = 0; at < folded.size();) {
      const std::size_t end = folded.find("\r\n", at);
      ASSERT_LE(end - at, 75U);
      const auto first = static_cast<unsigned char>(folded[folded[at] == ' ' ? at + 1 : at]);
      EXPECT_NE(first & 0xc0U, 0x80U) << "a line begins within a character";
      at = end + 2;
    }
  }
  EXPECT_EQ(folded_line(std::string(75, 'a')), std::string(75, 'a') + "\r\n");
  EXPECT_EQ(folded_line(std::string(76, 'a')), std::string(75, 'a') + "\r\n a\r\n");
}

TEST(CalendarFeed, TextsAreEscaped) {
  EXPECT_EQ(escaped_text("a,b;c\\d\r\ne"), "a\\,b\\;c\\\\d\\ne");
}

TEST(CalendarFeed, AFeedHasNumbersDaysAndLinks) {
  CalendarFeed feed;
  feed.name = "期限";
  feed.stamp = *parse_instant("2024-09-13T16:30:00+08:00");
  feed.entries.push_back({"7K3M-Q9XD-4-due@ledger.example", *parse_day("2024-09-30"), "7K3M-Q9XD-4",
                          "https://l.example/items/7K3M-Q9XD-4"});
  EXPECT_EQ(write_calendar(feed),
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Taizhang//Deadlines//EN\r\n"
            "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:期限\r\n"
            "BEGIN:VEVENT\r\nUID:7K3M-Q9XD-4-due@ledger.example\r\n"
            "DTSTAMP:20240913T083000Z\r\nDTSTART;VALUE=DATE:20240930\r\n"
            "DTEND;VALUE=DATE:20241001\r\nSUMMARY:7K3M-Q9XD-4\r\n"
            "URL:https://l.example/items/7K3M-Q9XD-4\r\nTRANSP:TRANSPARENT\r\n"
            "END:VEVENT\r\nEND:VCALENDAR\r\n");
}

}  // namespace
}  // namespace tz::exchange
