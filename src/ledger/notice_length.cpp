// The limits of notices among those of a file.
#include "ledger/notice_length.h"

#include "calendar/rule.h"

namespace tz::ledger {
namespace {

// With a weekend in between, and with three.
constexpr std::int64_t kNaturalDaysMin = kNoticeWorkingDaysMin + 2;
constexpr std::int64_t kNaturalDaysMax = kNoticeWorkingDaysMax + 6;

bool within(const calendar::Length& length) {
  if (length.unit == calendar::LengthUnit::WorkingDays)
    return length.amount >= kNoticeWorkingDaysMin && length.amount <= kNoticeWorkingDaysMax;
  return length.unit == calendar::LengthUnit::NaturalDays && length.amount >= kNaturalDaysMin &&
         length.amount <= kNaturalDaysMax;
}

}  // namespace

Outcome notice_lengths(std::string_view limits, Day today) {
  const calendar::Rules rules = TZ_TRY(calendar::Rules::parse(limits));
  for (const calendar::Rule& rule : rules.all()) {
    const bool ended = rule.to && *rule.to < today;
    if (ended || !rule.code.ends_with(".notice") || within(rule.length)) continue;
    return refusal("notice_length",
                   {{"rule", rule.code}, {"length", calendar::to_text(rule.length)}});
  }
  return Done{};
}

}  // namespace tz::ledger
