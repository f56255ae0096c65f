// What readers hold: every item's row and every unit's totals as they were at one position.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"
#include "ledger/item_row.h"
#include "ledger/live_limits.h"
#include "ledger/org_tree.h"
#include "ledger/phase.h"
#include "rollup/quantity_sum.h"
#include "rollup/rates.h"

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

// A state of one version of a flow, as rows have them.
struct StateRef {
  std::uint16_t flow = 0;
  std::uint16_t state = 0;
  friend auto operator<=>(const StateRef&, const StateRef&) = default;
};

// A source of one version of a flow, as rows have them: its index there plus one.
struct SourceRef {
  std::uint16_t flow = 0;
  std::uint8_t source = 0;
  friend auto operator<=>(const SourceRef&, const SourceRef&) = default;
};

// The days from `from` to `to`, both included. What is bounded holds no row without such a day.
struct DaySpan {
  std::optional<Day> from;
  std::optional<Day> to;
  [[nodiscard]] bool bounded() const { return from || to; }
  [[nodiscard]] bool holds(Day day) const { return !(from && day < *from) && !(to && *to < day); }
};

// The question a list or a scan asks; what is not set does not restrict.
struct Filter {
  std::optional<UnitId> unit;  // its extent
  std::optional<std::uint8_t> kind;
  std::optional<ledger::Phase> phase;
  std::optional<std::vector<StateRef>> states;  // any of these
  std::optional<bool> open;                     // neither closed nor dropped
  std::optional<bool> overdue;
  std::optional<bool> fixed;     // closed, and as fixed
  std::optional<bool> reopened;  // at least once
  std::optional<UnitId> lead;
  std::optional<AccountId> recorder;
  std::optional<std::vector<SourceRef>> sources;       // named by any of these; sorted
  std::optional<std::vector<std::uint32_t>> specials;  // rolls up to one of these; sorted
  std::optional<bool> rolls_up;                        // to some special item
  std::optional<bool> share;                           // a unit's share of another
  std::optional<std::vector<std::uint32_t>> rows;  // indexes, sorted; those the view lacks are none
  std::vector<std::uint32_t> without;              // none of these rows; sorted
  DaySpan opened;
  DaySpan due;
  DaySpan closed;  // by the closing that stands
  // If set: only rows whose place lies in one of these extents or lead in one of those, or that one
  // of these accounts listed, or of a kind whose rows are seen at their place, or were placed at
  // one of these units wherever they count; of a view of then (Rollup::earlier), as they are in the
  // newer one.
  struct Sight {
    std::vector<ledger::Interval> places;
    std::vector<ledger::Interval> leads;
    std::vector<AccountId> recorders;
    std::vector<std::pair<std::uint8_t, std::vector<ledger::Interval>>> kinds = {};  // each once
    std::vector<std::pair<std::uint8_t, std::vector<UnitId>>> placed = {};  // each once; sorted
  };
  std::optional<Sight> sight;
};

// Which row comes before which. Rows without what is asked for come last in either direction, and
// among equals the one that was opened first comes first, descending last.
struct Order {
  enum class By : std::uint8_t {
    Opened,
    Due,
    Closed,
    Unit,  // as the organisation tree is walked
    Lead,
    Changed,  // by the newest record
  };
  enum class Direction : std::uint8_t { Ascending, Descending };
  By by = By::Opened;
  Direction direction = Direction::Descending;
};

// Which part of a sorted list: what comes after a row, or after so many.
struct Page {
  std::optional<RowIndex> after;  // need not match the filter
  std::size_t skip = 0;
  std::size_t count_max = 0;
};

struct Selection {
  std::vector<RowIndex> rows;  // the page
  PhaseCounts counts;          // of all that match
};

// What a unit and all below it listed and closed in one week, and had open at its end.
struct WeekCount {
  Day first;  // of seven days
  std::uint32_t listed = 0;
  std::uint32_t closed = 0;  // by the closing that stands
  std::uint32_t open = 0;    // listed by then, not dropped, and no closing that stands by then
  friend bool operator==(const WeekCount&, const WeekCount&) = default;
};

struct WeekQuestion {
  UnitId unit;              // its extent
  std::uint32_t kinds = 0;  // a bit each, by kind index
  Day first;
  std::size_t week_count = 0;
  std::vector<std::uint32_t> without;  // none of these rows; sorted
};

// By kind index.
using KindRates = std::array<RateTally, ledger::kKindCountMax>;

struct RateQuestion {
  UnitId unit;                // its extent
  std::uint32_t kinds = 0;    // a bit each, by kind index
  std::vector<UnitId> parts;  // of it: each is counted by itself too
  DaySpan opened;
  DaySpan closed;                      // by the closing that stands
  std::vector<std::uint32_t> without;  // none of these rows; sorted
  std::shared_ptr<const OutcomeSorts> outcomes;
  // Into which group each position of the tree falls; those at or above `group_count`, and all
  // where this is empty, are in none.
  std::vector<std::uint8_t> group_at;
  std::size_t group_count = 0;
};

