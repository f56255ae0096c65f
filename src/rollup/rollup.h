// Totals for every unit of the organisation tree, in memory, by column; one writer, free readers.
#pragma once

#include <deque>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "ledger/item_row.h"
#include "rollup/snapshot.h"
#include "rollup/view.h"

namespace tz::rollup {

// What was otherwise at an earlier position.
struct Earlier {
  struct Row {
    RowIndex at;
    ledger::ItemRow row;
    // Those that counted then; none: the same as now.
    std::optional<std::vector<ledger::ItemQuantity>> quantities;
  };
  using Rows = std::deque<Row>;
  std::uint64_t position = 0;
  Instant instant;
  std::shared_ptr<const ledger::OrgTree> tree;  // the tree of now before its newest changes
  std::uint32_t row_count = 0;                  // rows from here on were not there
  // The others that were not as they are now, each once, in any order.
  std::shared_ptr<const Rows> rows = std::make_shared<Rows>();
};

// Called by the engine's thread only; publish() hands out what other threads may hold.
class Rollup {
 public:
  Rollup();
  ~Rollup();
  Rollup(const Rollup&) = delete;
  Rollup& operator=(const Rollup&) = delete;

  // Back to nothing at all.
  void clear();

  // The tree as it is from now on, with the units of the one before; positions, intervals and
  // standing totals follow. In proportion to units and rows.
  void set_tree(std::shared_ptr<const ledger::OrgTree> tree);
  // At which of these units something open counts, or by which it is led; units that are not there
  // are none.
  [[nodiscard]] std::vector<UnitId> busy(std::span<const UnitId> units) const;

  // A new item, or an item changed (place, lead, phase, due …); `row.no` says which.
  // `quantities`: those that count now (closed as fixed), else empty; replaces the earlier ones.
  void put(const ledger::ItemRow& row, std::span<const ledger::ItemQuantity> quantities);
  // The same, leaving the quantities that count as they are.
  void put(const ledger::ItemRow& row);
  // The limits that run about the row, in order of clock; what they ask for is the caller's.
  void put_limits(RowIndex row, std::span<const ledger::LiveLimit> limits);
  [[nodiscard]] std::vector<ledger::LiveLimit> limits(RowIndex row) const;
  // The staged rows of this import count from now on. Returns how many.
  std::uint32_t adopt_import(std::uint64_t import);
  // Asks the processor for what put() of that item goes through: first where its number is looked
  // up, a little later what is kept of it.
  void fetch_number_ahead(ledger::ItemNo no) const;
  void fetch_row_ahead(ledger::ItemNo no) const;
  // The writer's own, unpublished knowledge of a row.
  [[nodiscard]] std::optional<ledger::ItemRow> find(ledger::ItemNo no) const;
  [[nodiscard]] std::optional<RowIndex> index(ledger::ItemNo no) const;
  [[nodiscard]] ledger::ItemRow row(RowIndex row) const;

  // Turns to `now`: items whose deadline has passed become overdue. Costs what falls due.
  // `zone` ends the days. Never backwards: an earlier `now` is taken as the latest one so far.
  // At most so many at one time, or a few more; the rest is due still (next_due), and the next
  // call goes on with it.
  void advance(Instant now, const Zone& zone,
               std::size_t count_max = std::numeric_limits<std::size_t>::max());
  // The next instant at which advance() would change something.
  [[nodiscard]] std::optional<Instant> next_due(const Zone& zone) const;

  // An immutable view of everything so far; unchanged chunks are shared with earlier views.
  [[nodiscard]] std::shared_ptr<const View> publish(std::uint64_t position);

  // A view as it was earlier, sharing with it what is the same; any thread. Needs a view that
  // publish() gave. In proportion to the rows of then, those that were not there, and those that
  // fell due since; one look at every row where then is a later day, and where the tree changed
  // since, all totals are made anew. Rows are written over when one is first looked at: what stands
  // counted does not wait for that.
  static std::shared_ptr<const View> earlier(const std::shared_ptr<const View>& now,
                                             const Earlier& then);

  // The columns as bytes, and back (set_tree first; the limits are of that tree). load refuses
  // `snapshot_damaged`.
  [[nodiscard]] Bytes save() const;
  Outcome load(BytesView bytes, Instant now, const Zone& zone, const SnapshotLimits& limits);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace tz::rollup
