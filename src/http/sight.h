// Which items an account may see: exact by row where a row tells, else by the whole item.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "engine/engine.h"
#include "ledger/item.h"
#include "ledger/item_row.h"
#include "rollup/view.h"

namespace tz::http {

// Positions of all units from which `superior` is reached by place or by line on that day: those
// of which OrgTree::below_on_any_edge is true. Sorted, disjoint.
std::vector<ledger::Interval> units_below(const ledger::OrgTree& tree, UnitId superior, Day day);

// One account's sight of one publication. One thread.
class Sight {
 public:
  Sight(engine::Published published, AccountId account, Day day);

  // Whether it holds any post that works on items; without one it sees none.
  [[nodiscard]] bool anything() const { return anything_; }
  // Whether the row alone shows that the item may be read: by its place, its lead or who listed
  // it. What is false may still be readable for a unit with another part in it.
  [[nodiscard]] bool by_row(const ledger::ItemRow& row) const;
  [[nodiscard]] rollup::Filter::Sight filter() const { return {extents_, account_}; }
  // Whether the item may be read; false where there is none. Reads the disk when the row does not
  // tell; what was asked is remembered.
  Result<bool> may_read(const engine::Engine& engine, ledger::ItemNo no);
  // Whether the scope of a working post covers the unit.
  [[nodiscard]] bool covers(UnitId unit) const;

 private:
  engine::Published published_;
  AccountId account_;
  Day day_;
  bool anything_ = false;
  std::vector<ledger::Interval> extents_;
  std::map<ledger::ItemNo, bool> asked_;
};

}  // namespace tz::http
