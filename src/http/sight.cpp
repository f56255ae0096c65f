// Scopes as intervals of the tree, so that a list is one scan and not a question an item.
#include "http/sight.h"

#include <algorithm>

#include "ledger/decide.h"
#include "ledger/interval.h"

namespace tz::http {
namespace {

constexpr std::size_t kAskedMax = 4096;

bool holds_on(const ledger::LineEdge& edge, Day day) {
  return edge.from <= day && (!edge.to || day <= *edge.to);
}

bool works_on_items(ledger::Role role) {
  return role == ledger::Role::Recorder || role == ledger::Role::Responsible ||
         role == ledger::Role::Verifier || role == ledger::Role::Supervisor;
}

}  // namespace

std::vector<ledger::Interval> units_below(const ledger::OrgTree& tree, UnitId superior, Day day) {
  std::vector<ledger::Interval> out{tree.subtree(superior)};
  // Each round adds what lies below, by line, of what was found; lines are few.
  for (bool grown = true; grown;) {
    grown = false;
    for (const ledger::LineEdge& edge : tree.lines()) {
      if (edge.line == ledger::LineKind::Area || !holds_on(edge, day)) continue;
      if (!ledger::holds(out, tree.position(edge.superior)) ||
          ledger::holds(out, tree.position(edge.unit)))
        continue;
      out.push_back(tree.subtree(edge.unit));
      out = ledger::merged(std::move(out));
      grown = true;
    }
  }
  return out;
}

Sight::Sight(engine::Published published, AccountId account, Day day)
    : published_(std::move(published)), account_(account), day_(day) {
  for (const ledger::Post& post : published_.state->posts_of(account, day)) {
    if (!works_on_items(post.role)) continue;
    anything_ = true;
    const auto below = units_below(*published_.state->tree, post.unit, day);
    extents_.insert(extents_.end(), below.begin(), below.end());
  }
  extents_ = ledger::merged(std::move(extents_));
}

bool Sight::covers(UnitId unit) const {
  return ledger::holds(extents_, published_.state->tree->position(unit));
}

bool Sight::by_row(const ledger::ItemRow& row) const {
  if (!anything_ || row.import) return false;
  return covers(row.place) || (row.lead && covers(*row.lead)) || row.recorder == account_;
}

Result<bool> Sight::may_read(const engine::Engine& engine, ledger::ItemNo no) {
  const auto index = published_.view->find(no);
  if (!anything_ || !index) return false;
  const ledger::ItemRow row = published_.view->row(*index);
  if (row.import) return false;
  if (by_row(row)) return true;
  const auto found = asked_.find(no);
  if (found != asked_.end()) return found->second;
  const ledger::Item item = TZ_TRY(engine.item(no));
  const bool readable = ledger::may_read(*published_.state, account_, item, day_);
  if (asked_.size() < kAskedMax) asked_[no] = readable;
  return readable;
}

}  // namespace tz::http
