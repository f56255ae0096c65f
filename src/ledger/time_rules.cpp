// Tables of working days are made once, when a calendar is adopted: one for each region it names.
#include "ledger/time_rules.h"

#include <algorithm>

namespace tz::ledger {
namespace {

constexpr std::size_t kRegionDigitsMax = 6;

bool all_digits(std::string_view code) {
  return std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<TimeRules> TimeRules::with_calendar(std::string_view text, Day known) const {
  auto read = std::make_shared<calendar::Calendar>(TZ_TRY(calendar::Calendar::parse(text)));
  const std::size_t before = calendar_ ? calendar_->notices().size() : 0;
  bool grown = read->notices().size() >= before;
  for (std::size_t i = 0; grown && i < before; ++i)
    grown = read->notices()[i].id == calendar_->notices()[i].id;
  if (!grown)
    return refusal("calendar_shorter", {{"notices", std::to_string(read->notices().size())},
                                        {"before", std::to_string(before)}});
  TimeRules out = *this;
  out.days_.clear();
  const calendar::CalendarVersion version = read->as_known(known);
  const auto add = [&](const calendar::Region& region) -> Outcome {
    if (!out.days_.contains(region.code))
      out.days_.emplace(region.code, TZ_TRY(read->working_days(version, region)));
    return Done{};
  };
  TZ_TRY(add(calendar::Region{}));
  for (const calendar::Notice& notice : read->notices()) TZ_TRY(add(notice.region));
  for (const calendar::LocalHoliday& local : read->locals()) TZ_TRY(add(local.region));
  for (std::size_t i = 0; calendar_ && i < read->notices().size(); ++i) {
    const calendar::Notice& notice = read->notices()[i];
    const bool fresh = i >= before || (known_ && *known_ < notice.known());
    if (!fresh || known < notice.known()) continue;
    for (const calendar::NamedDays& days : notice.days)
      if (!out.changed_from_ || days.from < *out.changed_from_) out.changed_from_ = days.from;
  }
  out.known_ = known;
  out.calendar_ = std::move(read);
  return out;
}

Result<TimeRules> TimeRules::with_limits(std::string_view text, Seq adopted) const {
  TimeRules out = *this;
  out.limits_ = std::make_shared<calendar::Rules>(TZ_TRY(calendar::Rules::parse(text)));
  out.thresholds_.push_back({adopted, std::make_shared<const Thresholds>(*out.limits_)});
  return out;
}

Outcome TimeRules::keeps_limits(const TimeRules& before) const {
  if (!before.limits_) return Done{};
  TZ_ASSERT(limits_ != nullptr);
  for (const calendar::Rule& old : before.limits_->all()) {
    const auto kept = [&](const calendar::Rule& one) {
      const bool ended = one.to == old.to || (!old.to && one.to);
      return one.code == old.code && one.division == old.division &&
             one.programme == old.programme && one.from == old.from && ended &&
             calendar::to_text(one.length) == calendar::to_text(old.length) &&
             (one.starts == old.starts || !threshold_named(one.code)) && one.rolls == old.rolls &&
             one.extensions_max == old.extensions_max &&
             one.extension_max.has_value() == old.extension_max.has_value() &&
             (!one.extension_max ||
              calendar::to_text(*one.extension_max) == calendar::to_text(*old.extension_max));
    };
    if (std::none_of(limits_->all().begin(), limits_->all().end(), kept))
      return refusal("limits_changed", {{"code", old.code}});
  }
  return Done{};
}

const calendar::WorkingDays& TimeRules::days_of(const calendar::Region& region) const {
  TZ_ASSERT(has_calendar());
  // The smallest region with days of its own.
  for (std::size_t digits = region.code.size();; digits -= std::min<std::size_t>(digits, 2)) {
    const auto found = days_.find(region.code.substr(0, digits));
    if (found != days_.end()) return found->second;
    TZ_ASSERT(digits > 0);
  }
}

bool TimeRules::knows(std::string_view rule) const {
  return !threshold_named(rule) &&
         std::any_of(limits().begin(), limits().end(),
                     [&](const calendar::Rule& one) { return one.code == rule; });
}

std::optional<calendar::Rule> TimeRules::rule(std::string_view name,
                                              const calendar::Scope& scope) const {
  if (!limits_) return std::nullopt;
  auto found = limits_->find(name, scope);
  if (!found.ok() || found->length.unit == calendar::LengthUnit::Count) return std::nullopt;
  return *std::move(found);
}

const Thresholds& TimeRules::thresholds(Seq opened) const {
  static const Thresholds kNone;
  const auto after = std::upper_bound(thresholds_.begin(), thresholds_.end(), opened,
                                      [](Seq seq, const Adopted& one) { return seq < one.record; });
  return after == thresholds_.begin() ? kNone : *std::prev(after)->thresholds;
}

const std::vector<calendar::Rule>& TimeRules::limits() const {
  static const std::vector<calendar::Rule> kNone;
  return limits_ ? limits_->all() : kNone;
}

calendar::Region region_of(const OrgTree& tree, UnitId unit) {
  for (UnitId at = unit;;) {
    const std::string_view code = tree.code(at);
    if (code.size() >= 2 && all_digits(code)) {
      const std::size_t digits = std::min(code.size(), kRegionDigitsMax) / 2 * 2;
      return {std::string(code.substr(0, digits))};
    }
    const UnitId above = tree.parent(at);
    if (above == at) return {};
    at = above;
  }
}

}  // namespace tz::ledger
