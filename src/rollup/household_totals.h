// How many households of each resettlement scheme every unit has at each stage, kept standing along
// the path to the root.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/item_row.h"
#include "ledger/org_tree.h"
#include "ledger/resettlement.h"
#include "rollup/cow_table.h"
#include "rollup/view.h"

namespace tz::rollup {

// What one household adds to the counts of its scheme.
struct HouseholdShare {
  std::uint16_t scheme = 0;  // as ItemRow: never 0
  ledger::HouseholdStage stage = ledger::HouseholdStage::None;
  bool split = false;
  bool has_signed = false;
  friend bool operator==(const HouseholdShare&, const HouseholdShare&) = default;
};
// None of what is staged, of no scheme, or has left the register.
std::optional<HouseholdShare> household_share(const ledger::ItemRow& row);
void add(HouseholdCounts& counts, const HouseholdShare& share);
// Needs counts that contain it.
void subtract(HouseholdCounts& counts, const HouseholdShare& share);

// The writer's. A unit without households costs nothing.
class HouseholdTotals {
  // One scheme at one unit; a unit's cells are a chain.
  struct Cell {
    std::uint32_t scheme = 0;
    std::uint32_t next_plus_one = 0;  // 0: the chain's end
    HouseholdCounts counts;
  };
  using Firsts = CowTable<std::uint32_t, 6>;  // by unit id: its first cell plus one
  using Cells = CowTable<Cell, 4>;

 public:
  class Snapshot {
   public:
    // Of a unit and all below it.
    [[nodiscard]] HouseholdCounts of(UnitId unit, std::uint16_t scheme) const;

   private:
    friend HouseholdTotals;
    Firsts::Snapshot firsts_;
    Cells::Snapshot cells_;
    std::uint32_t count_ = 0;
  };

  // At a unit and all above it: `before` no longer holds there, `after` does.
  void change(const ledger::OrgTree& tree, UnitId place,
              const std::optional<HouseholdShare>& before,
              const std::optional<HouseholdShare>& after);
  Snapshot publish(std::uint64_t number, std::uint64_t oldest_read);
  void begin_with(const Snapshot& shown, std::uint64_t number);  // as CowTable does
  [[nodiscard]] std::size_t bytes() const { return firsts_.bytes() + cells_.bytes(); }

 private:
  HouseholdCounts& counts(UnitId unit, std::uint16_t scheme);

  Firsts firsts_;
  Cells cells_;
  std::uint32_t count_ = 0;  // cells in use
};

// Which households, and how finely they are told.
struct RosterQuestion {
  std::uint16_t scheme = 0;   // as ItemRow
  std::vector<UnitId> units;  // their extents; areas too
  Day day;                    // says which members an area has
  enum class Depth : std::uint8_t { Whole, Township };
  Depth depth = Depth::Whole;  // down to every unit, or to townships with all that is below them
};
// The households of the frozen register by unit and stage: each at the unit at which it counts, or
// at its township; in order of position, those that have any. In proportion to units that have.
std::vector<ledger::StagesOfUnit> stages_by_unit(const View& view, const RosterQuestion& question);
// The same without the stages, by unit, going up.
std::vector<ledger::HouseholdCount> households_by_unit(const View& view,
                                                       const RosterQuestion& question);

}  // namespace tz::rollup
