// The legs of a time limit, its pauses and extensions, and at the end one roll.
#include "calendar/deadline.h"

#include <algorithm>
#include <optional>

namespace tz::calendar {
namespace {

constexpr std::int64_t kHourUs = 3'600'000'000;

Error beyond() { return refusal("calendar_beyond", {{"last", to_text(kLastDay)}}); }

// Days on which the clock stood still for any part, both included.
struct StillDays {
  std::int32_t from = 0;
  std::int32_t to = 0;
};

std::vector<Pause> merged(std::vector<Pause> pauses) {
  std::sort(pauses.begin(), pauses.end(),
            [](const Pause& a, const Pause& b) { return a.from < b.from; });
  std::vector<Pause> out;
  for (const Pause& pause : pauses) {
    if (!out.empty() && pause.from <= out.back().to)
      out.back().to = std::max(out.back().to, pause.to);
    else
      out.push_back(pause);
  }
  return out;
}

std::vector<StillDays> still_days(const std::vector<Pause>& pauses, const Zone& zone) {
  std::vector<StillDays> out;
  for (const Pause& pause : pauses) {
    const StillDays still{day_of(pause.from, zone).number,
                          day_of(Instant{pause.to.us - 1}, zone).number};
    if (!out.empty() && still.from <= out.back().to)
      out.back().to = std::max(out.back().to, still.to);
    else
      out.push_back(still);
  }
  return out;
}

bool is_days(LengthUnit unit) {
  return unit == LengthUnit::NaturalDays || unit == LengthUnit::WorkingDays;
}

Outcome check(const Question& question) {
  if (question.pauses.size() > kPausesMax)
    return refusal("pauses_too_many", {{"count", std::to_string(question.pauses.size())},
                                       {"count_max", std::to_string(kPausesMax)}});
  if (question.extensions.size() > kExtensionsMax)
    return refusal("extensions_too_many", {{"count", std::to_string(question.extensions.size())},
                                           {"count_max", std::to_string(kExtensionsMax)}});
  for (const Pause& pause : question.pauses)
    if (pause.to <= pause.from)
      return refusal("pause_backwards", {{"from", to_text(pause.from, question.zone)},
                                         {"to", to_text(pause.to, question.zone)}});
  const bool hours = question.length.unit == LengthUnit::Hours;
  for (const Length& extension : question.extensions)
    if (hours ? extension.unit != LengthUnit::Hours : !is_days(extension.unit))
      return refusal("extension_unit",
                     {{"extension", to_text(extension)}, {"length", to_text(question.length)}});
  const Day start = day_of(question.from, question.zone);
  if (start < kFirstDay)
    return refusal("calendar_before", {{"day", to_text(start)}, {"first", to_text(kFirstDay)}});
  if (start > kLastDay) return beyond();
  return Done{};
}

Result<Deadline> by_hours(const Question& question, Deadline out) {
  const std::vector<Pause> pauses = merged(question.pauses);
  const Day last = kLastDay;
  out.steps.push_back({.code = StepCode::StartMoment, .from_at = question.from});
  Instant at = question.from;
  std::size_t next = 0;
  const auto leg = [&](const Length& length, StepCode code) {
    at.us += length.amount * kHourUs;
    const std::size_t begun = next;
    for (; next < pauses.size() && pauses[next].from < at; ++next) {
      const Instant from = std::max(pauses[next].from, question.from);
      if (pauses[next].to > from) at.us += pauses[next].to.us - from.us;
    }
    for (std::size_t i = begun; i < next; ++i)
      if (pauses[i].to > question.from)
        out.steps.push_back({.code = StepCode::PausedHours,
                             .from_at = std::max(pauses[i].from, question.from),
                             .to_at = pauses[i].to});
    out.steps.push_back({.code = code, .to_at = at, .length = length});
  };
  leg(question.length, StepCode::Counted);
  for (const Length& extension : question.extensions) leg(extension, StepCode::Extended);
  if (at > end_of(last, question.zone)) return beyond();
  out.due = at;
  out.due_day = day_of(at, question.zone);
  return out;
}

// Goes over days, one leg after the other.
class DayCount {
 public:
  DayCount(const Question& question, const WorkingDays& days)
      : days_(days), still_(still_days(merged(question.pauses), question.zone)) {
    end_ = day_of(question.from, question.zone);
  }

