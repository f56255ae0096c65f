// The limits of notices among those of a file.
#include "ledger/notice_length.h"

#include "calendar/rule.h"

namespace tz::ledger {
namespace {

bool within(const calendar::Length& length) {
  if (length.unit == calendar::LengthUnit::WorkingDays)
    return length.amount >= kNoticeWorkingDaysMin && length.amount <= kNoticeWorkingDaysMax;
  return length.unit == calendar::LengthUnit::NaturalDays &&
         length.amount >= kNoticeNaturalDaysMin && length.amount <= kNoticeNaturalDaysMax;
}

}  // namespace

Outcome notice_lengths(std::string_view limits, Day today) {
  const calendar::Rules rules = TZ_TRY(calendar::Rules::parse(limits));
  for (const calendar::Rule& rule : rules.all()) {
    const bool ended = rule.to && *rule.to < today;
    if (ended || !rule.code.ends_with(".notice") || within(rule.length)) continue;
    return fault_of(rule, "length", "notice_length",
                    {{"rule", rule.code}, {"length", calendar::to_text(rule.length)}});
  }
  return Done{};
}

}  // namespace tz::ledger
