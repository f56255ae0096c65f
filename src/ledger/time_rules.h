// What time limits are reckoned by: the days that are worked, and the lengths that statutes give.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "calendar/calendar.h"
#include "calendar/rule.h"
#include "ledger/org_tree.h"
#include "ledger/thresholds.h"

namespace tz::ledger {

// As adopted by the ledger; a value that shares what never changes.
class TimeRules {
 public:
  // With these holidays instead, as they are known by that day. A later file has every notice of
  // the one before in its place. Refuses as calendar::read_notices, and `calendar_shorter` (facts:
  // notices, before).
  [[nodiscard]] Result<TimeRules> with_calendar(std::string_view text, Day known) const;
  // With these limits instead, adopted by that record; the thresholds before are kept for what was
  // opened under them. Refuses as calendar::Rules::parse.
  [[nodiscard]] Result<TimeRules> with_limits(std::string_view text, Seq adopted = {}) const;

  // Whether that file keeps every limit of the ones before: rows are added, and ended by their last
  // day, never changed otherwise. Refuses `limits_changed` (facts: code).
  [[nodiscard]] Outcome keeps_limits(const TimeRules& before) const;
  // The first day that any adoption after the first made known otherwise; none where none did.
  [[nodiscard]] std::optional<Day> changed_from() const { return changed_from_; }

  [[nodiscard]] bool has_calendar() const { return calendar_ != nullptr; }
  // The working days of a region; needs a calendar.
  [[nodiscard]] const calendar::WorkingDays& days_of(const calendar::Region& region) const;
  // Whether any limit has that name, wherever and whenever it holds.
  [[nodiscard]] bool knows(std::string_view rule) const;
  // The limit of that name that holds in that scope; none where none does.
  [[nodiscard]] std::optional<calendar::Rule> rule(std::string_view name,
                                                   const calendar::Scope& scope) const;
  // The thresholds that were adopted when an item was opened by that record: it keeps them.
  [[nodiscard]] const Thresholds& thresholds(Seq opened) const;
  // Every row that is adopted, in the order of the file; empty where none is.
  [[nodiscard]] const std::vector<calendar::Rule>& limits() const;

 private:
  std::shared_ptr<const calendar::Calendar> calendar_;
  std::map<std::string, calendar::WorkingDays> days_;  // by region, of those that the file names
  struct Adopted {
    Seq record;
    std::shared_ptr<const Thresholds> thresholds;
  };
  std::shared_ptr<const calendar::Rules> limits_;
  std::vector<Adopted> thresholds_;  // of every file so far
  std::optional<Day> known_;         // by when the calendar is as it is known
  std::optional<Day> changed_from_;
};

// The division a unit lies in, as far as its code or that of a unit above says: at most 6 digits.
calendar::Region region_of(const OrgTree& tree, UnitId unit);

}  // namespace tz::ledger
