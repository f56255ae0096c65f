// What readers hold: every item's row and every unit's totals as they were at one position.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "ledger/item_row.h"
#include "ledger/org_tree.h"
#include "ledger/phase.h"

namespace tz::rollup {

using RowIndex = Id<struct RowTag, std::uint32_t>;  // in order of opening; never changes

// Counts by phase for one kind; `overdue` counts those open and past their deadline.
struct PhaseCounts {
  std::uint32_t count[ledger::kPhaseCount] = {};
  std::uint32_t overdue[ledger::kPhaseCount] = {};
  std::uint32_t closed_fixed = 0;  // of count[Closed]
  std::uint32_t reopened = 0;      // items reopened at least once, whatever their phase
  friend bool operator==(const PhaseCounts&, const PhaseCounts&) = default;
  PhaseCounts& operator+=(const PhaseCounts& other);
};

// Totals of a unit and everything below it, by kind index.
struct Totals {
  PhaseCounts kinds[ledger::kKindCountMax];
  friend bool operator==(const Totals&, const Totals&) = default;
  Totals& operator+=(const Totals& other);
};

// A sum of one result quantity over items closed as fixed. `over` if any part was only a lower
// bound, else `about` if any was approximate.
struct QuantitySum {
  std::string id;
  std::string unit;
  std::int64_t value = 0;
  ledger::Qualifier qualifier = ledger::Qualifier::Exact;
  std::uint32_t item_count = 0;
  friend bool operator==(const QuantitySum&, const QuantitySum&) = default;
};

// The question a list or a scan asks; what is not set does not restrict.
struct Filter {
  std::optional<UnitId> unit;  // its extent
  std::optional<std::uint8_t> kind;
  std::optional<ledger::Phase> phase;
  std::optional<std::uint16_t> flow;  // with state
  std::optional<std::uint16_t> state;
  std::optional<bool> overdue;
  std::optional<UnitId> lead;
  std::optional<AccountId> recorder;
  // If set: only rows whose place or lead lies in one of these extents, or that this account
  // listed.
  struct Sight {
    std::vector<ledger::Interval> extents;
    AccountId account;
  };
  std::optional<Sight> sight;
};

struct StateCount {
  std::uint16_t flow = 0;
  std::uint16_t state = 0;
  std::uint32_t count = 0;
  std::uint32_t overdue = 0;
};

// Immutable; any number of threads. Staged rows are in none of its answers.
class View {
 public:
  virtual ~View() = default;
  [[nodiscard]] virtual std::uint64_t position() const = 0;  // records it is the result of
  [[nodiscard]] virtual Instant instant() const = 0;         // overdue is true at this instant
  [[nodiscard]] virtual const ledger::OrgTree& tree() const = 0;

  // O(1) for an inner unit, O(own rows) for a leaf, sum of members for an area.
  [[nodiscard]] virtual Totals totals(UnitId unit) const = 0;
  // What lies at the unit itself and not below it.
  [[nodiscard]] virtual Totals own_totals(UnitId unit) const = 0;
  [[nodiscard]] virtual std::vector<QuantitySum> quantities(UnitId unit) const = 0;
  [[nodiscard]] virtual std::vector<StateCount> by_state(const Filter& filter) const = 0;

  [[nodiscard]] virtual std::optional<RowIndex> find(ledger::ItemNo no) const = 0;  // staged too
  [[nodiscard]] virtual ledger::ItemRow row(RowIndex index) const = 0;
  [[nodiscard]] virtual std::uint32_t row_count() const = 0;  // staged too
  // Newest first: rows below `before` (none: from the newest) that match, at most `count_max`.
  [[nodiscard]] virtual std::vector<RowIndex> list(const Filter& filter,
                                                   std::optional<RowIndex> before,
                                                   std::size_t count_max) const = 0;
  [[nodiscard]] virtual std::uint32_t count(const Filter& filter) const = 0;
};

}  // namespace tz::rollup
