// The writer's side: rows put, totals moved along, deadlines passed, views published.
#include "rollup/rollup.h"

#include <algorithm>
#include <string>
#include <utility>

#include "rollup/rollup_inside.h"
#include "rollup/snapshot.h"

namespace tz::rollup {
namespace {

using ledger::ItemRow;

// A unit with more own rows than this keeps their totals standing too.
constexpr std::uint32_t kOwnRowsSummedMax = 64;

}  // namespace

std::optional<Day> Rollup::Inside::waits(std::uint32_t row) const {
  const ScanRow& scan = tables->columns.scan[row];
  const StoredRow& stored = tables->columns.stored[row];
  if ((scan.word & (kOverdueBit | kStagedBit)) || !(stored.present & StoredRow::kDue))
    return std::nullopt;
  if (!ledger::is_open(phase_of(scan.word))) return std::nullopt;
  return Day{stored.due};
}

void Rollup::Inside::count_in(UnitId place, std::uint8_t kind, const std::optional<Share>& before,
                              const std::optional<Share>& after) {
  if (before == after) return;
  if (inner->count() > 0) {
    const std::uint32_t slot = inner->nearest(place);
    if (paths)
      paths->push_back({slot, kind, before, after});
    else
      standing->change_path(*inner, slot, kind, before, after);
  }
  if (many_count == 0) return;
  const std::uint32_t own = tables->columns.own[place.value].count_or_slot;
  if (own & OwnRows::kManyBit) tables->many.change(own & ~OwnRows::kManyBit, kind, before, after);
}

void Rollup::Inside::count_own_separately(UnitId unit) {
  Columns& columns = tables->columns;
  if ((columns.own[unit.value].count_or_slot & OwnRows::kManyBit) ||
      columns.own[unit.value].count_or_slot <= kOwnRowsSummedMax)
    return;
  Totals sum;
  add_own_rows(columns, unit, sum);
  tables->many.set(many_count, sum);
  columns.own.write(unit.value).count_or_slot = OwnRows::kManyBit | many_count++;
}

bool Rollup::Inside::recount(std::uint32_t row, UnitId place, const ScanRow& before,
                             const ScanRow& after) {
  const std::optional<Share> share_before = share_of(before);
  const std::optional<Share> share_after = share_of(after);
  const bool elsewhere = share_before && before.place != after.place;
  const UnitId place_before = elsewhere ? counted_at(before) : place;
  const bool moved = elsewhere || !share_before || !share_after;
  if (!moved && kind_of(before) == kind_of(after)) {
    count_in(place, kind_of(after), share_before, share_after);
    return false;
  }
  count_in(place_before, kind_of(before), share_before, std::nullopt);
  if (moved && share_before) tables->columns.unlink(row, place_before);
  count_in(place, kind_of(after), std::nullopt, share_after);
  if (!moved || !share_after) return false;
  tables->columns.link(row, place);
  return true;
}

void Rollup::Inside::store(std::uint32_t index_of_row, const ItemRow& row,
                           const std::optional<ItemRow>& before) {
  Columns& columns = tables->columns;
  const std::optional<Day> waited = before ? waits(index_of_row) : std::nullopt;
  // A row that was not there counted as little as a staged one.
  ScanRow scan_before;
  scan_before.word = kStagedBit;
  if (before) scan_before = columns.scan[index_of_row];
  if (before)
    if (const auto share = household_share(*before))
      households->change(*tree, counted_at(scan_before), share, std::nullopt);
  const ScanRow scan_after = scan_row(row, *tree, overdue(row));
  columns.write(index_of_row, row);
  if (!before || scan_after != scan_before) columns.scan.write(index_of_row) = scan_after;
  const UnitId place = tree->counted_at(row.place, row.closed);
  if (recount(index_of_row, place, scan_before, scan_after)) count_own_separately(place);
  if (const auto share = household_share(row))
    households->change(*tree, place, std::nullopt, share);
  const bool was_late = (scan_before.word & kOverdueBit) != 0;
  if ((scan_after.word & kOverdueBit) && !(was_late && before && before->due == row.due))
    fallen.add(*row.due, index_of_row);
  const std::optional<Day> waiting = waits(index_of_row);
  if (waiting && waiting != waited) due_days.add(*waiting, index_of_row);
  if (row.import && !(before && before->import == row.import))
    staged[*row.import].push_back(index_of_row);
}

bool Rollup::Inside::append(const ItemRow& row) {
  Columns& columns = tables->columns;
  const std::uint32_t at = index.count();
  const ScanRow scan = scan_row(row, *tree, overdue(row));
  columns.write(at, row);
  columns.scan.write(at) = scan;
  if (!index.insert_next(columns.stored)) return false;
  if (row.import) {
    staged[*row.import].push_back(at);
    return true;
  }
  const UnitId place = counted_at(scan);
  const std::uint32_t own = columns.own[place.value].count_or_slot;
  if (own & OwnRows::kManyBit)
    tables->many.change(own & ~OwnRows::kManyBit, row.kind, std::nullopt, share_of(scan));
  columns.link(at, place);
  count_own_separately(place);
  return true;
}

void Rollup::Inside::rebuild(std::uint32_t row_count, const ledger::OrgTree& before_tree) {
  inner = std::make_shared<InnerUnits>(*tree);
  standing = std::make_shared<StandingTotals>();
  households = std::make_shared<HouseholdTotals>();
  Columns& columns = tables->columns;
  due_days.clear();
  fallen.clear();
  std::vector<UnitId> chained_otherwise;
  for (std::uint32_t at = 0; at < row_count; ++at) {
    const ItemRow row = row_at(at);
    const ScanRow before = columns.scan[at];
    const ScanRow after = scan_row(row, *tree, overdue(row));
    columns.scan.write(at) = after;
    if (const auto waiting = waits(at)) due_days.add(*waiting, at);
    if (after.word & kOverdueBit) fallen.add(*row.due, at);
    const std::optional<Share> share = share_of(after);
    const UnitId place = counted_at(after);
    if (const auto household = share ? household_share(row) : std::nullopt)
      households->change(*tree, place, std::nullopt, household);
    if (share && inner->count() > 0)
      standing->change(inner->nearest(place), row.kind, std::nullopt, share);
    if (const UnitId place_before = before_tree.at(before.place); share && place != place_before) {
      chained_otherwise.push_back(place_before);
      chained_otherwise.push_back(place);
      continue;
    }
    const std::uint32_t own = columns.own[place.value].count_or_slot;
    if (share != share_of(before) && (own & OwnRows::kManyBit))
      tables->many.change(own & ~OwnRows::kManyBit, row.kind, share_of(before), share);
  }
  if (inner->count() > 0) standing->fold_up(*inner);
  if (!chained_otherwise.empty()) chain_anew(chained_otherwise, row_count);
}

// One pass for all: taking rows out of chains one by one would walk each chain as often.
void Rollup::Inside::chain_anew(const std::vector<UnitId>& units, std::uint32_t row_count) {
  Columns& columns = tables->columns;
  // Of an earlier tree the units may be some that it does not have yet.
  std::size_t unit_count = tree->size();
  for (const UnitId unit : units) unit_count = std::max<std::size_t>(unit_count, unit.value + 1);
  std::vector<bool> chosen(unit_count, false);
  for (const UnitId unit : units) {
    chosen[unit.value] = true;
    columns.own.write(unit.value) = OwnRows{};
  }
  for (std::uint32_t at = 0; at < row_count; ++at) {
    const ScanRow& row = columns.scan[at];
    if ((row.word & kStagedBit) == 0 && chosen[counted_at(row).value])
      columns.link(at, counted_at(row));
  }
  for (const UnitId unit : units) count_own_separately(unit);
}

void Rollup::Inside::fall_due(std::size_t count_max) {
  due_days.advance(
      {day_of(instant, zone), count_max}, [this](std::uint32_t row) { return waits(row); },
      [this](std::uint32_t row) {
        fallen.add(Day{tables->columns.stored[row].due}, row);
        ScanRow& scan = tables->columns.scan.write(row);
        const std::optional<Share> before = share_of(scan);
        scan.word |= kOverdueBit;
        count_in(counted_at(scan), kind_of(scan), before, share_of(scan));
      });
}

Rollup::Rollup() : inside_(std::make_unique<Inside>()) {}
Rollup::~Rollup() = default;

void Rollup::clear() { inside_ = std::make_unique<Inside>(); }

void Rollup::set_tree(std::shared_ptr<const ledger::OrgTree> tree) {
  TZ_ASSERT(tree != nullptr);
  TZ_ASSERT(tree->size() >= inside_->tree->size());
  const std::shared_ptr<const ledger::OrgTree> before =
      std::exchange(inside_->tree, std::move(tree));
  inside_->rebuild(inside_->index.count(), *before);
}

std::vector<UnitId> Rollup::busy(std::span<const UnitId> units) const {
  const Inside& in = *inside_;
  std::vector<bool> asked(in.tree->size(), false);
  for (const UnitId unit : units)
    if (unit.value < asked.size()) asked[unit.value] = true;
  std::vector<UnitId> out;
  const auto found = [&](std::uint32_t position) {
    const UnitId unit = in.tree->at(position);
    if (asked[unit.value]) out.push_back(unit);
    asked[unit.value] = false;
  };
  for (std::uint32_t at = 0; at < in.index.count() && !units.empty(); ++at) {
    const ScanRow& row = in.tables->columns.scan[at];
    if (!ledger::is_open(phase_of(row.word))) continue;
    found(row.place);
    if (row.lead != kNoPosition) found(row.lead);
  }
  return out;
}

void Rollup::put(const ItemRow& row, std::span<const ledger::ItemQuantity> quantities) {
  inside_->tables->quantities.replace(inside_->put(row), quantities);
}

void Rollup::put(const ItemRow& row) { inside_->put(row); }

std::uint32_t Rollup::Inside::put(const ItemRow& row) {
  Inside& in = *this;
  TZ_ASSERT(row.place.value < in.tree->size());
  TZ_ASSERT(!row.lead || row.lead->value < in.tree->size());
  TZ_ASSERT(row.kind < ledger::kKindCountMax);
  TZ_ASSERT(static_cast<std::size_t>(row.phase) < ledger::kPhaseCount);
  in.fetch_ahead(row);
  const auto known = in.index.find(in.tables->columns.stored, row.no);
  if (known) in.tables->columns.scan.fetch_ahead(*known);
  const std::uint32_t at = known.value_or(in.index.count());
  std::optional<ItemRow> before;
  if (known) before = in.row_at(at);
  in.store(at, row, before);
  if (!known) {
    const bool inserted = in.index.insert_next(in.tables->columns.stored);
    TZ_ASSERT(inserted);
  }
  return at;
}

std::uint32_t Rollup::adopt_import(std::uint64_t import) {
  Inside& in = *inside_;
  const auto found = in.staged.find(import);
  if (found == in.staged.end()) return 0;
  const std::vector<std::uint32_t> rows = std::move(found->second);
  in.staged.erase(found);
  std::uint32_t adopted = 0;
  for (const std::uint32_t at : rows) {
    const ItemRow before = in.row_at(at);
    if (before.import != import) continue;
    ItemRow row = before;
    row.import.reset();
    in.store(at, row, before);
    ++adopted;
  }
  return adopted;
}

void Rollup::fetch_number_ahead(ledger::ItemNo no) const { inside_->index.fetch_ahead(no); }

void Rollup::fetch_row_ahead(ledger::ItemNo no) const {
  inside_->index.first_looks(no,
                             [&](std::uint32_t at) { inside_->tables->columns.fetch_ahead(at); });
}

std::optional<ItemRow> Rollup::find(ledger::ItemNo no) const {
  const auto at = inside_->index.find(inside_->tables->columns.stored, no);
  if (!at) return std::nullopt;
  return inside_->row_at(*at);
}

void Rollup::advance(Instant now, const Zone& zone, std::size_t count_max) {
  Inside& in = *inside_;
  const bool other_days = zone.offset_seconds != in.zone.offset_seconds;
  in.instant = std::max(in.instant, now);
  in.zone = zone;
  if (other_days)
    in.rebuild(in.index.count(), *in.tree);
  else
    in.fall_due(count_max);
}

std::optional<RowIndex> Rollup::index(ledger::ItemNo no) const {
  const auto at = inside_->index.find(inside_->tables->columns.stored, no);
  if (!at) return std::nullopt;
  return RowIndex{*at};
}

ItemRow Rollup::row(RowIndex row) const { return inside_->row_at(row.value); }

void Rollup::put_limits(RowIndex row, std::span<const ledger::LiveLimit> limits) {
  inside_->tables->limits.replace(row.value, limits);
}

std::vector<ledger::LiveLimit> Rollup::limits(RowIndex row) const {
  return inside_->tables->limits.of(row.value);
}

std::optional<Instant> Rollup::next_due(const Zone& zone) const {
  const auto due =
      inside_->due_days.first([this](std::uint32_t row) { return inside_->waits(row); });
  if (!due) return std::nullopt;
  return end_of(*due, zone);
}

Published Rollup::Inside::freeze(std::uint64_t position) {
  const std::uint64_t oldest = publications.oldest_read();
  Published out;
  out.lease = publications.open();
  const std::uint64_t number = out.lease->number();
  out.position = position;
  out.instant = instant;
  out.zone = zone;
  out.tree = tree;
  out.inner = inner;
  out.tables = tables;
  out.standing = standing;
  out.households = households;
  out.many_count = many_count;
  out.columns = tables->columns.publish(number, oldest);
  out.quantities = tables->quantities.publish(number, oldest);
  out.many_totals = tables->many.publish(number, oldest);
  out.standing_totals = standing->publish(number, oldest);
  out.household_totals = households->publish(number, oldest);
  return out;
}

std::shared_ptr<const View> Rollup::publish(std::uint64_t position) {
  Inside& in = *inside_;
  const std::uint64_t oldest = in.publications.oldest_read();
  Published out = in.freeze(position);
  out.row_count = in.index.count();
  out.limits = in.tables->limits.publish(out.lease->number(), oldest);
  out.index = in.index.publish(out.lease->number(), oldest);
  out.fallen = in.fallen.publish(LateRows<Columns>{in.tables->columns});
  return std::make_shared<const PublishedView>(std::move(out));
}

Bytes Rollup::save() const {
  const Inside& in = *inside_;
  std::vector<RowQuantity> quantities;
  for (const std::uint32_t row : in.tables->quantities.rows())
    for (ledger::ItemQuantity& quantity : in.tables->quantities.of(row))
      quantities.push_back({row, std::move(quantity)});
  SnapshotWriter out(in.index.count(), static_cast<std::uint32_t>(quantities.size()),
                     in.tables->limits.count());
  for (std::uint32_t at = 0; at < in.index.count(); ++at) out.row(in.row_at(at));
  for (const RowQuantity& next : quantities) out.quantity(next.row, next.quantity);
  for (std::uint32_t at = 0; at < in.index.count(); ++at)
    for (const ledger::LiveLimit& limit : in.tables->limits.of(at)) out.limit(at, limit);
  return std::move(out).finish();
}

Outcome Rollup::load(BytesView bytes, Instant now, const Zone& zone, const SnapshotLimits& limits) {
  TZ_ASSERT(limits.unit_count == inside_->tree->size());
  const SnapshotContent content = TZ_TRY(read_snapshot(bytes, limits));
  auto fresh = std::make_unique<Inside>();
  fresh->tree = inside_->tree;
  fresh->instant = now;
  fresh->zone = zone;
  fresh->index.reserve(static_cast<std::uint32_t>(content.rows.size()));
  for (const ItemRow& row : content.rows) {
    if (!fresh->append(row))
      return refusal("snapshot_damaged",
                     {{"why", "number_twice"}, {"at", std::to_string(fresh->index.count())}});
  }
  std::vector<ledger::ItemQuantity> held;
  for (std::size_t i = 0; i < content.quantities.size(); ++i) {
    const RowQuantity& next = content.quantities[i];
    held.push_back(next.quantity);
    if (i + 1 < content.quantities.size() && content.quantities[i + 1].row == next.row) continue;
    fresh->tables->quantities.replace(next.row, held);
    held.clear();
  }
  std::vector<ledger::LiveLimit> live;
  for (std::size_t i = 0; i < content.limits.size(); ++i) {
    live.push_back(content.limits[i].limit);
    const std::uint32_t row = content.limits[i].row;
    if (i + 1 < content.limits.size() && content.limits[i + 1].row == row) continue;
    fresh->tables->limits.replace(row, live);
    live.clear();
  }
  fresh->rebuild(fresh->index.count(), *fresh->tree);
  inside_ = std::move(fresh);
  return Done{};
}

}  // namespace tz::rollup
