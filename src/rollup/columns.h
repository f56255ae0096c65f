// Every item's row: what scans read, what they seldom need, and each unit's own rows as a chain.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/id.h"
#include "ledger/item_row.h"
#include "ledger/org_tree.h"
#include "rollup/cow_table.h"
#include "rollup/totals.h"
#include "rollup/view.h"

namespace tz::rollup {

constexpr std::uint32_t kNoPosition = 0xFFFF'FFFF;  // no unit has it: positions are below size()

// The word that scans compare under a mask: state, flow, kind, phase, then yes/no bits.
constexpr unsigned kFlowShift = 16;
constexpr unsigned kKindShift = 32;
constexpr unsigned kPhaseShift = 40;
constexpr ledger::Phase phase_of(std::uint64_t word) {
  return static_cast<ledger::Phase>(word >> kPhaseShift & 0xFF);
}
constexpr std::uint64_t kOverdueBit = std::uint64_t{1} << 48;
constexpr std::uint64_t kStagedBit = std::uint64_t{1} << 49;
constexpr std::uint64_t kFixedBit = std::uint64_t{1} << 50;     // closed, and as fixed
constexpr std::uint64_t kReopenedBit = std::uint64_t{1} << 51;  // at least once
constexpr unsigned kSourceShift = 52;                           // as ItemRow::source
constexpr std::uint64_t kShareBit = std::uint64_t{1} << 60;     // a unit's share of another
constexpr std::uint64_t kSpecialBit = std::uint64_t{1} << 61;   // rolls up to a special item
constexpr std::uint8_t source_of(std::uint64_t word) {
  return static_cast<std::uint8_t>(word >> kSourceShift);
}

// What a scan reads of a row: 16 bytes.
struct ScanRow {
  std::uint64_t word = 0;
  // Positions in the tree as it is now of where the row counts (OrgTree::counted_at).
  std::uint32_t place = 0;
  std::uint32_t lead = 0;  // kNoPosition: none
  friend bool operator==(const ScanRow&, const ScanRow&) = default;
};

// The rest, 96 bytes. Which of the optional ones are there stands in `present`.
struct StoredRow {
  static constexpr std::uint16_t kLead = 1, kDue = 2, kClosed = 4, kFixed = 8, kImport = 16,
                                 kOriginalDue = 32, kFirstClosed = 64;
  std::uint64_t no = 0;
  std::uint64_t recorder = 0;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::uint64_t import = 0;
  std::uint32_t place = 0;
  std::uint32_t lead = 0;
  std::int32_t opened = 0;
  std::int32_t due = 0;
  std::int32_t closed = 0;
  std::uint16_t reopened = 0;
  std::uint16_t present = 0;
  std::int64_t response_due = 0;
  std::int32_t original_due = 0;
  std::int32_t first_closed = 0;
  std::uint16_t returned = 0;
  std::uint16_t recurred = 0;
  std::uint16_t came_well = 0;
  std::uint16_t came_badly = 0;
  std::uint16_t called_rightly = 0;
  std::uint16_t called_wrongly = 0;
  std::uint8_t outcome = 0;
  std::uint8_t category = 0;
  std::uint8_t verdict = 0;  // verdict_byte()
  std::uint8_t response = 0;
};

// What few rows have: 16 bytes, of which chunks that no row writes take no memory.
struct FindingRow {
  std::array<std::uint8_t, ledger::kMoreSourcesMax> more_sources{};
  std::uint32_t special = 0;   // as ItemRow
  std::uint16_t scheme = 0;    // likewise
  std::uint8_t stage = 0;      // likewise
  std::uint8_t household = 0;  // kSplit, kSigned
  static constexpr std::uint8_t kSplit = 1, kSigned = 2;
  friend bool operator==(const FindingRow&, const FindingRow&) = default;
};

// A unit's own rows that count.
struct OwnRows {
  static constexpr std::uint32_t kManyBit = std::uint32_t{1} << 31;
  std::uint32_t newest_plus_one = 0;  // start of the chain; 0: none
  std::uint32_t count_or_slot = 0;    // with kManyBit: where its own standing totals are
};

// Small chunks where writes come at random places, larger ones where scans go through.
using StoredRows = CowTable<StoredRow, 4>;
using ScanRows = CowTable<ScanRow, 7>;
using FindingRows = CowTable<FindingRow, 5>;

StoredRow stored_row(const ledger::ItemRow& row);
FindingRow finding_row(const ledger::ItemRow& row);
ScanRow scan_row(const ledger::ItemRow& row, const ledger::OrgTree& tree, bool overdue);
ledger::ItemRow item_row(const StoredRow& stored, const ScanRow& scan, const FindingRow& finding);
// What a row says of verdicts and of rebounding, in one byte, and back; false for a byte that no
// row gives.
std::uint8_t verdict_byte(const ledger::ItemRow& row);
bool set_verdict(ledger::ItemRow& row, std::uint8_t byte);
constexpr ledger::Verdict solved_of(std::uint8_t byte) {
  return static_cast<ledger::Verdict>(byte & 3U);
}
constexpr ledger::Verdict satisfied_of(std::uint8_t byte) {
  return static_cast<ledger::Verdict>(byte >> 2U & 3U);
}
constexpr bool judged_of(std::uint8_t byte) { return (byte & 16U) != 0; }
constexpr bool rebounded_of(std::uint8_t byte) { return (byte & 32U) != 0; }
constexpr std::optional<ledger::VerdictWay> way_of(std::uint8_t byte) {
  if (byte >> 6U == 0) return std::nullopt;
  return static_cast<ledger::VerdictWay>((byte >> 6U) - 1);
}

// The share of a row in totals; none while it is staged.
std::optional<Share> share_of(const ScanRow& row);
inline std::uint8_t kind_of(const ScanRow& row) {
  return static_cast<std::uint8_t>(row.word >> kKindShift);
}

struct ColumnSnapshots;

// Written by the engine's thread. Rows are counted by who owns this.
struct Columns {
  StoredRows stored;
  ScanRows scan;
  FindingRows findings;
  CowTable<std::uint32_t, 6> earlier;  // row -> next row of the same unit plus one; 0: chain's end
  CowTable<OwnRows, 5> own;            // by unit id

