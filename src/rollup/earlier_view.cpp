// Going back: the rows of then counted instead of those of a view, and written over them when rows
// are looked at.
#include <algorithm>
#include <span>
#include <vector>

#include "rollup/rollup_inside.h"

namespace tz::rollup {

using ledger::ItemRow;

namespace {

constexpr std::size_t kRowsAhead = 8;  // asked of the memory before they are counted or written

// Without making a row of it: of a row that is open, whether it is late on that day.
bool is_due_before(const StoredRow& row, Day day) {
  const bool counts = (row.present & StoredRow::kImport) == 0;
  return counts && (row.present & StoredRow::kDue) != 0 && Day{row.due} < day;
}

// What is not written yet of a view that was taken back.
struct Unwritten {
  std::shared_ptr<Tables> tables;  // the view's own
  std::shared_ptr<const ledger::OrgTree> tree;
  std::shared_ptr<const Earlier::Rows> rows;
  std::vector<std::uint32_t> turned;
  Day day;
  std::uint32_t row_count = 0;  // rows from here on, up to the end, were not there
  std::uint32_t row_end = 0;

  void write() const {
    Columns& columns = tables->columns;
    for (std::uint32_t at = row_count; at < row_end; ++at)
      columns.scan.write(at).word |= kStagedBit;
    for (const std::uint32_t at : turned) columns.scan.write(at).word ^= kOverdueBit;
    // As they stand in the columns, so that writing goes through memory once.
    std::vector<std::pair<std::uint32_t, const ItemRow*>> order;
    order.reserve(rows->size());
    for (const Earlier::Row& each : *rows) order.emplace_back(each.at.value, &each.row);
    std::sort(order.begin(), order.end());
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i + kRowsAhead < order.size()) columns.fetch_ahead(order[i + kRowsAhead].first);
      const auto& [at, then_row] = order[i];
      const ItemRow& row = *then_row;
      TZ_ASSERT(columns.stored[at].no == row.no.value);
      columns.write(at, row);
      const ScanRow scan = scan_row(row, *tree, late_on(row, day));
      if (scan != columns.scan[at]) columns.scan.write(at) = scan;
    }
  }
};

// What is late and was not: it fell due since.
std::vector<std::uint32_t> fallen_since(const Published& shown, Day day, Day now,
                                        std::vector<bool>& without) {
  std::vector<std::uint32_t> found;
  const LateRows<ColumnSnapshots> late{shown.columns};
  const FallenRows::Portions& portions = *shown.fallen;
  auto portion = std::lower_bound(portions.begin(), portions.end(), day,
                                  [](const auto& one, Day due) { return one->due < due; });
  for (; portion != portions.end() && (*portion)->due < now; ++portion) {
    const std::vector<std::uint32_t>& rows = (*portion)->rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (i + kRowsAhead < rows.size()) late.fetch_ahead(rows[i + kRowsAhead]);
      const std::uint32_t at = rows[i];
      if (at >= without.size() || without[at] || !late.stands(at, (*portion)->due)) continue;
      without[at] = true;  // it may stand there twice
      found.push_back(at);
    }
  }
  return found;
}

// What is not late yet: looked for among all.
std::vector<std::uint32_t> late_by(const Published& shown, Day day,
                                   const std::vector<bool>& without) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t at = 0; at < without.size(); ++at) {
    const std::uint64_t word = shown.columns.scan[at].word;
    if ((word & kOverdueBit) != 0 || !ledger::is_open(phase_of(word)) || without[at]) continue;
    if (is_due_before(shown.columns.stored[at], day)) found.push_back(at);
  }
  return found;
}

}  // namespace

void Rollup::Inside::begin_with(const Published& shown, const Earlier& then) {
  const std::uint64_t number = shown.lease->number();
  publications = Publications(number);
  tree = shown.tree;
  inner = shown.inner;
  zone = shown.zone;
  instant = then.instant;
  many_count = shown.many_count;
  paths.emplace();
  std::vector<std::uint32_t> counted_otherwise;
  for (const Earlier::Row& each : *then.rows)
    if (each.quantities) counted_otherwise.push_back(each.at.value);
  std::sort(counted_otherwise.begin(), counted_otherwise.end());
  tables->columns.begin_with(shown.columns, number);
  tables->quantities.begin_with(shown.quantities, number, counted_otherwise);
  tables->many.begin_with(shown.many_totals, number);
  standing->begin_with(shown.standing_totals, number);
  households->begin_with(shown.household_totals, number);
}

