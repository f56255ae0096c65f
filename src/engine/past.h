// The ledger as it was at an earlier moment or position, told from what it is and the records
// since.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "engine/engine.h"
#include "engine/replay.h"
#include "ledger/earlier_row.h"
#include "rollup/rollup.h"

namespace tz::engine {

// What is asked for: a moment, or after so many records. One of the two is there.
struct AsOf {
  std::optional<Instant> moment;
  std::optional<std::uint64_t> position;
};
// A moment (RFC 3339), a day (its last microsecond, in the zone), or @POSITION. Refuses
// `as_of_bad`.
Result<AsOf> parse_as_of(std::string_view text, const Zone& zone);

// After how many records, and the instant for which overdue is told: the moment that was asked for,
// or the one at which the last of those records was recorded.
struct PastPoint {
  std::uint64_t position = 0;
  Instant instant;
  friend auto operator<=>(const PastPoint&, const PastPoint&) = default;
};
// A moment's records are all that were recorded by then. A command's records are never parted: the
// position is rounded down to the end of one. Refuses `as_of_future` (what is after `now`, or
// beyond the records published) and `as_of_before_ledger`.
Result<PastPoint> past_point(const AsOf& asked, const Published& published, Instant now,
                             journal::Reader& reader);

// The state after `size` records, which is at most what the world has: neither items nor totals.
// Reads the disk. Fails with `journal_damaged` (facts seq, code).
Result<ledger::State> state_at(std::uint64_t size, const World& world, journal::Reader& reader,
                               ledger::FileReaders readers);

// What was otherwise at one point: grows with the records that come, and holds no view. What is
// known of then stays so, whatever comes. One thread at a time.
class Past {
 public:
  explicit Past(PastPoint point) : point_(point), read_(point.position) {}

  [[nodiscard]] PastPoint point() const { return point_; }
  // How many records read() would read for that.
  [[nodiscard]] std::uint64_t unread(const Published& now) const;
  // Takes in the records up to those published there. After a failure it is not to be used further.
  Outcome read(const Published& now, journal::Reader& reader);
  // Needs read() up to exactly this. The view is of `now`'s age: what it shares with that one is
  // kept as long as it is. Of the state, units, flows and kinds are those of then; who holds which
  // post and what is kept from whom are as of now.
  [[nodiscard]] Published as_it_was(const Published& now);
  [[nodiscard]] std::size_t row_count() const { return rows_->size(); }

 private:
  using Rows = rollup::Earlier::Rows;
  struct Touched {
    ledger::ItemNo no;
    Seq before;  // the item's newest record of then
    ledger::EarlierRow row;
  };
  // By what one reading goes through.
  struct TouchedRows {
    std::size_t known_count;    // of rows_, before it
    std::deque<Touched> fresh;  // those of rows_ after them, in their order
    // Of those known before, for the quantities, and their rows, which nobody asks for.
    std::deque<Touched> again;
    std::deque<ledger::ItemRow> rows_again;
  };

  Outcome take(const Published& now, std::span<const OpenedRecord> opened, TouchedRows& touched);
  Outcome take(const Published& now, rollup::RowIndex at, const OpenedRecord& opened,
               TouchedRows& touched);
  void take_system(const ledger::Event& event);
  Outcome look_up(const Published& now, const journal::LedgerId& ledger, journal::Reader& reader,
                  TouchedRows& touched);
  // Rows of then that count only since an adoption, marked as staged.
  Outcome stage_again(const Published& now, const journal::LedgerId& ledger,
                      journal::Reader& reader);
  rollup::Earlier::Row& add(rollup::RowIndex at, const ledger::ItemRow& row);
  // To be written to: views that were given away keep theirs. What it gives stays where it is as
  // long as none is given away.
  Rows& own_rows();
  [[nodiscard]] std::shared_ptr<const ledger::OrgTree> tree_of_then(const ledger::State& state);
  [[nodiscard]] std::shared_ptr<const ledger::State> state_of_then(
      const std::shared_ptr<const ledger::State>& now);

  const PastPoint point_;
  std::uint64_t read_;  // records below this are taken in
  std::shared_ptr<Rows> rows_ = std::make_shared<Rows>();
  bool shown_ = false;                                           // a view holds them
  boost::unordered_flat_map<std::uint32_t, std::size_t> known_;  // row -> where in rows_
  // Items staged since, by import, and of the imports adopted since those not looked for yet.
  std::map<std::uint64_t, std::int64_t> staged_since_;
  std::map<std::uint64_t, std::int64_t> adopted_;  // how many rows of then each has
  std::optional<std::size_t> unit_count_;          // where some were registered since
  std::vector<ledger::LineEdge> lines_since_;
  bool units_changed_ = false;  // since
  std::size_t flows_since_ = 0;
  std::shared_ptr<const ledger::OrgTree> tree_;  // made when first needed
};

}  // namespace tz::engine
