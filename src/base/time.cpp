// Civil calendar arithmetic and RFC 3339 text.
#include "base/time.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace tz {
namespace {

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

std::chrono::year_month_day civil(Day day) {
  return std::chrono::sys_days(std::chrono::days(day.number));
}

}  // namespace

Result<Zone> zone_named(std::string_view name) {
  if (name == "Asia/Shanghai") return Zone{};
  if (name == "Asia/Urumqi") return Zone{"Asia/Urumqi", 6 * 3600};
  if (name == "UTC") return Zone{"UTC", 0};
  return refusal("unknown_zone", {{"zone", std::string(name)}});
}

Day day_of(Instant at, const Zone& zone) {
  const std::int64_t local = at.us + std::int64_t{zone.offset_seconds} * 1'000'000;
  return Day{static_cast<std::int32_t>(floor_div(local, kDayUs))};
}

Instant start_of(Day day, const Zone& zone) {
  return Instant{day.number * kDayUs - std::int64_t{zone.offset_seconds} * 1'000'000};
}

Instant end_of(Day day, const Zone& zone) { return start_of(Day{day.number + 1}, zone); }

Day first_of_month(Day day) {
  return Day{day.number - static_cast<std::int32_t>(static_cast<unsigned>(civil(day).day())) + 1};
}

Day next_month(Day day) {
  // No month is longer than 31 days, and none is shorter than 28.
  return first_of_month(Day{first_of_month(day).number + 31});
}

std::string month_text(Day day) { return to_text(day).substr(0, 7); }

Result<Day> parse_day(std::string_view text) {
  const Error bad = refusal("bad_day", {{"text", std::string(text.substr(0, 40))}});
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad;
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  if (!year || !month || !day || *year < 1900 || *year > 2999) return bad;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return bad;
  return Day{static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())};
}

std::string to_text(Day day) {
  const auto date = civil(day);
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return out.data();
}

std::string to_text(Instant at, const Zone& zone) {
  const Day day = day_of(at, zone);
  const std::int64_t ms = (at.us - start_of(day, zone).us) / 1000;
  const int offset_minutes = zone.offset_seconds / 60;
  std::array<char, 48> out{};
  std::snprintf(out.data(), out.size(), "%sT%02d:%02d:%02d.%03d%c%02d:%02d", to_text(day).c_str(),
                static_cast<int>(ms / 3'600'000), static_cast<int>(ms / 60'000 % 60),
                static_cast<int>(ms / 1000 % 60), static_cast<int>(ms % 1000),
                offset_minutes < 0 ? '-' : '+', std::abs(offset_minutes) / 60,
                std::abs(offset_minutes) % 60);
  return out.data();
}

Result<Instant> parse_instant(std::string_view text) {
  const Error bad = refusal("bad_instant", {{"text", std::string(text.substr(0, 40))}});
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return bad;
  const auto day = parse_day(text.substr(0, 10));
  const auto hour = digits(text, 11, 2);
  const auto minute = digits(text, 14, 2);
  const auto second = digits(text, 17, 2);
  if (!day.ok() || !hour || !minute || !second || text[13] != ':' || text[16] != ':') return bad;
  if (*hour > 23 || *minute > 59 || *second > 59) return bad;
  std::size_t at = 19;
  std::int64_t fraction_us = 0;
  if (text[at] == '.') {
    std::int64_t scale = 100'000;
    const std::size_t first = ++at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
      fraction_us += scale * (text[at] - '0');
    if (at == first || at - first > 6) return bad;
  }
  std::int64_t offset_minutes = 0;
  if (at + 1 == text.size() && (text[at] == 'Z' || text[at] == 'z')) {
    offset_minutes = 0;
  } else {
    if (at + 6 != text.size() || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':')
      return bad;
    const auto hours = digits(text, at + 1, 2);
    const auto minutes = digits(text, at + 4, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return bad;
    offset_minutes = (*hours * 60 + *minutes) * (text[at] == '-' ? -1 : 1);
  }
  const std::int64_t seconds = *hour * 3600 + *minute * 60 + *second - offset_minutes * 60;
  return Instant{day->number * kDayUs + seconds * 1'000'000 + fraction_us};
}

Instant SystemClock::now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return Instant{std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

}  // namespace tz