void Rollup::Inside::take_out(std::uint32_t row) {
  const ScanRow before = tables->columns.scan[row];
  if (before.word & kStagedBit) return;
  if (const auto share = household_share(row_at(row)))
    households->change(*tree, counted_at(before), share, std::nullopt);
  ScanRow after = before;
  after.word |= kStagedBit;
  recount(row, counted_at(after), before, after);
}

// A unit gets no totals of its own for what comes back: they would be of rows not written yet.
void Rollup::Inside::put_back(std::uint32_t at, const ItemRow& row) {
  const ScanRow before = tables->columns.scan[at];
  if (row.scheme != 0 || tables->columns.findings[at].scheme != 0)
    if (const auto share = household_share(row_at(at)))
      households->change(*tree, counted_at(before), share, std::nullopt);
  const ScanRow after = scan_row(row, *tree, overdue(row));
  const UnitId place = tree->counted_at(row.place, row.closed);
  recount(at, place, before, after);
  if (const auto share = household_share(row))
    households->change(*tree, place, std::nullopt, share);
}

std::vector<std::uint32_t> Rollup::Inside::turn(const Published& shown, const Earlier& then) {
  const Day day = day_of(then.instant, zone);
  const Day now = day_of(shown.instant, zone);
  if (day == now) return {};
  std::vector<bool> back(then.row_count);
  for (const Earlier::Row& each : *then.rows) back[each.at.value] = true;
  std::vector<std::uint32_t> turned =
      day < now ? fallen_since(shown, day, now, back) : late_by(shown, day, back);
  // What each waits for in memory is asked for while those before it are counted.
  const std::span<const UnitId> units_at = tree->columns().units_at;
  for (std::size_t i = 0; i < turned.size() + kRowsAhead; ++i) {
    if (i + kRowsAhead < turned.size())
      __builtin_prefetch(&units_at[shown.columns.scan[turned[i + kRowsAhead]].place]);
    if (i < turned.size()) {
      const UnitId soon = units_at[shown.columns.scan[turned[i]].place];
      if (inner->count() > 0) inner->fetch_ahead(soon);
      tables->columns.own.fetch_ahead(soon.value);
    }
    if (i < kRowsAhead) continue;
    const ScanRow& before = shown.columns.scan[turned[i - kRowsAhead]];
    ScanRow after = before;
    after.word ^= kOverdueBit;
    count_in(counted_at(before), kind_of(before), share_of(before), share_of(after));
  }
  return turned;
}

std::shared_ptr<const View> Rollup::earlier(const std::shared_ptr<const View>& now,
                                            const Earlier& then) {
  auto newer = std::dynamic_pointer_cast<const PublishedView>(now);
  TZ_ASSERT(newer != nullptr);
  TZ_ASSERT(then.tree != nullptr && then.rows != nullptr);
  const Published& shown = newer->held();
  TZ_ASSERT(shown.later == nullptr);
  TZ_ASSERT(then.row_count <= shown.row_count);
  TZ_ASSERT(then.tree->size() <= shown.tree->size());
  const Earlier::Rows& rows = *then.rows;
  Inside in;
  in.begin_with(shown, then);
  // The newest stand first in their units' chains.
  for (std::uint32_t at = shown.row_count; at-- > then.row_count;) in.take_out(at);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + kRowsAhead < rows.size()) in.fetch_ahead(rows[i + kRowsAhead].row);
    if (i + kRowsAhead < rows.size())
      __builtin_prefetch(&shown.columns.scan[rows[i + kRowsAhead].at.value]);
    TZ_ASSERT(rows[i].at.value < then.row_count);
    in.put_back(rows[i].at.value, rows[i].row);
    if (rows[i].quantities) in.tables->quantities.replace(rows[i].at.value, *rows[i].quantities);
  }
  Unwritten unwritten{in.tables,      in.tree,        then.rows, {}, day_of(then.instant, in.zone),
                      then.row_count, shown.row_count};
  const bool same_places =
      then.tree->size() == shown.tree->size() &&
      then.tree->history().edits().size() == shown.tree->history().edits().size();
  in.tree = then.tree;
  if (same_places) {
    unwritten.turned = in.turn(shown, then);
    in.standing->change_paths(*in.inner, *in.paths);
  } else {
    unwritten.write();
    in.rebuild(then.row_count, *shown.tree);
  }
  Published out = in.freeze(then.position);
  if (same_places) {
    const std::uint64_t number = out.lease->number();
    out.later = std::make_shared<ColumnsLater>([unwritten = std::move(unwritten), number] {
      unwritten.write();
      return unwritten.tables->columns.publish(number + 1, number);
    });
  }
  out.row_count = then.row_count;
  out.index = shown.index;
  out.newer = std::move(newer);
  return std::make_shared<const PublishedView>(std::move(out));
}

}  // namespace tz::rollup
