// Line by line.
#include "exchange/calendar_feed.h"

#include <algorithm>

namespace tz::exchange {
namespace {

constexpr std::size_t kLineBytesMax = 75;

// "20240919"
std::string digits(Day day) {
  std::string out = to_text(day);
  std::erase(out, '-');
  return out;
}

// "20240919T083000Z"
std::string digits(Instant at) {
  std::string out = to_text(at, Zone{"UTC", 0}).substr(0, 19);
  std::erase(out, '-');
  std::erase(out, ':');
  return out + "Z";
}

}  // namespace

std::string escaped_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

std::string folded_line(std::string_view line) {
  std::string out;
  std::size_t room = kLineBytesMax;
  while (line.size() > room) {
    std::size_t at = room;
    while (at > 1 && (static_cast<unsigned char>(line[at]) & 0xc0U) == 0x80U) --at;
    out.append(line.substr(0, at));
    out += "\r\n ";
    line.remove_prefix(at);
    room = kLineBytesMax - 1;  // the blank counts
  }
  out.append(line);
  return out + "\r\n";
}

std::string write_calendar(const CalendarFeed& feed) {
  std::string out;
  const auto line = [&](std::string_view text) { out += folded_line(text); };
  line("BEGIN:VCALENDAR");
  line("VERSION:2.0");
  line("PRODID:-//Taizhang//Deadlines//EN");
  line("CALSCALE:GREGORIAN");
  line("METHOD:PUBLISH");
  line("X-WR-CALNAME:" + escaped_text(feed.name));
  for (const CalendarEntry& entry : feed.entries) {
    line("BEGIN:VEVENT");
    line("UID:" + escaped_text(entry.uid));
    line("DTSTAMP:" + digits(feed.stamp));
    line("DTSTART;VALUE=DATE:" + digits(entry.day));
    line("DTEND;VALUE=DATE:" + digits(Day{entry.day.number + 1}));
    line("SUMMARY:" + escaped_text(entry.summary));
    if (!entry.link.empty()) line("URL:" + entry.link);
    line("TRANSP:TRANSPARENT");
    line("END:VEVENT");
  }
  line("END:VCALENDAR");
  return out;
}

}  // namespace tz::exchange