// What rolls up to special rectification items, of a unit and all below it.
struct SpecialQuestion {
  UnitId unit;                         // its extent
  std::uint32_t kinds = 0;             // a bit each, by kind index
  std::vector<std::uint32_t> without;  // none of these rows; sorted
};
struct SourceCounts {
  SourceRef source;
  PhaseCounts counts;
  friend bool operator==(const SourceCounts&, const SourceCounts&) = default;
};
// Of one special item alone, without its parts. A finding that several sources name stands with
// each of them; what a unit has of a finding that was shared out is no finding of its own.
struct SpecialCounts {
  std::uint32_t special = 0;  // index into State::specials
  PhaseCounts findings;
  PhaseCounts shares;
  std::vector<SourceCounts> sources;  // of findings; by flow and source
  friend bool operator==(const SpecialCounts&, const SpecialCounts&) = default;
};

// Households of one scheme: those of the frozen register by stage, and beside them those that split
// from one of these later.
struct HouseholdCounts {
  std::uint32_t stages[ledger::kHouseholdStageCount] = {};  // by HouseholdStage
  std::uint32_t has_signed = 0;                             // of these
  std::uint32_t splits = 0;
  std::uint32_t splits_signed = 0;
  [[nodiscard]] std::uint32_t households() const;                           // all stages
  [[nodiscard]] std::uint32_t from_on(ledger::HouseholdStage stage) const;  // at it or further
  HouseholdCounts& operator+=(const HouseholdCounts& other);
  friend bool operator==(const HouseholdCounts&, const HouseholdCounts&) = default;
};

struct StateCount {
  std::uint16_t flow = 0;
  std::uint16_t state = 0;
  std::uint32_t count = 0;
  std::uint32_t overdue = 0;
};

constexpr std::uint32_t kAllKinds = ~std::uint32_t{0};  // a bit a kind

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
  // Whether totals(unit) has any item of these kinds, a bit a kind; far quicker.
  [[nodiscard]] virtual bool any(UnitId unit, std::uint32_t kinds) const = 0;
  // Over items of these kinds that are closed as fixed, a bit a kind.
  [[nodiscard]] virtual std::vector<QuantitySum> quantities(UnitId unit,
                                                            std::uint32_t kinds) const = 0;
  [[nodiscard]] virtual std::vector<StateCount> by_state(const Filter& filter) const = 0;

  [[nodiscard]] virtual std::optional<RowIndex> find(ledger::ItemNo no) const = 0;  // staged too
  [[nodiscard]] virtual ledger::ItemRow row(RowIndex index) const = 0;
  // The limits that run about it, in order of clock.
  [[nodiscard]] virtual std::vector<ledger::LiveLimit> limits(RowIndex index) const = 0;
  [[nodiscard]] virtual std::uint32_t row_count() const = 0;  // staged too
  // Newest first: rows below `before` (none: from the newest) that match, at most `count_max`.
  [[nodiscard]] virtual std::vector<RowIndex> list(const Filter& filter,
                                                   std::optional<RowIndex> before,
                                                   std::size_t count_max) const = 0;
  [[nodiscard]] virtual std::uint32_t count(const Filter& filter) const = 0;
  // One page of what matches, in any order, and the counts of all that matches. One scan; memory
  // in proportion to `skip` and `count_max`.
  [[nodiscard]] virtual Selection select(const Filter& filter, const Order& order,
                                         const Page& page) const = 0;
  // One scan, whatever the number of weeks.
  [[nodiscard]] virtual std::vector<WeekCount> weeks(const WeekQuestion& question) const = 0;
  // The unit's first, then one for each part in its order. One scan, whatever their number.
  [[nodiscard]] virtual std::vector<KindRates> rates(const RateQuestion& question) const = 0;
  // Of a scheme (as ItemRow has it), at a unit and below it; O(1), the sum of members for an area.
  [[nodiscard]] virtual HouseholdCounts households(UnitId unit, std::uint16_t scheme) const = 0;
  // By special item, those to which anything rolls up. One scan.
  [[nodiscard]] virtual std::vector<SpecialCounts> specials(
      const SpecialQuestion& question) const = 0;
  // What Rollup::save() gave when this was published.
  [[nodiscard]] virtual Bytes save() const = 0;
  // As households(), without what an area's members have.
  [[nodiscard]] virtual HouseholdCounts households_by_place(UnitId unit,
                                                            std::uint16_t scheme) const = 0;
};

}  // namespace tz::rollup
