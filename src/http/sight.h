// Which items an account may see: exact by row where a row tells, else by the whole item.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "engine/engine.h"
#include "ledger/item.h"
#include "ledger/item_row.h"
#include "rollup/view.h"

namespace tz::http {

// Positions of all units over which an account has the right, which is about units.
std::vector<ledger::Interval> extents_over(const ledger::State& state, AccountId account,
                                           ledger::Right right, Day day);

// What the policy's row item.list lets some posts find, as extents of the tree.
rollup::Filter::Sight found_by(const ledger::State& state, const std::vector<ledger::Post>& posts,
                               Day day);

// The view without the items that complain of a unit of the account's own: nothing that is asked of
// it tells of them.
std::shared_ptr<const rollup::View> view_for(const engine::Published& published, AccountId account,
                                             Day day);

// One account's sight of one publication, by the policy's rows item.list and item.read. One thread.
class Sight {
 public:
  Sight(engine::Published published, AccountId account, Day day);

  // Whether it holds any post that may read items; without one it sees none.
  [[nodiscard]] bool anything() const { return anything_; }
  // Whether lists show it. What they do not may still be read by somebody with a part in it.
  [[nodiscard]] bool by_row(const ledger::ItemRow& row) const;
  [[nodiscard]] const rollup::Filter::Sight& filter() const { return found_; }
  // Whether the item may be read; false where there is none. Reads the disk when the row does not
  // tell; what was asked is remembered.
  Result<bool> may_read(const engine::Engine& engine, ledger::ItemNo no);

 private:
  engine::Published published_;
  AccountId account_;
  Day day_;
  bool anything_ = false;
  std::set<ledger::ItemNo> kept_from_;  // what complains of a unit of its own
  rollup::Filter::Sight found_;
  std::map<ledger::ItemNo, bool> asked_;
};

}  // namespace tz::http
