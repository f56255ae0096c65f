// Prefix counts over all days, so that working days are counted without walking over them.
#include "calendar/calendar.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/csv.h"

namespace tz::calendar {

namespace {

constexpr std::int32_t kDayCount = kLastDay.number - kFirstDay.number + 1;
static_assert(kDayCount <= 65'535, "an index of a day has 16 bits");
constexpr std::int32_t kUnsettledDays = 7;

std::size_t index_of(Day day) {
  TZ_ASSERT(kFirstDay <= day && day <= kLastDay);
  return static_cast<std::size_t>(day.number - kFirstDay.number);
}

Day day_at(std::size_t index) { return Day{kFirstDay.number + static_cast<std::int32_t>(index)}; }

// 1970-01-01 was a Thursday.
bool is_weekend(Day day) { return (day.number + 3) % 7 >= 5; }

Day last_day_of(int year) { return parse_day(std::to_string(year) + "-12-31").value(); }

// The end of the years, without a gap from the first, that have their notice.
Day certain_end(const std::vector<const Notice*>& notices) {
  std::vector<int> years;
  for (const Notice* notice : notices)
    if (notice->year) years.push_back(*notice->year);
  std::sort(years.begin(), years.end());
  if (years.empty()) return Day{kFirstDay.number - 1};
  int last = years.front();
  for (const int year : years)
    if (year == last + 1) last = year;
  return Day{last_day_of(last).number - kUnsettledDays};
}

}  // namespace

struct WorkingDays::Tables {
  CalendarVersion version;
  Day certain_to;
  std::map<std::int32_t, Naming> namings;  // by number of day
  std::vector<std::uint16_t> before;       // working days before the day of that index
  std::vector<std::uint16_t> worked;       // the indexes of the working days, in order
};

std::string to_text(const CalendarVersion& version) {
  return std::to_string(version.notices) + "@" + to_text(version.known);
}

Result<CalendarVersion> parse_version(std::string_view text) {
  const Error bad =
      refusal("bad_calendar_version", {{"text", std::string(beginning_of(text, 40))}});
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) return bad;
  CalendarVersion out;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + at, out.notices);
  const auto day = parse_day(text.substr(at + 1));
  if (wrong != std::errc() || end != text.data() + at || !day.ok()) return bad;
  out.known = *day;
  return out;
}

bool WorkingDays::works(Day day) const {
  const std::size_t index = index_of(day);
  return tables_->before[index] != tables_->before[index + 1];
}

std::int32_t WorkingDays::count(Day from, Day to) const {
  TZ_ASSERT(from <= to);
  return tables_->before[index_of(to) + 1] - tables_->before[index_of(from) + 1];
}

std::optional<Day> WorkingDays::nth_after(Day day, std::int32_t n) const {
  TZ_ASSERT(n >= 1);
  const std::size_t place =
      std::size_t{tables_->before[index_of(day) + 1]} + static_cast<std::size_t>(n) - 1;
  if (place >= tables_->worked.size()) return std::nullopt;
  return day_at(tables_->worked[place]);
}

std::optional<Day> WorkingDays::same_or_next(Day day) const {
  const std::size_t place = tables_->before[index_of(day)];
  if (place >= tables_->worked.size()) return std::nullopt;
  return day_at(tables_->worked[place]);
}

Day WorkingDays::certain_to() const { return tables_->certain_to; }

const CalendarVersion& WorkingDays::version() const { return tables_->version; }

const Naming* WorkingDays::naming(Day day) const {
  const auto found = tables_->namings.find(day.number);
  return found == tables_->namings.end() ? nullptr : &found->second;
}

Result<Calendar> Calendar::parse(std::string_view text) {
  return Calendar(TZ_TRY(read_notices(text)));
}

CalendarVersion Calendar::newest() const {
  CalendarVersion out{static_cast<std::uint32_t>(notices_.size()), {}};
  for (const Notice& notice : notices_) out.known = std::max(out.known, notice.known());
  return out;
}

CalendarVersion Calendar::as_known(Day day) const {
  return {static_cast<std::uint32_t>(notices_.size()), day};
}

Result<WorkingDays> Calendar::working_days(const CalendarVersion& version,
                                           const Region& region) const {
  if (version.notices > notices_.size())
    return refusal("calendar_version_unknown",
                   {{"version", to_text(version)}, {"notices", std::to_string(notices_.size())}});
  std::vector<const Notice*> taken;
  for (std::uint32_t i = 0; i < version.notices; ++i)
    if (notices_[i].known() <= version.known && region.within(notices_[i].region))
      taken.push_back(&notices_[i]);
  // What holds stands last: the smaller region, and in one region what was known later.
  std::stable_sort(taken.begin(), taken.end(), [](const Notice* a, const Notice* b) {
    if (a->region.code.size() != b->region.code.size())
      return a->region.code.size() < b->region.code.size();
    return a->known() < b->known();
  });

  auto tables = std::make_shared<WorkingDays::Tables>();
  tables->version = version;
  tables->certain_to = certain_end(taken);
  for (const Notice* notice : taken) {
    const auto place = static_cast<std::uint32_t>(notice - notices_.data());
    for (const NamedDays& days : notice->days)
      for (std::int32_t day = days.from.number; day <= days.to.number; ++day)
        tables->namings[day] = {days.kind, days.holiday, place};
  }
  tables->before.reserve(kDayCount + 1);
  for (std::size_t i = 0; i < kDayCount; ++i) {
    tables->before.push_back(static_cast<std::uint16_t>(tables->worked.size()));
    const Day day = day_at(i);
    const auto named = tables->namings.find(day.number);
    const bool worked =
        named == tables->namings.end() ? !is_weekend(day) : named->second.kind == DayKind::Work;
    if (worked) tables->worked.push_back(static_cast<std::uint16_t>(i));
  }
  tables->before.push_back(static_cast<std::uint16_t>(tables->worked.size()));
  return WorkingDays(std::move(tables));
}

}  // namespace tz::calendar
