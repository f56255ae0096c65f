// Lengths and steps as text: what sentences in every language are made of.
#include <array>
#include <charconv>

#include "base/csv.h"
#include "calendar/deadline.h"

namespace tz::calendar {
namespace {

struct UnitText {
  std::string_view suffix;
  std::string_view name;
};
constexpr std::array<UnitText, 5> kUnits = {{{"h", "hours"},
                                             {"d", "natural_days"},
                                             {"wd", "working_days"},
                                             {"m", "months"},
                                             {"", "count"}}};

constexpr std::array<std::string_view, 14> kCodes = {
    "start_moment", "start_day",  "counted",      "month_short",  "paused",
    "paused_hours", "extended",   "rest_weekend", "rest_holiday", "worked",
    "rolled",       "end_of_day", "provisional",  "local_unknown"};

const UnitText& text_of(LengthUnit unit) { return kUnits[static_cast<std::size_t>(unit)]; }

Error bad_length(std::string_view text) {
  return refusal("bad_length", {{"text", std::string(beginning_of(text, 40))},
                                {"amount_max", std::to_string(kLengthMax)}});
}

}  // namespace

std::string to_text(const Length& length) {
  return std::to_string(length.amount) + std::string(text_of(length.unit).suffix);
}

std::string_view to_text(LengthUnit unit) { return text_of(unit).name; }

Result<Length> parse_length(std::string_view text) {
  const Length out = TZ_TRY(parse_length_or_count(text));
  if (out.unit == LengthUnit::Count) return bad_length(text);
  return out;
}

Result<Length> parse_length_or_count(std::string_view text) {
  const Error bad = bad_length(text);
  Length out;
  const char* end = text.data() + text.size();
  const auto [after, wrong] = std::from_chars(text.data(), end, out.amount);
  if (wrong != std::errc() || out.amount < 0 || out.amount > kLengthMax) return bad;
  const std::string_view suffix(after, static_cast<std::size_t>(end - after));
  for (std::size_t i = 0; i < kUnits.size(); ++i) {
    if (kUnits[i].suffix != suffix) continue;
    out.unit = static_cast<LengthUnit>(i);
    if (out.amount == 0 && out.unit != LengthUnit::Count) return bad;
    return out;
  }
  return bad;
}

std::string_view to_text(StepCode code) { return kCodes[static_cast<std::size_t>(code)]; }

Facts facts_of(const Step& step, const WorkingDays& days, const Zone& zone) {
  Facts out;
  const auto day = [&](const char* name, Day value) { out.emplace_back(name, to_text(value)); };
  const auto length = [&] {
    out.emplace_back("amount", std::to_string(step.length.amount));
    out.emplace_back("unit", to_text(step.length.unit));
  };
  const auto moment = [&](const char* name, Instant at) {
    out.emplace_back(name, to_text(at, zone));
  };
  switch (step.code) {
    case StepCode::StartMoment:
      moment("from", step.from_at);
      break;
    case StepCode::StartDay:
    case StepCode::RestWeekend:
      day("day", step.from);
      break;
    case StepCode::Counted:
    case StepCode::Extended:
      length();
      if (step.length.unit == LengthUnit::Hours)
        moment("to", step.to_at);
      else
        day("to", step.to);
      break;
    case StepCode::MonthShort:
      length();
      day("to", step.to);
      break;
    case StepCode::Paused:
      day("from", step.from);
      day("to", step.to);
      out.emplace_back("amount", std::to_string(step.amount));
      break;
    case StepCode::PausedHours:
      moment("from", step.from_at);
      moment("to", step.to_at);
      break;
    case StepCode::RestHoliday:
    case StepCode::Worked:
      day("day", step.from);
      if (const Naming* naming = days.naming(step.from))
        out.emplace_back("holiday", naming->holiday);
      break;
    case StepCode::LocalUnknown:
      out.emplace_back("year", std::to_string(step.amount));
      break;
    case StepCode::Rolled:
    case StepCode::EndOfDay:
    case StepCode::Provisional:
      day("to", step.to);
      break;
  }
  return out;
}

}  // namespace tz::calendar
