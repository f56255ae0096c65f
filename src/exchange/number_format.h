// Which number formats of a spreadsheet show a day, and what day a number then is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace tz::exchange {

// Whether a built-in format shows a day: those of ECMA-376 part 1, 18.8.30, and the East Asian
// ones.
bool builtin_shows_day(unsigned format_id);
// Whether a format code such as `yyyy"年"m"月"d"日";@` does. A time of day alone is none.
bool shows_day(std::string_view format_code);

// Days are counted from 1900 as if that year had a 29 February, or from 1904.
enum class DateSystem { From1900, From1904 };
// None for a number that is no day of the years 1900 to 2999; the time of day is left out.
std::optional<Day> day_of_number(double number, DateSystem system);

// A number as a spreadsheet shows it without a format: 15 digits at most.
std::string number_text(double number);

}  // namespace tz::exchange
