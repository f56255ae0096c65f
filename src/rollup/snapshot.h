// The columns as bytes: everything from which totals and lists can be built anew.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "ledger/item_row.h"
#include "ledger/live_limits.h"

namespace tz::rollup {

// snapshot = magic version row-count quantity-count limit-count row* quantity* limit* sha256
//   magic    = "tzrollup"          version = u16, 7       counts = u32
//   row      = no u64, place u32, lead u32, kind u8, phase u8, present u8, flow u16, state u16,
//              reopened u16, opened u32, due u32, closed u32, import u64, recorder u64,
//              first u64, last u64, original-due u32, first-closed u32, response-due u64,
//              returned u16, recurred u16, came-well u16, came-badly u16, called-rightly u16,
//              called-wrongly u16, outcome u8, category u8, verdict u8, response u8, source u8,
//              more-source u8 * 8, special u32, scheme u16, stage u8, household u8
//              in order of opening; what is not present is 0
//   present  = bits: 1 lead, 2 due, 4 closed, 8 fixed, 16 import, 32 original due,
//              64 first closed, 128 share
//   household = bits: 1 split, 2 has signed; 0 where the scheme is 0, and so is the stage
//   quantity = row u32, id text, unit text, value u64, qualifier u8
//              ascending by row, id and unit; no two the same
//   limit    = row u32, clock u16, steps u8, flags u8, due u64, set u64, due-day u32
//              ascending by row and clock; no two the same; flags = bits: 1 provisional, 2 still
//   text     = bytes u32, then the bytes
//   sha256   = of everything before it
// Integers are big-endian, days and values in two's complement. There is one way to write a given
// content, so equal ledgers give equal bytes. docs/journal-format.md tells how it is used.

// Writes in the order given, which must be the order above.
class SnapshotWriter {
 public:
  SnapshotWriter(std::uint32_t row_count, std::uint32_t quantity_count,
                 std::uint32_t limit_count = 0);
  void row(const ledger::ItemRow& row);
  void quantity(std::uint32_t row, const ledger::ItemQuantity& quantity);
  void limit(std::uint32_t row, const ledger::LiveLimit& limit);
  [[nodiscard]] Bytes finish() &&;

 private:
  Bytes bytes_;
};

// What rows may name: readers look it up without asking again.
struct SnapshotLimits {
  std::uint32_t unit_count = 0;              // place and lead are below it
  std::uint32_t special_count = 0;           // special is at most that
  std::uint32_t scheme_count = 0;            // scheme likewise
  std::vector<std::uint32_t> source_counts;  // by flow: its rows' sources are at most that
};

struct RowQuantity {
  std::uint32_t row = 0;
  ledger::ItemQuantity quantity;
};

struct RowLimit {
  std::uint32_t row = 0;
  ledger::LiveLimit limit;
};

struct SnapshotContent {
  std::vector<ledger::ItemRow> rows;
  std::vector<RowQuantity> quantities;
  std::vector<RowLimit> limits;
};

// Refuses `snapshot_damaged` (facts: why, at, the byte offset) unless the bytes are whole, of the
// version above, in the one way to write them, and within what rows may hold. Whether two rows
// have the same number is not looked at.
Result<SnapshotContent> read_snapshot(BytesView bytes, const SnapshotLimits& limits);

}  // namespace tz::rollup
