// The writer's tables and how they move together: shared by what goes on and what goes back.
#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "rollup/due_days.h"
#include "rollup/fallen_rows.h"
#include "rollup/published_view.h"
#include "rollup/rollup.h"

namespace tz::rollup {

inline bool late_on(const ledger::ItemRow& row, Day day) {
  return !row.import && row.due && ledger::is_open(row.phase) && day > *row.due;
}

struct Rollup::Inside {
  std::shared_ptr<const ledger::OrgTree> tree = std::make_shared<ledger::OrgTree>();
  std::shared_ptr<const InnerUnits> inner = std::make_shared<InnerUnits>(*tree);
  std::shared_ptr<Tables> tables = std::make_shared<Tables>();
  std::shared_ptr<StandingTotals> standing = std::make_shared<StandingTotals>();
  std::shared_ptr<HouseholdTotals> households = std::make_shared<HouseholdTotals>();
  ItemIndex index;
  DueDays due_days;
  FallenRows fallen;  // every row that is late
  Publications publications;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> staged;  // by import; may be stale
  std::uint32_t many_count = 0;  // slots used in tables->many
  Instant instant;
  Zone zone;
  // Where paths are counted together at the end, those so far.
  std::optional<std::vector<StandingTotals::Change>> paths;

  // Asks for what a put will write, which lies in as many places as tables, all at once.
  void fetch_ahead(const ledger::ItemRow& row) const {
    index.fetch_ahead(row.no);
    tables->columns.own.fetch_ahead(row.place.value);
    if (inner->count() == 0) return;
    const std::uint32_t slot = inner->nearest(row.place);
    standing->fetch_ahead(slot, row.kind);
    standing->fetch_ahead(inner->parent(slot), row.kind);
  }
  [[nodiscard]] ledger::ItemRow row_at(std::uint32_t row) const {
    const Columns& columns = tables->columns;
    return item_row(columns.stored[row], columns.scan[row], columns.findings[row]);
  }
  [[nodiscard]] bool overdue(const ledger::ItemRow& row) const {
    return late_on(row, day_of(instant, zone));
  }
  // The unit at which the row counts.
  [[nodiscard]] UnitId counted_at(const ScanRow& row) const { return tree->at(row.place); }
  // The day whose end makes the row overdue; none if it is so already or never will be.
  [[nodiscard]] std::optional<Day> waits(std::uint32_t row) const;
  // The row of that item, new or changed; gives where it stands.
  std::uint32_t put(const ledger::ItemRow& row);
  // Writes a row that is new or changed, and moves all that follows from it.
  void store(std::uint32_t index_of_row, const ledger::ItemRow& row,
             const std::optional<ledger::ItemRow>& before);
  // Counts what changed between two scan rows of one item, which counts at `place` now; positions
  // are of the same tree. True if it did not count there before.
  bool recount(std::uint32_t row, UnitId place, const ScanRow& before, const ScanRow& after);
  void count_in(UnitId place, std::uint8_t kind, const std::optional<Share>& before,
                const std::optional<Share>& after);
  void count_own_separately(UnitId unit);
  // A row read back: all but standing totals and due days, which rebuild() makes. False, and not
  // to be used further, if its number has been there.
  [[nodiscard]] bool append(const ledger::ItemRow& row);
  // Standing totals, due days and positions of all rows anew, for a new tree or a new zone;
  // `before` is the tree that their positions are of.
  void rebuild(std::uint32_t row_count, const ledger::OrgTree& before);
  // The rows of these units chained and counted anew.
  void chain_anew(const std::vector<UnitId>& units, std::uint32_t row_count);
  void fall_due(std::size_t count_max);
  // A publication of the tables, whatever rows are to be shown of them.
  Published freeze(std::uint64_t position);

  // --- for Rollup::earlier: what is counted; rows are written over later ---
  void begin_with(const Published& shown, const Earlier& then);
  // Takes the row out of everything that counts.
  void take_out(std::uint32_t row);
  // Counts a row that is there as it was.
  void put_back(std::uint32_t at, const ledger::ItemRow& row);
  // Of the rows that are not put back those that are late and were not, or the other way round;
  // counts them as they were.
  std::vector<std::uint32_t> turn(const Published& shown, const Earlier& then);
};

}  // namespace tz::rollup
