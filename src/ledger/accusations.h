// Whom reports complain of, found by the units complained of, so that what is kept from somebody
// costs him what concerns his units and not what concerns all others.
#pragma once

#include <cstddef>
#include <map>
#include <unordered_map>
#include <vector>

#include "base/id.h"
#include "ledger/item_no.h"

namespace tz::ledger {

// Whom a report complains of, and which unit received it. No units: nobody knows, because the text
// that names them was destroyed or cannot be read.
struct Accusation {
  UnitId receiver;
  std::vector<UnitId> units;
};

class Accusations {
 public:
  using Known = std::map<ItemNo, Accusation>;

  // Adds it, or puts it in the place of what was known of that item.
  void set(ItemNo no, Accusation accusation);

  [[nodiscard]] const Accusation* find(ItemNo no) const;  // none: the item is no such report
  [[nodiscard]] std::size_t size() const { return known_.size(); }
  [[nodiscard]] bool empty() const { return known_.empty(); }
  [[nodiscard]] Known::const_iterator begin() const { return known_.begin(); }
  [[nodiscard]] Known::const_iterator end() const { return known_.end(); }

  // The items that name this very unit, in no order; until the next change.
  [[nodiscard]] const std::vector<ItemNo>& naming(UnitId unit) const;
  // Those of which nobody knows whom they accuse, by number, each with the unit that received it.
  struct Unknown {
    ItemNo no;
    UnitId receiver;
    friend bool operator==(const Unknown&, const Unknown&) = default;
  };
  [[nodiscard]] const std::vector<Unknown>& naming_nobody_known() const { return unknown_; }

 private:
  void take_out(ItemNo no, const Accusation& accusation);

  Known known_;
  std::unordered_map<UnitId, std::vector<ItemNo>> by_unit_;
  std::vector<Unknown> unknown_;
};

}  // namespace tz::ledger
