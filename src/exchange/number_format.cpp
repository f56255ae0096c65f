// Reading format codes just as far as to tell a day from another number.
#include "exchange/number_format.h"

#include <array>
#include <charconv>
#include <cmath>

namespace tz::exchange {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool begins_with(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (lower(text[i]) != word[i]) return false;
  return true;
}

// How many bytes at the start of `code` are no letters of the format: quoted, escaped, bracketed.
std::size_t beside_the_format(std::string_view code) {
  const auto through = [&](char last) {
    const std::size_t end = code.find(last, 1);
    return end == std::string_view::npos ? code.size() : end + 1;
  };
  if (code[0] == '"') return through('"');
  if (code[0] == '[') return through(']');
  if (code[0] == '\\' || code[0] == '_' || code[0] == '*')
    return std::min<std::size_t>(2, code.size());
  for (const std::string_view word : {"general", "am/pm", "a/p"})
    if (begins_with(code, word)) return word.size();
  return 0;
}

}  // namespace

bool builtin_shows_day(unsigned format_id) {
  return (format_id >= 14 && format_id <= 17) || format_id == 22 ||
         (format_id >= 27 && format_id <= 31) || format_id == 36 ||
         (format_id >= 50 && format_id <= 54) || format_id == 57 || format_id == 58;
}

bool shows_day(std::string_view code) {
  bool year_or_day = false;
  bool month_or_minute = false;
  bool time = false;
  while (!code.empty() && code[0] != ';') {  // what is above zero has the first section
    const std::size_t beside = beside_the_format(code);
    if (beside > 0) {
      code.remove_prefix(beside);
      continue;
    }
    const char letter = lower(code[0]);
    if (letter == 'y' || letter == 'd') year_or_day = true;
    if (letter == 'm') month_or_minute = true;
    if (letter == 'h' || letter == 's') time = true;
    code.remove_prefix(1);
  }
  return year_or_day || (month_or_minute && !time);
}

std::optional<Day> day_of_number(double number, DateSystem system) {
  constexpr double kNumberMax = 500'000;  // beyond the year 2999 in either system
  if (!(number >= 0) || number > kNumberMax) return std::nullopt;
  const auto whole = static_cast<std::int32_t>(std::floor(number));
  std::int32_t from_1970 = 0;
  if (system == DateSystem::From1904) {
    from_1970 = whole - 24'107;  // 1904-01-01 is 0
  } else {
    if (whole == 0 || whole == 60) return std::nullopt;  // 1900-02-29 is no day
    from_1970 = whole - 25'569 + (whole < 60 ? 1 : 0);   // 1900-03-01 is 61
  }
  const Day day{from_1970};
  if (!parse_day(to_text(day)).ok()) return std::nullopt;
  return day;
}

std::string number_text(double number) {
  std::array<char, 40> out{};
  constexpr int kDigits = 15;
  const auto format = std::fabs(number) < 1e15 && number == std::floor(number)
                          ? std::chars_format::fixed
                          : std::chars_format::general;
  const auto [end, fault] = std::to_chars(out.data(), out.data() + out.size(), number, format,
                                          format == std::chars_format::fixed ? 0 : kDigits);
  return fault == std::errc{} ? std::string(out.data(), end) : std::string();
}

}  // namespace tz::exchange
