// Going back: the rows of then put over those of a view, and what follows from it taken back.
#include <algorithm>
#include <array>

#include "rollup/rollup_inside.h"

namespace tz::rollup {

using ledger::ItemRow;

namespace {

constexpr std::size_t kRowsAhead = 4;  // asked of the memory before they are written

// Without making a row of it: of a row that is open, whether it is late on that day.
bool is_due_before(const StoredRow& row, Day day) {
  const bool counts = (row.present & StoredRow::kImport) == 0;
  return counts && (row.present & StoredRow::kDue) != 0 && Day{row.due} < day;
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
  std::vector<std::uint32_t> counted_otherwise;
  for (const Earlier::Row& each : then.rows)
    if (each.quantities) counted_otherwise.push_back(each.at.value);
  std::sort(counted_otherwise.begin(), counted_otherwise.end());
  tables->columns.begin_with(shown.columns, number);
  tables->quantities.begin_with(shown.quantities, number, counted_otherwise);
  tables->many.begin_with(shown.many_totals, number);
  standing->begin_with(shown.standing_totals, number);
  households->begin_with(shown.household_totals, number);
}

void Rollup::Inside::take_out(std::uint32_t row) {
  Columns& columns = tables->columns;
  const ScanRow before = columns.scan[row];
  if (before.word & kStagedBit) return;
  if (const auto share = household_share(row_at(row)))
    households->change(*tree, counted_at(before), share, std::nullopt);
  ScanRow& after = columns.scan.write(row);
  after.word |= kStagedBit;
  recount(row, before, after);
}

// Going back, only what is late now can be so no longer; going on, only what is not.
void Rollup::Inside::mark_late(const Published& shown, std::uint32_t row_count) {
  const Day then = day_of(instant, zone);
  const Day now = day_of(shown.instant, zone);
  if (then == now) return;
  const std::uint64_t marked = then < now ? kOverdueBit : 0;
  constexpr std::uint32_t kSize = ScanRows::kChunkSize;
  for (std::uint32_t begin = 0; begin < row_count; begin += kSize) {
    const auto chunk = shown.columns.scan.chunk(begin / kSize);
    shown.columns.scan.fetch_ahead(begin / kSize + 4);
    const std::uint32_t size = std::min(kSize, row_count - begin);
    std::array<std::uint32_t, kSize> looked_at{};
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::uint64_t word = chunk[i].word;
      if ((word & kOverdueBit) != marked || !ledger::is_open(phase_of(word))) continue;
      __builtin_prefetch(&tables->columns.stored[begin + i].due);
      looked_at[count++] = begin + i;
    }
    for (std::uint32_t i = 0; i < count; ++i) {
      const ScanRow before = tables->columns.scan[looked_at[i]];
      const bool late = ledger::is_open(phase_of(before.word)) &&
                        is_due_before(tables->columns.stored[looked_at[i]], then);
      if (late == ((before.word & kOverdueBit) != 0)) continue;
      ScanRow& after = tables->columns.scan.write(looked_at[i]);
      after.word ^= kOverdueBit;
      count_in(counted_at(before), kind_of(before), share_of(before), share_of(after));
    }
  }
}

std::shared_ptr<const View> Rollup::earlier(const std::shared_ptr<const View>& now,
                                            const Earlier& then) {
  auto newer = std::dynamic_pointer_cast<const PublishedView>(now);
  TZ_ASSERT(newer != nullptr);
  TZ_ASSERT(then.tree != nullptr);
  const Published& shown = newer->held();
  TZ_ASSERT(then.row_count <= shown.row_count);
  TZ_ASSERT(then.tree->size() <= shown.tree->size());
  Inside in;
  in.begin_with(shown, then);
  // The newest stand first in their units' chains.
  for (std::uint32_t at = shown.row_count; at-- > then.row_count;) in.take_out(at);
  for (std::size_t i = 0; i < then.rows.size(); ++i) {
    const Earlier::Row& each = then.rows[i];
    if (i + kRowsAhead < then.rows.size())
      in.fetch_ahead(then.rows[i + kRowsAhead].at, then.rows[i + kRowsAhead].row);
    TZ_ASSERT(each.at.value < then.row_count);
    const ItemRow before = in.row_at(each.at.value);
    TZ_ASSERT(before.no == each.row.no);
    in.store(each.at.value, each.row, before);
    if (each.quantities) in.tables->quantities.replace(each.at.value, *each.quantities);
  }
  const bool same_places =
      then.tree->size() == shown.tree->size() &&
      then.tree->history().edits().size() == shown.tree->history().edits().size();
  in.tree = then.tree;
  if (same_places)
    in.mark_late(shown, then.row_count);
  else
    in.rebuild(then.row_count, *shown.tree);
  Published out = in.freeze(then.position);
  out.row_count = then.row_count;
  out.index = shown.index;
  out.newer = std::move(newer);
  return std::make_shared<const PublishedView>(std::move(out));
}

}  // namespace tz::rollup
