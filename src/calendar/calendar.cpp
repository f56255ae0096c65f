// Prefix counts over all days, so that working days are counted without walking over them.
#include "calendar/calendar.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

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

int year_of(Day day) {
  const std::string text = to_text(day);
  int year = 0;
  std::from_chars(text.data(), text.data() + 4, year);
  return year;
}

bool names(const Notice& notice, const std::string& holiday, int year) {
  return std::any_of(notice.days.begin(), notice.days.end(), [&](const NamedDays& days) {
    return days.kind == DayKind::Off && days.holiday == holiday && year_of(days.from) <= year &&
           year <= year_of(days.to);
  });
}

// The years of which some local holiday of the region is named by no local notice.
std::set<int> unknown_years(const std::vector<LocalHoliday>& locals, const Region& region,
                            const std::vector<const Notice*>& notices) {
  std::set<int> out;
  for (const LocalHoliday& local : locals) {
    if (!region.within(local.region)) continue;
    const int last = std::min(local.to.value_or(year_of(kLastDay)), year_of(kLastDay));
    for (int year = std::max(local.from, year_of(kFirstDay)); year <= last; ++year)
      if (std::none_of(notices.begin(), notices.end(), [&](const Notice* notice) {
            return !notice->region.code.empty() && names(*notice, local.holiday, year);
          }))
        out.insert(year);
  }
  return out;
}

}  // namespace

struct WorkingDays::Tables {
  CalendarVersion version;
  Day certain_to;
  std::set<int> unknown;                   // years; of local holidays
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

std::optional<int> WorkingDays::local_unknown(Day from, Day to) const {
  const std::set<int>& years = tables_->unknown;
  if (years.empty()) return std::nullopt;
  const auto first = years.lower_bound(year_of(from));
  if (first == years.end() || year_of(to) < *first) return std::nullopt;
  return *first;
}

const CalendarVersion& WorkingDays::version() const { return tables_->version; }

const Naming* WorkingDays::naming(Day day) const {
  const auto found = tables_->namings.find(day.number);
  return found == tables_->namings.end() ? nullptr : &found->second;
}

Result<Calendar> Calendar::parse(std::string_view text) {
  return Calendar(TZ_TRY(read_notices(text)));
}

CalendarVersion Calendar::newest() const {
  CalendarVersion out{static_cast<std::uint32_t>(file_.notices.size()), {}};
  for (const Notice& notice : file_.notices) out.known = std::max(out.known, notice.known());
  return out;
}

CalendarVersion Calendar::as_known(Day day) const {
  return {static_cast<std::uint32_t>(file_.notices.size()), day};
}

Result<WorkingDays> Calendar::working_days(const CalendarVersion& version,
                                           const Region& region) const {
  if (version.notices > file_.notices.size())
    return refusal("calendar_version_unknown", {{"version", to_text(version)},
                                                {"notices", std::to_string(file_.notices.size())}});
  std::vector<const Notice*> taken;
  for (std::uint32_t i = 0; i < version.notices; ++i)
    if (file_.notices[i].known() <= version.known && region.within(file_.notices[i].region))
      taken.push_back(&file_.notices[i]);
  // What holds stands last: the smaller region, and in one region what was known later.
  std::stable_sort(taken.begin(), taken.end(), [](const Notice* a, const Notice* b) {
    if (a->region.code.size() != b->region.code.size())
      return a->region.code.size() < b->region.code.size();
    return a->known() < b->known();
  });

  auto tables = std::make_shared<WorkingDays::Tables>();
  tables->version = version;
  tables->certain_to = certain_end(taken);
  tables->unknown = unknown_years(file_.locals, region, taken);
  for (const Notice* notice : taken) {
    const auto place = static_cast<std::uint32_t>(notice - file_.notices.data());
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
