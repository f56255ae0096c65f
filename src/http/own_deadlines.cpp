// Rows first, then each item exactly.
#include "http/own_deadlines.h"

#include <algorithm>
#include <tuple>

#include "http/sight.h"
#include "ledger/permission.h"

namespace tz::http {
namespace {

using By = rollup::Order::By;
using Direction = rollup::Order::Direction;

// Rows among which his deadlines are.
std::vector<rollup::RowIndex> candidates(const engine::Published& published,
                                         const std::vector<ledger::Post>& posts, AccountId account,
                                         Day day) {
  const auto view = view_for(published, account, day);
  std::vector<rollup::RowIndex> out;
  const auto look = [&](const rollup::Filter& filter,
                        rollup::Order order = {By::Due, Direction::Ascending}) {
    const auto some = view->select(filter, order, {{}, 0, kOwnDeadlinesMax});
    out.insert(out.end(), some.rows.begin(), some.rows.end());
  };
  rollup::Filter open;
  open.open = true;
  for (const ledger::Post& post : posts) {
    rollup::Filter filter = open;
    if (post.role == ledger::Role::Responsible) {
      filter.lead = post.unit;
      look(filter);
    } else {
      // What lies at the unit itself, and not all that lies below it.
      const ledger::OrgTree& tree = *published.state->tree;
      const std::uint32_t position = tree.position(post.unit);
      filter.sight.emplace();
      filter.sight->places = {{position, position + 1}};
      look(filter);
      // After a closing limits may run on: to look at it again, or to ask for a review of it.
      filter.open.reset();
      filter.phase = ledger::Phase::Closed;
      look(filter, {By::Closed, Direction::Descending});
    }
  }
  rollup::Filter own = open;
  own.recorder = account;
  look(own);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (out.size() > 2 * kOwnDeadlinesMax) out.resize(2 * kOwnDeadlinesMax);
  return out;
}

class Reading {
 public:
  Reading(const ledger::State& state, const std::vector<ledger::Post>& posts, AccountId account,
          Day day)
      : state_(state), posts_(posts), account_(account), day_(day) {}

  void take(const ledger::Item& item, std::vector<OwnDeadline>& into) const {
    if (!ledger::may_read(state_, account_, item, day_)) return;
    const bool open = ledger::is_open(ledger::phase_of(item, state_));
    if (open && item.due && keeps(item, {ledger::Role::Responsible, ledger::Relation::Fixer}))
      into.push_back({item.no, "due", *item.due});
    const ledger::Flow& flow = ledger::flow_of(item, state_);
    for (const ledger::ItemClock& clock : item.clocks) {
      const ledger::FlowClock& limit = flow.clocks[clock.clock];
      const bool own = std::any_of(limit.owner.begin(), limit.owner.end(),
                                   [&](const ledger::Who& who) { return keeps(item, who); });
      if (clock.runs() && own) into.push_back({item.no, limit.id, clock.due_day});
    }
  }

 private:
  [[nodiscard]] bool keeps(const ledger::Item& item, const ledger::Who& who) const {
    return std::any_of(posts_.begin(), posts_.end(), [&](const ledger::Post& post) {
      return post.role == who.role && ledger::stands_in(post, {who.relation}, item, state_, day_);
    });
  }

  const ledger::State& state_;
  const std::vector<ledger::Post>& posts_;
  AccountId account_;
  Day day_;
};

}  // namespace

Result<std::vector<OwnDeadline>> own_deadlines(const engine::Engine& engine, AccountId account,
                                               Instant now) {
  const engine::Published published = engine.published();
  const Day day = day_of(now, published.state->zone);
  const auto posts = published.state->posts_of(account, day);
  std::vector<ledger::Item> items;
  for (const rollup::RowIndex row : candidates(published, posts, account, day))
    items.push_back(TZ_TRY(engine.item(published.view->row(row).no)));
  // Not older than any item that was read.
  const auto state = engine.published().state;
  const Reading reading(*state, posts, account, day);
  std::vector<OwnDeadline> out;
  for (const ledger::Item& item : items) reading.take(item, out);
  std::sort(out.begin(), out.end(), [](const OwnDeadline& a, const OwnDeadline& b) {
    return std::tuple(a.day, a.item, a.clock) < std::tuple(b.day, b.item, b.clock);
  });
  if (out.size() > kOwnDeadlinesMax) out.resize(kOwnDeadlinesMax);
  return out;
}

}  // namespace tz::http
