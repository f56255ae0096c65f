// Notices out of their file.
#include "calendar/notice.h"

#include <algorithm>
#include <charconv>

#include "calendar/rows.h"

namespace tz::calendar {
namespace {

constexpr std::size_t kNoticeCells = 8;
constexpr std::size_t kDaysCells = 4;
constexpr std::size_t kLocalCells = 5;
// A notice names a festival, not a year: more is a slip of the pen.
constexpr std::int32_t kNamedDaysMax = 31;

bool known_already(const std::vector<Notice>& notices, std::string_view id) {
  return std::any_of(notices.begin(), notices.end(),
                     [&](const Notice& notice) { return notice.id == id; });
}

Result<std::optional<int>> read_year(const std::string& text, const Place& place) {
  if (text.empty()) return std::optional<int>();
  int year = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (wrong != std::errc() || end != text.data() + text.size() || year < 1900 || year > 2999)
    return malformed(place, "year");
  return std::optional<int>(year);
}

Result<Notice> read_notice(const TableRow& row, const std::vector<Notice>& before) {
  const auto& cells = row.cells;
  if (cells.size() != kNoticeCells) return malformed({row.line, "notice"}, "cells");
  Notice out;
  out.id = cells[1];
  if (!is_name(out.id)) return malformed({row.line, "id"}, "word");
  if (known_already(before, out.id)) return malformed({row.line, "id"}, "twice");
  auto region = parse_region(cells[2]);
  if (!region.ok()) return malformed({row.line, "region"}, "region");
  out.region = *region;
  out.issued = TZ_TRY(optional_day(cells[3], {row.line, "issued"}));
  out.published = TZ_TRY(optional_day(cells[4], {row.line, "published"}));
  if (!out.issued && !out.published) return malformed({row.line, "issued"}, "known");
  if (out.issued && out.published && *out.published < *out.issued)
    return malformed({row.line, "published"}, "order");
  out.number = cells[5];
  out.year = TZ_TRY(read_year(cells[6], {row.line, "year"}));
  // Only the whole country's arrangement makes a year certain.
  if (out.year && !out.region.code.empty()) return malformed({row.line, "year"}, "region");
  out.supersedes = cells[7];
  if (!out.supersedes.empty() && !known_already(before, out.supersedes))
    return malformed({row.line, "supersedes"}, "unknown");
  return out;
}

// The later notice changes the earlier one's days, itself or by one that it changes in turn.
bool supersedes(const std::vector<Notice>& notices, const Notice& later, const Notice& earlier) {
  const Notice* at = &later;
  while (!at->supersedes.empty()) {
    if (at->supersedes == earlier.id) return true;
    at = &*std::find_if(notices.begin(), notices.end(),
                        [&](const Notice& notice) { return notice.id == at->supersedes; });
  }
  return false;
}

bool overlap(const NamedDays& a, const NamedDays& b) { return a.from <= b.to && b.from <= a.to; }

bool named_before(const std::vector<Notice>& notices, const NamedDays& days) {
  const Notice& mine = notices.back();
  for (const Notice& other : notices) {
    if (!(other.region == mine.region)) continue;
    if (&other != &mine && supersedes(notices, mine, other)) continue;
    for (const NamedDays& named : other.days)
      if (overlap(named, days)) return true;
  }
  return false;
}

Result<NamedDays> read_days(const TableRow& row) {
  const auto& cells = row.cells;
  if (cells.size() != kDaysCells) return malformed({row.line, cells[0]}, "cells");
  NamedDays out;
  out.kind = cells[0] == "off" ? DayKind::Off : DayKind::Work;
  out.from = TZ_TRY(needed_day(cells[1], {row.line, "from"}));
  out.to = TZ_TRY(needed_day(cells[2], {row.line, "to"}));
  if (out.to < out.from || out.to.number - out.from.number >= kNamedDaysMax)
    return malformed({row.line, "to"}, "order");
  out.holiday = cells[3];
  if (!is_name(out.holiday)) return malformed({row.line, "holiday"}, "word");
  return out;
}

Result<LocalHoliday> read_local(const TableRow& row) {
  const auto& cells = row.cells;
  if (cells.size() != kLocalCells) return malformed({row.line, "local"}, "cells");
  LocalHoliday out;
  const auto region = parse_region(cells[1]);
  if (!region.ok() || region->code.empty()) return malformed({row.line, "region"}, "region");
  out.region = *region;
  const auto from = TZ_TRY(read_year(cells[2], {row.line, "from"}));
  if (!from) return malformed({row.line, "from"}, "year");
  out.from = *from;
  out.to = TZ_TRY(read_year(cells[3], {row.line, "to"}));
  if (out.to && *out.to < out.from) return malformed({row.line, "to"}, "order");
  out.holiday = cells[4];
  if (!is_name(out.holiday)) return malformed({row.line, "holiday"}, "word");
  return out;
}

}  // namespace

Result<Region> parse_region(std::string_view text) {
  const bool digits = text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits || text.size() > 6 || text.size() % 2 != 0)
    return refusal("bad_region", {{"text", std::string(beginning_of(text, 40))}});
  return Region{std::string(text)};
}

Result<NoticeFile> read_notices(std::string_view text) {
  NoticeFile out;
  std::vector<Notice>& notices = out.notices;
  bool within_notice = false;
  for (const TableRow& row : TZ_TRY(read_rows(text))) {
    const std::string& word = row.cells[0];
    if (word == "notice") {
      notices.push_back(TZ_TRY(read_notice(row, notices)));
      within_notice = true;
      continue;
    }
    if (word == "local") {
      out.locals.push_back(TZ_TRY(read_local(row)));
      within_notice = false;
      continue;
    }
    if (word != "off" && word != "work") return malformed({row.line, "notice"}, "word");
    if (!within_notice) return malformed({row.line, word}, "orphan");
    const NamedDays days = TZ_TRY(read_days(row));
    if (named_before(notices, days)) return malformed({row.line, "from"}, "twice");
    notices.back().days.push_back(days);
  }
  return out;
}

}  // namespace tz::calendar
