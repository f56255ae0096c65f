// A number is told of the stages between two ends of steps. Whoever subtracts takes away all parts
// that have both ends too: taking fewer of them leaves numbers of these parts, which are none or
// enough, beside the same rest.
#include "ledger/roster_difference.h"

#include <algorithm>
#include <array>
#include <map>

namespace tz::ledger {
namespace {

constexpr std::size_t kLast = kHouseholdStageCount - 1;

// A row by what it tells: after which stages one knows how many households are no further. A cell
// in which there are none tells it of every stage inside it.
struct Steps {
  std::array<bool, kHouseholdStageCount> ends{};
  std::array<std::int64_t, kHouseholdStageCount> up_to{};

  [[nodiscard]] bool tells(std::size_t from, std::size_t to) const {
    return ends[from] && ends[to];
  }
  [[nodiscard]] std::int64_t between(std::size_t from, std::size_t to) const {
    return up_to[to] - up_to[from];
  }
};

Steps steps_of(const RosterRow& row) {
  Steps out;
  out.ends[0] = true;
  std::int64_t sum = 0;
  for (const RosterCell& cell : row.cells) {
    sum += cell.households;
    const auto last = static_cast<std::size_t>(cell.last);
    const auto first = cell.households == 0 ? static_cast<std::size_t>(cell.first) : last;
    for (std::size_t end = first; end <= last; ++end) {
      out.ends[end] = true;
      out.up_to[end] = sum;
    }
  }
  return out;
}

std::vector<RosterCell> cells_of(const Steps& steps) {
  std::vector<RosterCell> out;
  std::size_t from = 0;
  for (std::size_t to = 1; to <= kLast; ++to) {
    if (!steps.ends[to]) continue;
    const auto last = static_cast<HouseholdStage>(to);
    const std::int64_t households = steps.between(from, to);
    // Where nobody is, one cell says so of all these stages.
    if (households == 0 && !out.empty() && out.back().households == 0)
      out.back().last = last;
    else
      out.push_back({static_cast<HouseholdStage>(from + 1), last, households});
    from = to;
  }
  return out;
}

// The stages of which too few are told: after `from`, up to `to`.
struct Few {
  std::size_t from = 0;
  std::size_t to = 0;
};
std::optional<Few> few_left(const Steps& whole, const std::vector<Steps>& parts) {
  for (std::size_t from = 0; from < kLast; ++from)
    for (std::size_t to = from + 1; to <= kLast; ++to) {
      if (!whole.tells(from, to)) continue;
      std::int64_t left = whole.between(from, to);
      for (const Steps& part : parts)
        if (part.tells(from, to)) left -= part.between(from, to);
      if (left > 0 && left < kRosterCellMin) return Few{from, to};
    }
  return std::nullopt;
}

// So that it no longer tells how many are no further than that. Between two ends of the same number
// there is nobody, which tells it too: none is left on one side, that of the first stage where the
// number is none.
void hide(Steps& steps, std::size_t end) {
  const std::int64_t told = steps.up_to[end];
  steps.ends[end] = false;
  if (told == 0)
    for (std::size_t at = end + 1; at < kLast && steps.up_to[at] == told; ++at)
      steps.ends[at] = false;
  else
    for (std::size_t at = end - 1; at > 0 && steps.up_to[at] == told; --at) steps.ends[at] = false;
}

// So that it no longer tells of those stages alone; false where they are all of them.
bool put_together(Steps& steps, const Few& few) {
  if (few.from == 0 && few.to == kLast) return false;
  hide(steps, few.from > 0 ? few.from : few.to);
  return true;
}

// After which stage the rows tell that too few have moved; none: nowhere.
std::optional<std::size_t> few_moved(const Steps& now, const Steps& earlier) {
  for (std::size_t end = 1; end < kLast; ++end) {
    if (!now.tells(0, end) || !earlier.tells(0, end)) continue;
    const std::int64_t more = now.up_to[end] - earlier.up_to[end];
    if (more != 0 && more > -kRosterCellMin && more < kRosterCellMin) return end;
  }
  return std::nullopt;
}

// Of households that stood in another row together nothing is told but how many they are.
bool moved_apart(Steps& now, const RosterRow& row, const RosterRow& then) {
  bool changed = false;
  if (then.units != row.units) {
    for (std::size_t end = 1; end < kLast; ++end) {
      changed = changed || now.ends[end];
      now.ends[end] = false;
    }
    return changed;
  }
  const Steps steps = steps_of(then);
  while (const auto end = few_moved(now, steps)) {
    hide(now, *end);
    changed = true;
  }
  return changed;
}

// So that no two rosters of the same households tell where fewer than enough moved in between.
std::vector<RosterRow> beside_earlier(const Scheme& scheme, std::optional<UnitId> unit,
                                      std::vector<RosterRow> rows) {
  const RostersOfUnit* before = scheme.rosters_of(unit);
  if (before == nullptr) return rows;
  std::map<UnitId, std::size_t> row_of;
  std::vector<Steps> now;
  now.reserve(rows.size());
  for (const RosterRow& row : rows) {
    for (const UnitId each : row.units) row_of.emplace(each, now.size());
    now.push_back(steps_of(row));
  }
  std::vector<bool> changed(rows.size());
  for (const std::uint32_t number : before->ever)
    for (const RosterRow& then : scheme.rosters.at(number - 1)->rows)
      for (const UnitId each : then.units) {
        const auto at = row_of.find(each);
        if (at == row_of.end()) continue;
        const std::size_t i = at->second;
        changed[i] = moved_apart(now[i], rows[i], then) || changed[i];
      }
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (changed[i]) rows[i].cells = cells_of(now[i]);
  return rows;
}

// The newest roster of each village, by its township.
using Shown = std::multimap<UnitId, const RostersOfUnit*>;
Shown shown_villages(const OrgTree& tree, const Scheme& scheme) {
  Shown out;
  if (!scheme.rosters_by_unit) return out;
  for (const auto& each : *scheme.rosters_by_unit)
    if (each->unit) out.emplace(township_or_above(tree, *each->unit), each.get());
  return out;
}

// What is shown to households of the villages in a row for everybody, but of one village.
std::vector<Steps> parts_of(const Scheme& scheme, const Shown& shown, const RosterRow& row,
                            std::optional<UnitId> but) {
  std::vector<Steps> out;
  for (const UnitId township : row.units) {
    const auto [first, end] = shown.equal_range(township);
    for (auto each = first; each != end; ++each) {
      if (each->second->unit == but) continue;
      for (const RosterRow& part : scheme.rosters.at(each->second->numbers.back() - 1)->rows)
        out.push_back(steps_of(part));
    }
  }
  return out;
}

std::vector<RosterRow> for_everybody(const OrgTree& tree, const Scheme& scheme,
                                     std::vector<RosterRow> rows) {
  const Shown shown = shown_villages(tree, scheme);
  for (RosterRow& row : rows) {
    const std::vector<Steps> parts = parts_of(scheme, shown, row, std::nullopt);
    Steps whole = steps_of(row);
    bool changed = false;
    while (const auto few = few_left(whole, parts)) {
      if (!put_together(whole, *few)) return {};
      changed = true;
    }
    if (changed) row.cells = cells_of(whole);
  }
  return rows;
}

std::vector<RosterRow> of_village(const OrgTree& tree, const Scheme& scheme, UnitId village,
                                  std::vector<RosterRow> rows) {
  const RostersOfUnit* everybody = scheme.rosters_of(std::nullopt);
  if (everybody == nullptr) return rows;
  const auto& shown = scheme.rosters.at(everybody->numbers.back() - 1)->rows;
  const UnitId township = township_or_above(tree, village);
  const auto above = std::find_if(shown.begin(), shown.end(), [&](const RosterRow& row) {
    return std::find(row.units.begin(), row.units.end(), township) != row.units.end();
  });
  if (above == shown.end()) return rows;
  const Steps whole = steps_of(*above);
  std::vector<Steps> parts = parts_of(scheme, shown_villages(tree, scheme), *above, village);
  const std::size_t own = parts.size();
  for (const RosterRow& row : rows) parts.push_back(steps_of(row));
  std::vector<bool> changed(rows.size());
  while (const auto few = few_left(whole, parts)) {
    const auto taken = std::find_if(
        parts.begin() + static_cast<std::ptrdiff_t>(own), parts.end(), [&](const Steps& part) {
          return part.tells(few->from, few->to) && part.between(few->from, few->to) > 0;
        });
    if (taken == parts.end() || !put_together(*taken, *few)) return {};
    changed[static_cast<std::size_t>(taken - parts.begin()) - own] = true;
  }
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (changed[i]) rows[i].cells = cells_of(parts[own + i]);
  return rows;
}

}  // namespace

std::vector<RosterRow> rows_beside(const OrgTree& tree, const Scheme& scheme,
                                   std::optional<UnitId> unit, std::vector<RosterRow> rows) {
  rows = beside_earlier(scheme, unit, std::move(rows));
  if (unit) return of_village(tree, scheme, *unit, std::move(rows));
  return for_everybody(tree, scheme, std::move(rows));
}

}  // namespace tz::ledger
