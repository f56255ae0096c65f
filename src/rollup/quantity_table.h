// The result quantities of items closed as fixed: one entry each, beside the columns.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/item_row.h"
#include "rollup/cow_table.h"
#include "rollup/quantity_sum.h"

namespace tz::rollup {

struct QuantityName {
  std::string id;
  std::string unit;
};

// A free entry has row_plus_one 0. Names live as long as the table.
struct QuantityEntry {
  const QuantityName* name = nullptr;
  std::int64_t value = 0;
  std::uint32_t row_plus_one = 0;
  ledger::Qualifier qualifier = ledger::Qualifier::Exact;
};

// Written by the engine's thread; readers hold snapshots, which it must outlive.
class QuantityTable {
  using Table = CowTable<QuantityEntry, 4>;

 public:
  struct Snapshot {
    Table::Snapshot entries;
    std::uint32_t end = 0;
  };

  // These are the row's quantities from now on. Two of the same id and unit become their sum.
  void replace(std::uint32_t row, std::span<const ledger::ItemQuantity> quantities);
  // The row's quantities in order of id and unit.
  [[nodiscard]] std::vector<ledger::ItemQuantity> of(std::uint32_t row) const;
  // Rows that have some, ascending.
  [[nodiscard]] std::vector<std::uint32_t> rows() const;
  Snapshot publish(std::uint64_t number, std::uint64_t oldest_read);
  // As CowTable does; what the quantities of `rows` (sorted) are may be replaced afterwards, those
  // of other rows stay. Looks at every entry, unless there are no such rows.
  void begin_with(const Snapshot& shown, std::uint64_t number, std::span<const std::uint32_t> rows);
  [[nodiscard]] std::size_t bytes() const { return entries_.bytes(); }

 private:
  const QuantityName* name_of(const ledger::ItemQuantity& quantity);

  Table entries_;
  std::uint32_t end_ = 0;
  std::vector<std::uint32_t> free_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> entries_of_;  // by row
  // Elements never move and never change, so readers follow pointers to them.
  std::deque<QuantityName> names_;
  std::map<std::pair<std::string, std::string>, const QuantityName*> name_by_text_;
};

}  // namespace tz::rollup
