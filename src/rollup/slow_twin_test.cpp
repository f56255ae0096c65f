// The slow twin: every answer by a loop over all rows and by walking parents.
#include "rollup/slow_twin.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

namespace tz::rollup {

using ledger::ItemQuantity;
using ledger::ItemRow;

void SlowTwin::put(const ItemRow& row, std::span<const ItemQuantity> quantities) {
  const auto known = find(row.no);
  if (!known) entries.emplace_back();
  Entry& entry = known ? entries[*known] : entries.back();
  entry = {row, {quantities.begin(), quantities.end()}};
}

std::uint32_t SlowTwin::adopt_import(std::uint64_t import) {
  std::uint32_t adopted = 0;
  for (Entry& entry : entries) {
    if (entry.row.import != import) continue;
    entry.row.import.reset();
    ++adopted;
  }
  return adopted;
}

std::optional<std::uint32_t> SlowTwin::find(ledger::ItemNo no) const {
  for (std::uint32_t at = 0; at < entries.size(); ++at)
    if (entries[at].row.no == no) return at;
  return std::nullopt;
}

UnitId SlowTwin::heir_of(UnitId unit, std::optional<Day> closed) const {
  for (const ledger::UnitEdit& edit : tree->history().edits()) {
    if (edit.unit != unit || edit.kind != ledger::ChangeKind::Succeeded) continue;
    return closed && *closed < edit.day ? unit : heir_of(edit.other, closed);
  }
  return unit;
}

UnitId SlowTwin::place_of(const ItemRow& row) const { return heir_of(row.place, row.closed); }

std::optional<UnitId> SlowTwin::lead_of(const ItemRow& row) const {
  return row.lead ? std::optional(heir_of(*row.lead, row.closed)) : std::nullopt;
}

bool SlowTwin::below(UnitId place, UnitId unit) const {
  for (;; place = tree->parent(place)) {
    if (place == unit) return true;
    if (tree->parent(place) == place) return false;
  }
}

bool SlowTwin::covers(UnitId unit, UnitId place) const {
  std::set<std::uint32_t> seen;
  return covers(unit, place, seen);
}

bool SlowTwin::covers(UnitId unit, UnitId place, std::set<std::uint32_t>& seen) const {
  if (below(place, unit)) return true;
  if (tree->kind(unit) != ledger::UnitKind::Area || !seen.insert(unit.value).second) return false;
  const Day today = day_of(instant, zone);
  for (const ledger::LineEdge& edge : tree->lines()) {
    if (edge.line != ledger::LineKind::Area || edge.superior != unit) continue;
    if (edge.from > today || (edge.to && *edge.to < today)) continue;
    if (covers(edge.unit, place, seen)) return true;
  }
  return false;
}

bool SlowTwin::overdue(const ItemRow& row) const {
  return row.due && ledger::is_open(row.phase) && instant >= end_of(*row.due, zone);
}

void SlowTwin::count(const ItemRow& row, Totals& sum) const {
  PhaseCounts& counts = sum.kinds[row.kind];
  const auto phase = static_cast<std::size_t>(row.phase);
  ++counts.count[phase];
  if (overdue(row)) ++counts.overdue[phase];
  if (row.phase == ledger::Phase::Closed && row.fixed) ++counts.closed_fixed;
  if (row.reopened > 0) ++counts.reopened;
}

Totals SlowTwin::totals(UnitId unit) const {
  Totals sum;
  for (const Entry& entry : entries)
    if (!entry.row.import && covers(unit, place_of(entry.row))) count(entry.row, sum);
  return sum;
}

Totals SlowTwin::own_totals(UnitId unit) const {
  Totals sum;
  for (const Entry& entry : entries)
    if (!entry.row.import && place_of(entry.row) == unit) count(entry.row, sum);
  return sum;
}

std::vector<QuantitySum> SlowTwin::quantities(UnitId unit, std::uint32_t kinds) const {
  using ledger::Qualifier;
  std::map<std::pair<std::string, std::string>, QuantitySum> sums;
  for (const Entry& entry : entries) {
    if (entry.row.import || !covers(unit, place_of(entry.row))) continue;
    if (((kinds >> entry.row.kind) & 1U) == 0) continue;
    std::set<std::pair<std::string, std::string>> met;
    for (const ItemQuantity& quantity : entry.quantities) {
      QuantitySum& sum = sums[{quantity.id, quantity.unit}];
      sum.id = quantity.id;
      sum.unit = quantity.unit;
      sum.value += quantity.value;
      if (quantity.qualifier == Qualifier::About) sum.qualifier = Qualifier::About;
      if (quantity.qualifier == Qualifier::Over && sum.qualifier == Qualifier::Exact)
        sum.qualifier = Qualifier::Over;
      if (met.insert({quantity.id, quantity.unit}).second) ++sum.item_count;
    }
  }
  std::vector<QuantitySum> out;
  out.reserve(sums.size());
  for (const auto& [name, sum] : sums) out.push_back(sum);
  return out;
}

namespace {

// All that name it; 0 is one too, of what names a source that its flow lacks.
std::set<std::uint8_t> sources_of(const ItemRow& row) {
  std::set<std::uint8_t> out(row.more_sources.begin(), row.more_sources.end());
  out.erase(0);
  out.insert(row.source);
  return out;
}

}  // namespace

std::vector<SpecialCounts> SlowTwin::specials(UnitId unit, std::uint32_t kinds) const {
  std::vector<SpecialCounts> out;
  for (std::uint32_t special = 0; special < 5; ++special) {
    SpecialCounts all{special, {}, {}, {}};
    std::map<SourceRef, PhaseCounts> sources;
    bool any = false;
    for (const Entry& entry : entries) {
      const ItemRow& row = entry.row;
      if (row.import || row.special != special + 1 || !covers(unit, place_of(row))) continue;
      if ((kinds >> row.kind & 1U) == 0) continue;
      Totals sum;
      count(row, sum);
      any = true;
      (row.share ? all.shares : all.findings) += sum.kinds[row.kind];
      if (row.share) continue;
      for (const std::uint8_t source : sources_of(row))
        sources[{row.flow, source}] += sum.kinds[row.kind];
    }
    for (const auto& [source, counts] : sources) all.sources.push_back({source, counts});
    if (any) out.push_back(std::move(all));
  }
  return out;
}

HouseholdCounts SlowTwin::households(UnitId unit, std::uint16_t scheme) const {
  HouseholdCounts out;
  for (const Entry& entry : entries) {
    const ItemRow& row = entry.row;
    if (row.import || row.scheme != scheme || row.stage == ledger::HouseholdStage::None) continue;
    if (!covers(unit, place_of(row))) continue;
    if (row.split) ++out.splits;
    if (row.split && row.has_signed) ++out.splits_signed;
    if (!row.split) ++out.stages[static_cast<std::size_t>(row.stage)];
    if (!row.split && row.has_signed) ++out.has_signed;
  }
  return out;
}

bool SlowTwin::matches(const ItemRow& row, const Filter& filter) const {
  if (row.import) return false;
  if (filter.unit && !covers(*filter.unit, place_of(row))) return false;
  if (filter.kind && row.kind != *filter.kind) return false;
  if (filter.phase && row.phase != *filter.phase) return false;
  if (filter.states &&
      std::count(filter.states->begin(), filter.states->end(), StateRef{row.flow, row.state}) == 0)
    return false;
  if (filter.open && ledger::is_open(row.phase) != *filter.open) return false;
  if (filter.overdue && overdue(row) != *filter.overdue) return false;
  if (filter.fixed && row.fixed != *filter.fixed) return false;
  if (filter.reopened && (row.reopened > 0) != *filter.reopened) return false;
  if (filter.lead && lead_of(row) != filter.lead) return false;
  if (filter.recorder && row.recorder != *filter.recorder) return false;
  if (filter.share && row.share != *filter.share) return false;
  if (filter.rolls_up && (row.special != 0) != *filter.rolls_up) return false;
  if (filter.specials &&
      std::count(filter.specials->begin(), filter.specials->end(), row.special - 1) == 0)
    return false;
  if (filter.sources &&
      std::none_of(filter.sources->begin(), filter.sources->end(), [&](const SourceRef& asked) {
        return asked.flow == row.flow && sources_of(row).contains(asked.source);
      }))
    return false;
  const auto outside = [](const DaySpan& span, const std::optional<Day>& day) {
    if (!day) return span.from || span.to;
    return (span.from && *day < *span.from) || (span.to && *day > *span.to);
  };
  if (outside(filter.opened, row.opened) || outside(filter.due, row.due) ||
      outside(filter.closed, row.closed))
    return false;
  if (!filter.sight ||
      std::count(filter.sight->recorders.begin(), filter.sight->recorders.end(), row.recorder) > 0)
    return true;
  const auto inside = [&](const std::vector<ledger::Interval>& extents, UnitId unit) {
    return std::any_of(extents.begin(), extents.end(), [&](const ledger::Interval& extent) {
      return extent.begin <= tree->position(unit) && tree->position(unit) < extent.end;
    });
  };
  for (const auto& [kind, places] : filter.sight->kinds)
    if (kind == row.kind && inside(places, place_of(row))) return true;
  return inside(filter.sight->places, place_of(row)) ||
         (row.lead && inside(filter.sight->leads, *lead_of(row)));
}

std::vector<RowIndex> SlowTwin::list(const Filter& filter) const {
  std::vector<RowIndex> out;
  for (std::uint32_t at = 0; at < entries.size(); ++at)
    if (matches(entries[at].row, filter) &&
        (!filter.rows || std::count(filter.rows->begin(), filter.rows->end(), at) != 0))
      out.push_back(RowIndex{at});
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<RowIndex> SlowTwin::sorted(const Filter& filter, const Order& order) const {
  // What is compared, none where there is nothing to compare by.
  const auto key = [&](RowIndex at) -> std::optional<std::int64_t> {
    const ItemRow& row = entries[at.value].row;
    switch (order.by) {
      case Order::By::Opened:
        return at.value;
      case Order::By::Due:
        return row.due ? std::optional<std::int64_t>(row.due->number) : std::nullopt;
      case Order::By::Closed:
        return row.closed ? std::optional<std::int64_t>(row.closed->number) : std::nullopt;
      case Order::By::Unit:
        return tree->position(place_of(row));
      case Order::By::Lead:
        return row.lead ? std::optional<std::int64_t>(tree->position(*lead_of(row))) : std::nullopt;
      case Order::By::Changed:
        return static_cast<std::int64_t>(row.last.value);
    }
    return std::nullopt;
  };
  std::vector<RowIndex> out = list(filter);
  std::sort(out.begin(), out.end(), [&](RowIndex a, RowIndex b) {
    if (key(a).has_value() != key(b).has_value()) return key(a).has_value();
    const bool before = key(a) == key(b) ? a < b : key(a) < key(b);
    return order.direction == Order::Direction::Ascending ? before : !before && a != b;
  });
  return out;
}

PhaseCounts SlowTwin::counts(const Filter& filter) const {
  PhaseCounts out;
  for (const RowIndex index : list(filter)) {
    Totals sum;
    count(entries[index.value].row, sum);
    for (const PhaseCounts& kind : sum.kinds) out += kind;
  }
  return out;
}

std::vector<WeekCount> SlowTwin::weeks(const WeekQuestion& question) const {
  std::vector<WeekCount> out;
  for (std::size_t i = 0; i < question.week_count; ++i) {
    WeekCount week;
    week.first.number = question.first.number + 7 * static_cast<std::int32_t>(i);
    const Day last{week.first.number + 6};
    for (const Entry& entry : entries) {
      const ItemRow& row = entry.row;
      if (row.import || !covers(question.unit, place_of(row))) continue;
      if ((question.kinds & (1U << row.kind)) == 0) continue;
      if (week.first <= row.opened && row.opened <= last) ++week.listed;
      if (row.closed && week.first <= *row.closed && *row.closed <= last) ++week.closed;
      const bool closed_by_then = row.closed && *row.closed <= last;
      if (row.opened <= last && row.phase != ledger::Phase::Dropped && !closed_by_then) ++week.open;
    }
    out.push_back(week);
  }
  return out;
}

std::optional<Instant> SlowTwin::next_due() const {
  std::optional<Instant> next;
  for (const Entry& entry : entries) {
    const ItemRow& row = entry.row;
    if (row.import || !row.due || !ledger::is_open(row.phase) || overdue(row)) continue;
    const Instant end = end_of(*row.due, zone);
    if (!next || end < *next) next = end;
  }
  return next;
}

namespace {

std::string list_difference(const View& view, const SlowTwin& twin, const Filter& filter) {
  const std::vector<RowIndex> expected = twin.list(filter);
  if (view.count(filter) != expected.size()) return "count";
  if (view.list(filter, std::nullopt, expected.size() + 1) != expected) return "list";
  // In pages: the same, joined.
  std::vector<RowIndex> joined;
  std::optional<RowIndex> before;
  for (;;) {
    const std::vector<RowIndex> page = view.list(filter, before, 7);
    joined.insert(joined.end(), page.begin(), page.end());
    if (page.size() < 7) break;
    before = page.back();
  }
  if (joined != expected) return "pages";
  using Key = std::pair<std::uint16_t, std::uint16_t>;
  std::map<Key, std::pair<std::uint32_t, std::uint32_t>> states;
  for (const RowIndex index : expected) {
    const ItemRow& row = twin.entries[index.value].row;
    auto& [count, overdue] = states[{row.flow, row.state}];
    ++count;
    if (twin.overdue(row)) ++overdue;
  }
  const std::vector<StateCount> counts = view.by_state(filter);
  if (counts.size() != states.size()) return "number of states";
  for (std::size_t i = 0; const auto& [key, expected_counts] : states) {
    const StateCount& got = counts[i++];
    if (Key{got.flow, got.state} != key) return "states";
    if (std::pair{got.count, got.overdue} != expected_counts) return "state counts";
  }
  return "";
}

std::string order_difference(const View& view, const SlowTwin& twin, const Filter& filter) {
  for (int by = 0; by <= static_cast<int>(Order::By::Changed); ++by) {
    for (const auto direction : {Order::Direction::Ascending, Order::Direction::Descending}) {
      const Order order{static_cast<Order::By>(by), direction};
      const std::vector<RowIndex> expected = twin.sorted(filter, order);
      std::string what = "order " + std::to_string(by);
      const Selection all = view.select(filter, order, {{}, 0, expected.size() + 1});
      if (all.rows != expected) return what;
      if (!(all.counts == twin.counts(filter))) return what + " counts";
      std::vector<RowIndex> joined;
      Page page{{}, 0, 5};
      for (;;) {  // by the last row of the page before
        const std::vector<RowIndex> some = view.select(filter, order, page).rows;
        joined.insert(joined.end(), some.begin(), some.end());
        if (some.size() < 5) break;
        page.after = some.back();
      }
      if (joined != expected) return what + " by cursor";
      const std::size_t skip = expected.size() / 2;
      const Selection rest = view.select(filter, order, {{}, skip, 3});
      const auto begin = expected.begin() + static_cast<std::ptrdiff_t>(skip);
      const auto end = begin + static_cast<std::ptrdiff_t>(std::min<std::size_t>(
                                   3, static_cast<std::size_t>(expected.end() - begin)));
      if (rest.rows != std::vector<RowIndex>(begin, end)) return what + " by offset";
    }
  }
  return "";
}

std::string row_difference(const View& view, const SlowTwin& twin) {
  if (view.row_count() != twin.entries.size()) return "row_count";
  for (std::uint32_t at = 0; at < twin.entries.size(); ++at) {
    const ItemRow& row = twin.entries[at].row;
    if (!(view.row(RowIndex{at}) == row)) return "row " + std::to_string(at);
    if (view.find(row.no) != RowIndex{at}) return "find " + std::to_string(at);
  }
  return view.find(ledger::ItemNo{0}) ? "found what is not there" : "";
}

}  // namespace

bool any_of(const Totals& totals, std::uint32_t kinds) {
  for (std::uint32_t kind = 0; kind < ledger::kKindCountMax; ++kind)
    for (const std::uint32_t count : totals.kinds[kind].count)
      if (kinds >> kind & 1 && count != 0) return true;
  return false;
}

std::string difference(const View& view, const SlowTwin& twin, std::span<const Filter> filters) {
  if (view.instant() != twin.instant) return "instant";
  if (&view.tree() != twin.tree.get()) return "tree";
  if (std::string rows = row_difference(view, twin); !rows.empty()) return rows;
  for (std::uint32_t number = 0; number < twin.tree->size(); ++number) {
    const UnitId unit{number};
    if (!(view.totals(unit) == twin.totals(unit))) return "totals of " + std::to_string(number);
    for (std::uint32_t kinds = 0; kinds < 8; ++kinds)
      if (view.any(unit, kinds) != any_of(twin.totals(unit), kinds))
        return "any at " + std::to_string(number);
    if (!(view.own_totals(unit) == twin.own_totals(unit)))
      return "own totals of " + std::to_string(number);
    for (const std::uint32_t kinds : {1U, kAllKinds})
      if (view.specials({unit, kinds, {}}) != twin.specials(unit, kinds))
        return "specials of " + std::to_string(number);
    for (const std::uint16_t scheme : {std::uint16_t{1}, std::uint16_t{2}})
      if (!(view.households(unit, scheme) == twin.households(unit, scheme)))
        return "households of " + std::to_string(number);
    for (const std::uint32_t kinds : {0U, 1U, 2U, kAllKinds})
      if (view.quantities(unit, kinds) != twin.quantities(unit, kinds))
        return "quantities of " + std::to_string(number);
  }
  for (std::size_t i = 0; i < filters.size(); ++i) {
    std::string found = list_difference(view, twin, filters[i]);
    if (found.empty()) found = order_difference(view, twin, filters[i]);
    if (!found.empty()) return found + " of filter " + std::to_string(i);
  }
  return "";
}

TEST(SlowTwin, SaysWhatDiffers) {
  Rollup rollup;
  SlowTwin twin;
  auto tree = std::make_shared<ledger::OrgTree>();
  ledger::UnitRow root;
  root.code = "0";
  root.name = "n";
  tree->add_units({&root, 1});
  rollup.set_tree(tree);
  twin.tree = tree;
  ItemRow row;
  row.no.value = 5;
  rollup.put(row, {});
  EXPECT_EQ(difference(*rollup.publish(1), twin, {}), "row_count");
  twin.put(row, {});
  EXPECT_EQ(difference(*rollup.publish(1), twin, {}), "");
  twin.entries[0].row.phase = ledger::Phase::Working;
  EXPECT_EQ(difference(*rollup.publish(1), twin, {}), "row 0");
}

}  // namespace tz::rollup