  Outcome leg(const Length& length, StepCode code, std::vector<Step>& steps) {
    const Day start = end_;
    const std::optional<Day> plain = ahead(start, length);
    if (!plain) return beyond();
    if (length.unit == LengthUnit::Months && months_later_short(start, length.amount))
      steps.push_back({.code = StepCode::MonthShort, .to = *plain, .length = length});
    end_ = *plain;
    std::int32_t lost = 0;
    for (; next_ < still_.size() && still_[next_].from <= end_.number; ++next_) {
      const Day from{std::max(still_[next_].from, start.number + 1)};
      const Day to{still_[next_].to};
      if (to < from) continue;
      if (to > kLastDay) return beyond();
      const std::int32_t more = length.unit == LengthUnit::WorkingDays
                                    ? days_.count(Day{from.number - 1}, to)
                                    : to.number - from.number + 1;
      lost += more;
      steps.push_back({.code = StepCode::Paused, .from = from, .to = to, .amount = more});
      const std::optional<Day> later = length.unit == LengthUnit::WorkingDays
                                           ? days_.nth_after(start, length.amount + lost)
                                           : within_calendar(plain->number + lost);
      if (!later) return beyond();
      end_ = *later;
    }
    if (length.unit == LengthUnit::WorkingDays) consult(Day{start.number + 1});
    steps.push_back({.code = code, .to = end_, .length = length});
    return Done{};
  }

  Outcome roll(std::vector<Step>& steps) {
    consult(end_);
    const Naming* naming = days_.naming(end_);
    if (days_.works(end_)) {
      if (naming != nullptr) steps.push_back({.code = StepCode::Worked, .from = end_});
      return Done{};
    }
    steps.push_back(
        {.code = naming == nullptr ? StepCode::RestWeekend : StepCode::RestHoliday, .from = end_});
    const std::optional<Day> later = days_.same_or_next(end_);
    if (!later) return beyond();
    end_ = *later;
    steps.push_back({.code = StepCode::Rolled, .to = end_});
    return Done{};
  }

  [[nodiscard]] Day end() const { return end_; }
  // Whether a notice still to come may say otherwise of a day that was asked about.
  [[nodiscard]] bool provisional() const { return consulted_ && end_ > days_.certain_to(); }
  // The first year that was asked about and whose local holidays are not known.
  [[nodiscard]] std::optional<int> local_unknown() const {
    return consulted_ ? days_.local_unknown(*consulted_, end_) : std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<Day> ahead(Day start, const Length& length) const {
    if (length.unit == LengthUnit::WorkingDays) return days_.nth_after(start, length.amount);
    if (length.unit == LengthUnit::Months)
      return within_calendar(months_later(start, length.amount).number);
    return within_calendar(start.number + length.amount);
  }
  void consult(Day day) {
    if (!consulted_) consulted_ = day;
  }
  static std::optional<Day> within_calendar(std::int32_t number) {
    if (number > kLastDay.number) return std::nullopt;
    return Day{number};
  }
  // The month where it ends has no day of the start's number.
  static bool months_later_short(Day start, std::int32_t months) {
    const Day end = months_later(start, months);
    return end.number - first_of_month(end).number < start.number - first_of_month(start).number;
  }

  const WorkingDays& days_;
  std::vector<StillDays> still_;
  std::size_t next_ = 0;
  Day end_;
  std::optional<Day> consulted_;  // the first day of which it was asked whether it is worked
};

}  // namespace

Day months_later(Day day, std::int32_t months) {
  // By the mean month a month's first day is met to within a few days: its middle lies in it.
  constexpr std::int64_t kDaysOfCycle = 146'097;
  constexpr std::int64_t kMonthsOfCycle = 4'800;
  const Day from = first_of_month(day);
  const auto mean = static_cast<std::int32_t>(months * kDaysOfCycle / kMonthsOfCycle);
  const Day there = first_of_month(Day{from.number + mean + 15});
  const std::int32_t last = next_month(there).number - 1;
  return Day{std::min(there.number + (day.number - from.number), last)};
}

Result<Deadline> deadline(const Question& question, const WorkingDays& days) {
  TZ_TRY(check(question));
  Deadline out;
  out.version = days.version();
  out.steps.reserve(6);
  if (question.length.unit == LengthUnit::Hours) return by_hours(question, std::move(out));

  out.steps.push_back({.code = StepCode::StartDay, .from = day_of(question.from, question.zone)});
  DayCount count(question, days);
  TZ_TRY(count.leg(question.length, StepCode::Counted, out.steps));
  for (const Length& extension : question.extensions)
    TZ_TRY(count.leg(extension, StepCode::Extended, out.steps));
  if (question.rolls) TZ_TRY(count.roll(out.steps));
  out.due_day = count.end();
  out.due = end_of(out.due_day, question.zone);
  const std::optional<int> unknown = count.local_unknown();
  out.provisional = count.provisional() || unknown;
  out.steps.push_back({.code = StepCode::EndOfDay, .to = out.due_day});
  if (count.provisional())
    out.steps.push_back({.code = StepCode::Provisional, .to = days.certain_to()});
  if (unknown) out.steps.push_back({.code = StepCode::LocalUnknown, .amount = *unknown});
  return out;
}

}  // namespace tz::calendar
