// Standing totals: which units have some, and how a change adds along the path to the root.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ledger/org_tree.h"
#include "rollup/cow_table.h"
#include "rollup/view.h"

namespace tz::rollup {

// What one item adds to the counts of its kind.
struct Share {
  std::uint8_t phase = 0;
  bool overdue = false;
  bool closed_fixed = false;
  bool reopened = false;
  friend bool operator==(const Share&, const Share&) = default;
};
void add(PhaseCounts& counts, const Share& share);
// Needs counts that contain it.
void subtract(PhaseCounts& counts, const Share& share);

// The units that have units below them, in slots numbered level by level from the root, so that
// the few that every change touches lie side by side. Immutable.
class InnerUnits {
 public:
  explicit InnerUnits(const ledger::OrgTree& tree);

  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(units_.size()); }
  // The slot of an inner unit; none for a leaf.
  [[nodiscard]] std::optional<std::uint32_t> slot(UnitId unit) const {
    if (units_.empty()) return std::nullopt;
    const std::uint32_t near = nearest_[unit.value];
    if (units_[near] != unit) return std::nullopt;
    return near;
  }
  // The slot of the unit itself or, for a leaf, of its parent. Needs count() > 0.
  [[nodiscard]] std::uint32_t nearest(UnitId unit) const { return nearest_[unit.value]; }
  void fetch_ahead(UnitId unit) const { __builtin_prefetch(&nearest_[unit.value]); }
  [[nodiscard]] std::uint32_t parent(std::uint32_t slot) const { return parents_[slot]; }
  [[nodiscard]] UnitId unit(std::uint32_t slot) const { return units_[slot]; }

 private:
  std::vector<std::uint32_t> nearest_;  // by unit
  std::vector<std::uint32_t> parents_;  // by slot; of slot 0: 0
  std::vector<UnitId> units_;           // by slot
};

// Counts by slot and kind; a kind that never occurs costs nothing.
class StandingTotals {
  using Table = CowTable<PhaseCounts, 2>;

 public:
  class Snapshot {
   public:
    void add_to(Totals& sum, std::uint32_t slot) const;
    // Whether any item of these kinds, a bit a kind, is counted there.
    [[nodiscard]] bool any(std::uint32_t slot, std::uint32_t kinds) const;

   private:
    friend StandingTotals;
    std::array<Table::Snapshot, ledger::kKindCountMax> kinds_;
    std::uint32_t used_ = 0;  // a bit a kind
  };

  void fetch_ahead(std::uint32_t slot, std::uint8_t kind) const { kinds_[kind].fetch_ahead(slot); }
  // In one slot: `before` no longer holds, `after` does.
  void change(std::uint32_t slot, std::uint8_t kind, const std::optional<Share>& before,
              const std::optional<Share>& after);
  // The same in `slot` and all above it.
  void change_path(const InnerUnits& inner, std::uint32_t slot, std::uint8_t kind,
                   const std::optional<Share>& before, const std::optional<Share>& after);
  // What one item changes, as change_path() takes it.
  struct Change {
    std::uint32_t slot = 0;
    std::uint8_t kind = 0;
    std::optional<Share> before;
    std::optional<Share> after;
  };
  // All these paths together: where they are many, each slot is written once.
  void change_paths(const InnerUnits& inner, std::span<const Change> changes);
  // Adds every slot to the one above it, from the lowest level up.
  void fold_up(const InnerUnits& inner);
  void set(std::uint32_t slot, const Totals& totals);
  Snapshot publish(std::uint64_t number, std::uint64_t oldest_read);
  void begin_with(const Snapshot& shown, std::uint64_t number);  // as CowTable does
  [[nodiscard]] std::size_t bytes() const;

 private:
  std::array<Table, ledger::kKindCountMax> kinds_;
  std::uint32_t used_ = 0;
};

}  // namespace tz::rollup
