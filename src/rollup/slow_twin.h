// For tests: the same answers as Rollup and its views by plain loops, and random histories of both.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "rollup/rollup.h"

namespace tz::rollup {

// A copy of it is what a published view has to stay equal to.
class SlowTwin {
 public:
  struct Entry {
    ledger::ItemRow row;
    std::vector<ledger::ItemQuantity> quantities;
  };
  std::vector<Entry> entries;
  std::shared_ptr<const ledger::OrgTree> tree = std::make_shared<ledger::OrgTree>();
  Instant instant;
  Zone zone;

  void put(const ledger::ItemRow& row, std::span<const ledger::ItemQuantity> quantities);
  std::uint32_t adopt_import(std::uint64_t import);

  [[nodiscard]] std::optional<std::uint32_t> find(ledger::ItemNo no) const;
  // Where the row counts, and who leads it as things stand.
  [[nodiscard]] UnitId place_of(const ledger::ItemRow& row) const;
  [[nodiscard]] std::optional<UnitId> lead_of(const ledger::ItemRow& row) const;
  [[nodiscard]] bool covers(UnitId unit, UnitId place) const;
  [[nodiscard]] bool overdue(const ledger::ItemRow& row) const;
  [[nodiscard]] Totals totals(UnitId unit) const;
  [[nodiscard]] Totals own_totals(UnitId unit) const;
  [[nodiscard]] std::vector<QuantitySum> quantities(UnitId unit, std::uint32_t kinds) const;
  // But for `rows`, which names them by index.
  [[nodiscard]] bool matches(const ledger::ItemRow& row, const Filter& filter) const;
  [[nodiscard]] std::vector<RowIndex> list(const Filter& filter) const;  // all, newest first
  [[nodiscard]] std::vector<RowIndex> sorted(const Filter& filter, const Order& order) const;
  [[nodiscard]] PhaseCounts counts(const Filter& filter) const;
  [[nodiscard]] std::vector<SpecialCounts> specials(UnitId unit, std::uint32_t kinds) const;
  [[nodiscard]] HouseholdCounts households(UnitId unit, std::uint16_t scheme) const;
  [[nodiscard]] std::vector<WeekCount> weeks(const WeekQuestion& question) const;
  [[nodiscard]] std::optional<Instant> next_due() const;

 private:
  [[nodiscard]] UnitId heir_of(UnitId unit, std::optional<Day> closed) const;
  [[nodiscard]] bool below(UnitId place, UnitId unit) const;
  [[nodiscard]] bool covers(UnitId unit, UnitId place, std::set<std::uint32_t>& seen) const;
  void count(const ledger::ItemRow& row, Totals& sum) const;
};

// Does random things to a Rollup and its twin.
class History {
 public:
  explicit History(std::uint64_t seed);

  void step();
  [[nodiscard]] Filter any_filter();
  [[nodiscard]] WeekQuestion any_weeks();
  std::uint32_t below(std::uint32_t bound);  // 0 <= result < bound

  Rollup rollup;
  SlowTwin twin;

 private:
  bool chance(std::uint32_t percent) { return below(100) < percent; }
  UnitId any_unit();
  Day any_day();
  void grow_tree(std::uint32_t unit_count);
  void add_area_edges(ledger::OrgTree& tree);
  void change_tree();
  void put_new();
  void put_changed();
  void change(ledger::ItemRow& row);
  void change_for_rates(ledger::ItemRow& row);
  void change_for_households(ledger::ItemRow& row);
  void change_for_specials(ledger::ItemRow& row);
  void put(const ledger::ItemRow& row);
  void adopt();
  void advance();

  SeededRandom random_;
  UnitId busy_unit_;
  Seq changed_by_;  // the newest record that changed the tree
};

// The first difference between what a view and a twin answer, in words; empty: none.
std::string difference(const View& view, const SlowTwin& twin, std::span<const Filter> filters);

}  // namespace tz::rollup
