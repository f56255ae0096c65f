// Rows are counted at their units, units without a figure are added to those above them.
#include "rollup/public_figures.h"

#include <algorithm>
#include <map>
#include <optional>

#include "rollup/hiding_view.h"
#include "rollup/public_cells.h"

namespace tz::rollup {
namespace {

using ledger::OrgTree;
using ledger::UnitKind;

constexpr std::size_t kRowsAtOnce = 4096;

UnitId unit_of_figure(const OrgTree& tree, UnitId place) {
  while (!has_figure(tree, place) && tree.parent(place) != place) place = tree.parent(place);
  return place;
}

}  // namespace

bool has_figure(const OrgTree& tree, UnitId unit) {
  if (tree.placeholder(unit)) return false;
  switch (tree.kind(unit)) {
    case UnitKind::Nation:
    case UnitKind::Province:
    case UnitKind::Prefecture:
    case UnitKind::County:
    case UnitKind::Township:
      return true;
    default:
      return tree.parent(unit) == unit;  // the root, whatever it is
  }
}

std::vector<UnitId> figure_units_below(const OrgTree& tree, UnitId unit, std::size_t unit_count) {
  std::vector<UnitId> out;
  for (const UnitId child : tree.children(unit)) {
    if (child.value >= unit_count) continue;  // nor was anything below it there
    if (has_figure(tree, child)) {
      out.push_back(child);
      continue;
    }
    const auto further = figure_units_below(tree, child, unit_count);
    out.insert(out.end(), further.begin(), further.end());
  }
  return out;
}

Filter countable(const View& view, const ledger::Accusations& accusations, std::uint8_t kind) {
  Filter out;
  out.kind = kind;
  out.without = rows_of(view, accusations);
  return out;
}

std::vector<ledger::PublicFigure> public_figures(const View& view, const Filter& countable,
                                                 Day month) {
  const OrgTree& tree = view.tree();
  Filter filter = countable;
  filter.opened.from = month;
  filter.opened.to = Day{next_month(month).number - 1};
  // By position, so that a unit comes before those below it.
  std::map<std::uint32_t, std::uint32_t> own;
  std::optional<RowIndex> before;
  for (;;) {
    const auto rows = view.list(filter, before, kRowsAtOnce);
    for (const RowIndex at : rows) {
      const ledger::ItemRow row = view.row(at);
      const UnitId place = tree.counted_at(row.place, row.closed);
      ++own[tree.position(unit_of_figure(tree, place))];
    }
    if (rows.size() < kRowsAtOnce) break;
    before = rows.back();
  }
  // Units between that have nothing of their own are cells too.
  std::map<std::uint32_t, std::uint32_t> counted = own;
  for (const auto& [position, count] : own)
    for (UnitId unit = tree.at(position); tree.parent(unit) != unit;) {
      unit = unit_of_figure(tree, tree.parent(unit));
      counted.emplace(tree.position(unit), 0);
    }
  std::vector<CellUnit> cells;
  std::vector<UnitId> units;
  std::map<UnitId, std::uint32_t> index;
  for (const auto& [position, count] : counted) {
    const UnitId unit = tree.at(position);
    CellUnit cell{{}, count};
    if (tree.parent(unit) != unit) cell.parent = index.at(unit_of_figure(tree, tree.parent(unit)));
    index.emplace(unit, static_cast<std::uint32_t>(cells.size()));
    cells.push_back(cell);
    units.push_back(unit);
  }
  const auto shown = public_cells(cells);
  std::vector<ledger::PublicFigure> out;
  for (std::size_t i = 0; i < shown.size(); ++i)
    if (shown[i]) out.push_back({units[i], *shown[i]});
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.unit < b.unit; });
  return out;
}

}  // namespace tz::rollup
