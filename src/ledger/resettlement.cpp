// Rows and numbers that are too small are put together until they are not; what cannot be is left
// out.
#include "ledger/resettlement.h"

#include <algorithm>

#include "ledger/enum_names.h"
#include "ledger/org_tree.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, 2> kAudiences = {"affected", "everybody"};

struct Heap {
  std::vector<UnitId> units;
  StageCounts counts{};
};

std::int64_t sum_of(const StageCounts& counts) {
  std::int64_t sum = 0;
  for (const std::int64_t count : counts) sum += count;
  return sum;
}

void take(Heap& heap, const Heap& more) {
  heap.units.insert(heap.units.end(), more.units.begin(), more.units.end());
  for (std::size_t i = 0; i < heap.counts.size(); ++i) heap.counts[i] += more.counts[i];
}

// Stages side by side, in steps of none or enough; what is left at the end goes with the step
// before it.
std::vector<RosterCell> cells_of(const StageCounts& counts) {
  std::vector<RosterCell> out;
  for (std::size_t i = 1; i < counts.size(); ++i) {
    const auto stage = static_cast<HouseholdStage>(i);
    const bool small =
        !out.empty() && out.back().households > 0 && out.back().households < kRosterCellMin;
    if (small || (!out.empty() && counts[i] == 0 && out.back().households == 0)) {
      out.back().last = stage;
      out.back().households += counts[i];
    } else {
      out.push_back({stage, stage, counts[i]});
    }
  }
  const auto small = [](const RosterCell& cell) {
    return cell.households > 0 && cell.households < kRosterCellMin;
  };
  while (out.size() > 1 && small(out.back())) {
    RosterCell& before = out[out.size() - 2];
    before.last = out.back().last;
    before.households += out.back().households;
    out.pop_back();
  }
  return out;
}

}  // namespace

std::string_view to_text(RosterAudience audience) { return name_in(kAudiences, audience); }
std::optional<RosterAudience> roster_audience_named(std::string_view name) {
  return named_in<RosterAudience>(kAudiences, name);
}

std::vector<RosterRow> public_rows(const std::vector<StagesOfUnit>& units) {
  std::vector<Heap> rows;
  Heap few;
  for (const StagesOfUnit& unit : units) {
    const std::int64_t count = sum_of(unit.counts);
    if (count == 0) continue;
    const Heap one{{unit.unit}, unit.counts};
    if (count < kRosterRowMin)
      take(few, one);
    else
      rows.push_back(one);
  }
  // What is left over is not told by what stands beside it either.
  if (!few.units.empty() && sum_of(few.counts) < kRosterRowMin && !rows.empty()) {
    const auto smallest = std::min_element(
        rows.begin(), rows.end(),
        [](const Heap& a, const Heap& b) { return sum_of(a.counts) < sum_of(b.counts); });
    take(few, *smallest);
    rows.erase(smallest);
  }
  if (sum_of(few.counts) >= kRosterRowMin) rows.push_back(few);
  std::vector<RosterRow> out;
  for (Heap& row : rows) {
    std::sort(row.units.begin(), row.units.end());
    out.push_back({std::move(row.units), cells_of(row.counts)});
  }
  return out;
}

UnitId township_or_above(const OrgTree& tree, UnitId unit) {
  const auto high = [&](UnitId one) {
    const UnitKind kind = tree.kind(one);
    return kind == UnitKind::Nation || kind == UnitKind::Province || kind == UnitKind::Prefecture ||
           kind == UnitKind::County || kind == UnitKind::Township;
  };
  while (!high(unit) && tree.parent(unit) != unit) unit = tree.parent(unit);
  return unit;
}

bool may_be_public(const std::vector<RosterRow>& rows) {
  return std::all_of(rows.begin(), rows.end(), [](const RosterRow& row) {
    std::int64_t sum = 0;
    for (const RosterCell& cell : row.cells) {
      if (cell.households < 0 || (cell.households > 0 && cell.households < kRosterCellMin))
        return false;
      sum += cell.households;
    }
    return !row.units.empty() && sum >= kRosterRowMin;
  });
}

void Scheme::publish(PublishedRoster roster, Day today) {
  auto all = std::make_shared<std::vector<std::shared_ptr<const RostersOfUnit>>>();
  if (rosters_by_unit) *all = *rosters_by_unit;
  const auto at = std::lower_bound(
      all->begin(), all->end(), roster.unit,
      [](const auto& one, std::optional<UnitId> unit) { return one->unit < unit; });
  const bool known = at != all->end() && (*at)->unit == roster.unit;
  auto changed = std::make_shared<RostersOfUnit>();
  if (known) *changed = **at;
  changed->unit = roster.unit;
  std::erase_if(changed->numbers,
                [&](std::uint32_t number) { return rosters.at(number - 1)->last < today; });
  rosters.add(std::make_shared<const PublishedRoster>(std::move(roster)));
  changed->numbers.push_back(static_cast<std::uint32_t>(rosters.size()));
  changed->ever.push_back(changed->numbers.back());
  if (known)
    *at = std::move(changed);
  else
    all->insert(at, std::move(changed));
  rosters_by_unit = std::move(all);
}

const RostersOfUnit* Scheme::rosters_of(std::optional<UnitId> unit) const {
  if (!rosters_by_unit) return nullptr;
  const auto at = std::lower_bound(
      rosters_by_unit->begin(), rosters_by_unit->end(), unit,
      [](const auto& one, std::optional<UnitId> wanted) { return one->unit < wanted; });
  return at == rosters_by_unit->end() || (*at)->unit != unit ? nullptr : at->get();
}

bool Scheme::reached_by(std::int64_t count) const {
  constexpr std::int64_t kWhole = 100;
  return term && term->percent && household_count > 0 &&
         count * kWhole >= *term->percent * household_count;
}

}  // namespace tz::ledger