  // Asks the processor for what is kept of a row.
  void fetch_ahead(std::uint32_t row) const {
    stored.fetch_ahead(row);
    scan.fetch_ahead(row);
    findings.fetch_ahead(row);
  }
  // Writes all that is kept of a row but its word of the scan.
  void write(std::uint32_t at, const ledger::ItemRow& row);
  // Puts a row at the start of its unit's chain, or takes it out; in proportion to the chain.
  void link(std::uint32_t row, UnitId unit);
  void unlink(std::uint32_t row, UnitId unit);
  ColumnSnapshots publish(std::uint64_t number, std::uint64_t oldest_read);
  void begin_with(const ColumnSnapshots& shown, std::uint64_t number);  // as CowTable does
  [[nodiscard]] std::size_t bytes() const;
};

struct ColumnSnapshots {
  StoredRows::Snapshot stored;
  ScanRows::Snapshot scan;
  FindingRows::Snapshot findings;
  CowTable<std::uint32_t, 6>::Snapshot earlier;
  CowTable<OwnRows, 5>::Snapshot own;
};

// Which rows are late by the end of that day, as FallenRows asks about them. `Tables` is Columns or
// ColumnSnapshots.
template <class Tables>
struct LateRows {
  const Tables& columns;
  void fetch_ahead(std::uint32_t row) const {
    __builtin_prefetch(&columns.scan[row]);
    __builtin_prefetch(&columns.stored[row].due);
  }
  [[nodiscard]] bool stands(std::uint32_t row, Day due) const {
    return (columns.scan[row].word & kOverdueBit) != 0 && Day{columns.stored[row].due} == due;
  }
};

// Adds up a unit's chain. `Tables` is Columns or ColumnSnapshots.
template <class Tables>
void add_own_rows(const Tables& tables, UnitId unit, Totals& sum) {
  for (std::uint32_t next = tables.own[unit.value].newest_plus_one; next != 0;
       next = tables.earlier[next - 1]) {
    const ScanRow& row = tables.scan[next - 1];
    if (const std::optional<Share> share = share_of(row)) add(sum.kinds[kind_of(row)], *share);
  }
}

}  // namespace tz::rollup
