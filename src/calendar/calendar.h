// Which days are worked: the calendar of a region as it was known at some time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "calendar/notice.h"

namespace tz::calendar {

// The days that can be asked about, both included. The first is the first that any notice names;
// what is reckoned beyond the last is refused.
constexpr Day kFirstDay{13'512};  // 2006-12-30
constexpr Day kLastDay{47'481};   // 2099-12-31

// Which notices a calendar takes into account: of the first so many in the file, those known by
// that day. The file only grows at its end, so that an old version gives for ever what it gave.
struct CalendarVersion {
  std::uint32_t notices = 0;
  Day known;
  friend bool operator==(const CalendarVersion&, const CalendarVersion&) = default;
};

std::string to_text(const CalendarVersion& version);  // "25@2025-11-04"
// Refuses `bad_calendar_version` (facts: text).
Result<CalendarVersion> parse_version(std::string_view text);

// Why a day is off, or worked though it is a Saturday or Sunday.
struct Naming {
  DayKind kind = DayKind::Off;
  std::string holiday;
  std::uint32_t notice = 0;  // its place in the file
};

// The working days of one region in one version. A value: copies share what never changes.
class WorkingDays {
 public:
  // Needs a day from kFirstDay to kLastDay, as all below.
  [[nodiscard]] bool works(Day day) const;
  // Of the days after `from` up to and with `to`; needs from <= to.
  [[nodiscard]] std::int32_t count(Day from, Day to) const;
  // The so-manieth working day after that day; none beyond kLastDay. Needs n >= 1.
  [[nodiscard]] std::optional<Day> nth_after(Day day, std::int32_t n) const;
  // That day if it is worked, else the next that is; none beyond kLastDay.
  [[nodiscard]] std::optional<Day> same_or_next(Day day) const;

  // The last day whose kind no notice still to come is expected to change: a week before the end of
  // the last year with a notice, since notices name days of the old year's last week too. A day
  // after it is provisional; nothing is certain where there is no notice at all.
  [[nodiscard]] Day certain_to() const;
  // The first year of these days, both included, of which a local holiday of the region is in no
  // notice; none where all are known, or it has none.
  [[nodiscard]] std::optional<int> local_unknown(Day from, Day to) const;
  [[nodiscard]] const CalendarVersion& version() const;
  // What a notice says of the day; none for an ordinary one.
  [[nodiscard]] const Naming* naming(Day day) const;

 private:
  friend class Calendar;
  struct Tables;
  explicit WorkingDays(std::shared_ptr<const Tables> tables) : tables_(std::move(tables)) {}
  std::shared_ptr<const Tables> tables_;
};

// All notices of a file.
class Calendar {
 public:
  // Refuses as read_notices.
  static Result<Calendar> parse(std::string_view text);

  [[nodiscard]] const std::vector<Notice>& notices() const { return file_.notices; }
  [[nodiscard]] const std::vector<LocalHoliday>& locals() const { return file_.locals; }
  [[nodiscard]] CalendarVersion newest() const;
  // As it was known at the end of that day.
  [[nodiscard]] CalendarVersion as_known(Day day) const;
  // Made anew at each call (some 34,000 days): keep the value. Of notices that name the same day,
  // that of the smaller region holds, and of one region the one known later. Refuses
  // `calendar_version_unknown` (facts: version, notices) for more notices than there are.
  [[nodiscard]] Result<WorkingDays> working_days(const CalendarVersion& version,
                                                 const Region& region) const;

 private:
  explicit Calendar(NoticeFile file) : file_(std::move(file)) {}
  NoticeFile file_;
};

}  // namespace tz::calendar
