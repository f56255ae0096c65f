// Answering from one publication.
#include "rollup/published_view.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "rollup/rate_scan.h"
#include "rollup/select.h"
#include "rollup/snapshot.h"
#include "rollup/special_scan.h"

namespace tz::rollup {

Scan PublishedView::scan_of(const Filter& filter) const {
  const ColumnSnapshots* seen_by = held_.newer ? &held_.newer->columns() : nullptr;
  return {filter, tree(), today(), seen_by};
}

void PublishedView::add_own(UnitId unit, Totals& sum) const {
  const OwnRows own = held_.columns.own[unit.value];
  if (own.count_or_slot & OwnRows::kManyBit)
    held_.many_totals.add_to(sum, own.count_or_slot & ~OwnRows::kManyBit);
  else
    add_own_rows(columns(), unit, sum);
}

void PublishedView::add_subtree(UnitId unit, Totals& sum) const {
  if (const auto slot = held_.inner->slot(unit))
    held_.standing_totals.add_to(sum, *slot);
  else
    add_own(unit, sum);
}

template <class Visit>
void PublishedView::each_top(UnitId unit, Visit visit) const {
  if (tree().kind(unit) != ledger::UnitKind::Area) return visit(unit);
  // An extent is made of whole subtrees, so stepping over them meets every one's top unit.
  for (const ledger::Interval& interval : ledger::merged(tree().extent(unit, today()))) {
    for (std::uint32_t at = interval.begin; at < interval.end;) {
      const UnitId top = tree().at(at);
      visit(top);
      at = tree().subtree(top).end;
      TZ_ASSERT(at <= interval.end);
    }
  }
}

Totals PublishedView::totals(UnitId unit) const {
  Totals sum;
  each_top(unit, [&](UnitId top) { add_subtree(top, sum); });
  return sum;
}

bool PublishedView::any_in_subtree(UnitId unit, std::uint32_t kinds) const {
  if (const auto slot = held_.inner->slot(unit)) return held_.standing_totals.any(*slot, kinds);
  const OwnRows own = held_.columns.own[unit.value];
  if (own.count_or_slot & OwnRows::kManyBit)
    return held_.many_totals.any(own.count_or_slot & ~OwnRows::kManyBit, kinds);
  const ColumnSnapshots& rows = columns();
  for (std::uint32_t next = own.newest_plus_one; next != 0; next = rows.earlier[next - 1]) {
    const ScanRow& row = rows.scan[next - 1];
    if (!(row.word & kStagedBit) && kinds >> kind_of(row) & 1) return true;
  }
  return false;
}

bool PublishedView::any(UnitId unit, std::uint32_t kinds) const {
  bool found = false;
  each_top(unit, [&](UnitId top) { found = found || any_in_subtree(top, kinds); });
  return found;
}

Totals PublishedView::own_totals(UnitId unit) const {
  TZ_ASSERT(unit.value < tree().size());
  Totals sum;
  add_own(unit, sum);
  return sum;
}

std::vector<QuantitySum> PublishedView::quantities(UnitId unit, std::uint32_t kinds) const {
  const std::vector<ledger::Interval> places = ledger::merged(tree().extent(unit, today()));
  std::map<const QuantityName*, QuantitySum> sums;
  const ColumnSnapshots& rows = columns();
  for (std::uint32_t at = 0; at < held_.quantities.end; ++at) {
    const QuantityEntry& entry = held_.quantities.entries[at];
    if (entry.row_plus_one == 0) continue;
    const ScanRow& row = rows.scan[entry.row_plus_one - 1];
    if ((row.word & kStagedBit) || !ledger::holds(places, row.place)) continue;
    if ((kinds >> kind_of(row) & 1U) == 0) continue;
    QuantitySum& sum = sums[entry.name];
    count_in(sum, entry.value, entry.qualifier);
  }
  std::vector<QuantitySum> out;
  for (auto& [name, sum] : sums) {
    sum.id = name->id;
    sum.unit = name->unit;
    out.push_back(std::move(sum));
  }
  std::sort(out.begin(), out.end(), [](const QuantitySum& a, const QuantitySum& b) {
    return std::tie(a.id, a.unit) < std::tie(b.id, b.unit);
  });
  return out;
}

// In order of flow and state; only those that occur.
std::vector<StateCount> PublishedView::by_state(const Filter& filter) const {
  std::vector<std::vector<StateCount>> flows;  // by flow, then by state: both are small and dense
  const Scan scan = scan_of(filter);
  scan.newest_first(columns(), held_.row_count, [&](std::uint32_t, const ScanRow& row) {
    const auto flow = static_cast<std::uint16_t>(row.word >> kFlowShift);
    const auto state = static_cast<std::uint16_t>(row.word);
    if (flow >= flows.size()) flows.resize(flow + std::size_t{1});
    std::vector<StateCount>& states = flows[flow];
    if (state >= states.size()) states.resize(state + std::size_t{1});
    ++states[state].count;
    if (row.word & kOverdueBit) ++states[state].overdue;
    return true;
  });
  std::vector<StateCount> out;
  for (std::size_t flow = 0; flow < flows.size(); ++flow) {
    for (std::size_t state = 0; state < flows[flow].size(); ++state) {
      StateCount count = flows[flow][state];
      if (count.count == 0) continue;
      count.flow = static_cast<std::uint16_t>(flow);
      count.state = static_cast<std::uint16_t>(state);
      out.push_back(count);
    }
  }
  return out;
}

std::optional<RowIndex> PublishedView::find(ledger::ItemNo no) const {
  const ItemIndex::Snapshot& index = held_.index;
  const auto row = ItemIndex::find(index.slots, index.mask, held_.columns.stored, no);
  if (!row || *row >= held_.row_count) return std::nullopt;
  return RowIndex{*row};
}

std::vector<ledger::LiveLimit> PublishedView::limits(RowIndex index) const {
  TZ_ASSERT(index.value < held_.row_count);
  if (held_.newer) return {};
  return held_.limits.of(index.value);
}

ledger::ItemRow PublishedView::row(RowIndex index) const {
  TZ_ASSERT(index.value < held_.row_count);
  const ColumnSnapshots& rows = columns();
  return item_row(rows.stored[index.value], rows.scan[index.value], rows.findings[index.value]);
}

std::vector<RowIndex> PublishedView::list(const Filter& filter, std::optional<RowIndex> before,
                                          std::size_t count_max) const {
  std::vector<RowIndex> found;
  if (count_max == 0) return found;
  const std::uint32_t end = before ? std::min(before->value, held_.row_count) : held_.row_count;
  const Scan scan = scan_of(filter);
  scan.newest_first(columns(), end, [&](std::uint32_t row, const ScanRow&) {
    found.push_back(RowIndex{row});
    return found.size() < count_max;
  });
  return found;
}

std::uint32_t PublishedView::count(const Filter& filter) const {
  return scan_of(filter).count(columns(), held_.row_count);
}

Selection PublishedView::select(const Filter& filter, const Order& order, const Page& page) const {
  Selection out;
  const Ranking ranking(order);
  const ColumnSnapshots& rows = columns();
  std::optional<Rank> after;
  if (page.after) {
    TZ_ASSERT(page.after->value < held_.row_count);
    after = ranking.rank(rows, page.after->value);
  }
  PagePicker picker(page, after);
  const Scan scan = scan_of(filter);
  scan.newest_first(rows, held_.row_count, [&](std::uint32_t at, const ScanRow& row) {
    const std::optional<Share> share = share_of(row);
    TZ_ASSERT(share.has_value());
    add(out.counts, *share);
    picker.offer(ranking.rank(rows, at));
    return true;
  });
  for (const Rank& rank : picker.finish()) out.rows.push_back(ranking.row_of(rank));
  return out;
}

std::vector<WeekCount> PublishedView::weeks(const WeekQuestion& question) const {
  constexpr std::int64_t kDays = 7;
  const auto count = static_cast<std::int64_t>(question.week_count);
  std::vector<WeekCount> out(question.week_count);
  for (std::size_t week = 0; week < out.size(); ++week)
    out[week].first = Day{question.first.number + static_cast<std::int32_t>(kDays * week)};
  // The week of a day: -1 for any before, `count` for any after.
  const auto week_of = [&](std::int32_t day) {
    const std::int64_t since = std::int64_t{day} - question.first.number;
    return since < 0 ? std::int64_t{-1} : std::min(since / kDays, count);
  };
  std::vector<std::int64_t> change(question.week_count + 1);  // of what is open, week by week
  Filter filter;
  filter.unit = question.unit;
  filter.without = question.without;
  const Scan scan = scan_of(filter);
  const ColumnSnapshots& rows = columns();
  scan.newest_first(rows, held_.row_count, [&](std::uint32_t at, const ScanRow& row) {
    if (!(question.kinds >> kind_of(row) & 1U)) return true;
    const StoredRow& stored = rows.stored[at];
    const std::int64_t opened = week_of(stored.opened);
    const std::int64_t closed =
        stored.present & StoredRow::kClosed ? week_of(stored.closed) : count;
    if (opened >= 0 && opened < count) ++out[static_cast<std::size_t>(opened)].listed;
    if (closed >= 0 && closed < count) ++out[static_cast<std::size_t>(closed)].closed;
    const auto phase = phase_of(row.word);
    const std::int64_t from = std::max<std::int64_t>(opened, 0);
    if (phase == ledger::Phase::Dropped || from >= closed) return true;
    ++change[static_cast<std::size_t>(from)];
    --change[static_cast<std::size_t>(closed)];
    return true;
  });
  std::int64_t open = 0;
  for (std::size_t week = 0; week < out.size(); ++week) {
    open += change[week];
    out[week].open = static_cast<std::uint32_t>(open);
  }
  return out;
}

std::vector<KindRates> PublishedView::rates(const RateQuestion& question) const {
  return scan_rates(columns(), held_.row_count, tree(), {held_.instant, today()}, question);
}

HouseholdCounts PublishedView::households(UnitId unit, std::uint16_t scheme) const {
  HouseholdCounts sum;
  each_top(unit, [&](UnitId top) { sum += held_.household_totals.of(top, scheme); });
  return sum;
}

HouseholdCounts PublishedView::households_by_place(UnitId unit, std::uint16_t scheme) const {
  return held_.household_totals.of(unit, scheme);
}

std::vector<SpecialCounts> PublishedView::specials(const SpecialQuestion& question) const {
  return scan_specials(columns(), held_.row_count, tree(), today(), question);
}

Bytes PublishedView::save() const {
  std::vector<RowQuantity> quantities;
  for (std::uint32_t at = 0; at < held_.quantities.end; ++at) {
    const QuantityEntry& entry = held_.quantities.entries[at];
    if (entry.row_plus_one == 0) continue;
    quantities.push_back(
        {entry.row_plus_one - 1, {entry.name->id, entry.name->unit, entry.value, entry.qualifier}});
  }
  std::sort(quantities.begin(), quantities.end(), [](const RowQuantity& a, const RowQuantity& b) {
    return std::tie(a.row, a.quantity.id, a.quantity.unit) <
           std::tie(b.row, b.quantity.id, b.quantity.unit);
  });
  SnapshotWriter out(held_.row_count, static_cast<std::uint32_t>(quantities.size()),
                     held_.limits.count);
  for (std::uint32_t at = 0; at < held_.row_count; ++at) out.row(row(RowIndex{at}));
  for (const RowQuantity& next : quantities) out.quantity(next.row, next.quantity);
  for (std::uint32_t at = 0; at < held_.row_count; ++at)
    for (const ledger::LiveLimit& limit : held_.limits.of(at)) out.limit(at, limit);
  return std::move(out).finish();
}

}  // namespace tz::rollup
