// Rows first, then each item exactly.
#include "http/own_deadlines.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "http/sight.h"
#include "ledger/interval.h"
#include "ledger/permission.h"

namespace tz::http {
namespace {

using By = rollup::Order::By;
using Direction = rollup::Order::Direction;

// A province supervises more than anybody has in mind, and its calendar program asks for all of it
// again and again: what is further off waits until it is near.
constexpr std::int32_t kNearDays = 30;

Day last_near(Day today) { return Day{today.number + kNearDays}; }

struct Whose {
  AccountId account;
  std::vector<ledger::Post> posts;
  Day today;
};

// Rows among which his deadlines are: his own before those of others whom he supervises.
class Candidates {
 public:
  Candidates(const engine::Published& published, SearchFeed& feed, const Whose& whose)
      : published_(published),
        feed_(feed),
        whose_(whose),
        view_(view_for(published, whose.account, whose.today)) {}

  std::vector<rollup::RowIndex> find() {
    for (const ledger::Post& post : whose_.posts) own_of(post);
    rollup::Filter listed = open();
    listed.recorder = whose_.account;
    look(listed);
    for (const ledger::Post& post : whose_.posts)
      if (post.role == ledger::Role::Supervisor) supervised_by(post.unit);
    if (rows_.size() > 2 * kOwnDeadlinesMax) rows_.resize(2 * kOwnDeadlinesMax);
    return rows_;
  }

 private:
  static rollup::Filter open() {
    rollup::Filter filter;
    filter.open = true;
    return filter;
  }

  std::size_t look(const rollup::Filter& filter,
                   rollup::Order order = {By::Due, Direction::Ascending},
                   std::size_t count_max = kOwnDeadlinesMax) {
    const auto some = view_->select(filter, order, {{}, 0, count_max});
    for (const rollup::RowIndex row : some.rows)
      if (seen_.insert(row).second) rows_.push_back(row);
    return some.rows.size();
  }

  void own_of(const ledger::Post& post) {
    rollup::Filter filter = open();
    if (post.role == ledger::Role::Responsible) {
      filter.lead = post.unit;
      look(filter);
      look(naming(post.unit));
      return;
    }
    // What lies at the unit itself, and not all that lies below it.
    const std::uint32_t position = published_.state->tree->position(post.unit);
    rollup::Filter::Sight itself;
    itself.places = {{position, position + 1}};
    filter.sight = std::move(itself);
    look(filter);
    // After a closing limits may run on: to look at it again, or to ask for a review of it.
    filter.open.reset();
    filter.phase = ledger::Phase::Closed;
    look(filter, {By::Closed, Direction::Descending});
  }

  void supervised_by(UnitId unit) {
    rollup::Filter below = open();
    rollup::Filter::Sight sight;
    for (const UnitId once : published_.state->before_of(unit, whose_.today)) {
      const auto some = units_below(*published_.state->tree, once, whose_.today);
      sight.places.insert(sight.places.end(), some.begin(), some.end());
    }
    sight.places = ledger::merged(std::move(sight.places));
    below.sight = std::move(sight);
    for (rollup::Filter filter : {std::move(below), naming(unit)}) {
      filter.due = {whose_.today, last_near(whose_.today)};
      const std::size_t count = look(filter);
      filter.due = {{}, Day{whose_.today.number - 1}};
      look(filter, {By::Due, Direction::Descending}, kOwnDeadlinesMax - count);
    }
  }

  // Open items that gave the unit, or one whose successor it is, a part or the supervision.
  rollup::Filter naming(UnitId unit) {
    rollup::Filter filter = open();
    filter.rows.emplace();
    for (const UnitId once : published_.state->before_of(unit, whose_.today)) {
      const auto some = feed_.rows_naming(once, published_.size);
      filter.rows->insert(filter.rows->end(), some.begin(), some.end());
    }
    std::sort(filter.rows->begin(), filter.rows->end());
    filter.rows->erase(std::unique(filter.rows->begin(), filter.rows->end()), filter.rows->end());
    return filter;
  }

  const engine::Published& published_;
  SearchFeed& feed_;
  const Whose& whose_;
  std::shared_ptr<const rollup::View> view_;
  std::vector<rollup::RowIndex> rows_;
  std::set<rollup::RowIndex> seen_;
};

class Reading {
 public:
  Reading(const ledger::State& state, const Whose& whose) : state_(state), whose_(whose) {}

  void take(const ledger::Item& item) {
    if (!ledger::may_read(state_, whose_.account, item, whose_.today)) return;
    if (ledger::is_open(ledger::phase_of(item, state_))) {
      take_due(item);
      take_part(item);
    }
    const ledger::Flow& flow = ledger::flow_of(item, state_);
    for (const ledger::ItemClock& clock : item.clocks) {
      const ledger::FlowClock& limit = flow.clocks[clock.clock];
      const bool own = std::any_of(limit.owner.begin(), limit.owner.end(),
                                   [&](const ledger::Who& who) { return keeps(item, who); });
      if (clock.runs() && own) own_.push_back({item.no, limit.id, clock.due_day});
    }
  }

  std::vector<OwnDeadline> finish() {
    keep(own_, kOwnDeadlinesMax,
         [](const OwnDeadline& one) { return std::tuple(one.day, one.item, one.clock); });
    // What is to come before what is over, and each the nearest first.
    keep(supervised_, kOwnDeadlinesMax - own_.size(), [this](const OwnDeadline& one) {
      const std::int32_t ahead = one.day.number - whose_.today.number;
      return std::tuple(ahead < 0, ahead < 0 ? -ahead : ahead, one.item);
    });
    own_.insert(own_.end(), supervised_.begin(), supervised_.end());
    keep(own_, kOwnDeadlinesMax,
         [](const OwnDeadline& one) { return std::tuple(one.day, one.item, one.clock); });
    return std::move(own_);
  }

 private:
  template <class Key>
  static void keep(std::vector<OwnDeadline>& some, std::size_t count_max, const Key& key) {
    std::sort(some.begin(), some.end(),
              [&](const OwnDeadline& a, const OwnDeadline& b) { return key(a) < key(b); });
    if (some.size() > count_max) some.resize(count_max);
  }

  void take_due(const ledger::Item& item) {
    if (!item.due) return;
    if (keeps(item, {ledger::Role::Responsible, ledger::Relation::Fixer}))
      own_.push_back({item.no, "due", *item.due});
    else if (*item.due <= last_near(whose_.today) && supervises(item))
      supervised_.push_back({item.no, "due", *item.due});
  }

  // The first that is to be done: a calendar has one entry of a name.
  void take_part(const ledger::Item& item) {
    std::optional<Day> first;
    for (const ledger::UnitPart& part : item.parts)
      if (!part.done && !part.ended && (!first || part.due < *first) &&
          holds(ledger::Role::Responsible, part.unit))
        first = part.due;
    if (first) own_.push_back({item.no, "part", *first});
  }

  [[nodiscard]] bool supervises(const ledger::Item& item) const {
    return keeps(item, {ledger::Role::Supervisor, ledger::Relation::Scope}) ||
           (item.supervising && holds(ledger::Role::Supervisor, *item.supervising));
  }

  // Whether a post of that role is in the unit whose the matters of `unit` are now.
  [[nodiscard]] bool holds(ledger::Role role, UnitId unit) const {
    const UnitId now = state_.now_of(unit, whose_.today);
    return std::any_of(whose_.posts.begin(), whose_.posts.end(), [&](const ledger::Post& post) {
      return post.role == role && post.unit == now;
    });
  }

  [[nodiscard]] bool keeps(const ledger::Item& item, const ledger::Who& who) const {
    return std::any_of(whose_.posts.begin(), whose_.posts.end(), [&](const ledger::Post& post) {
      return post.role == who.role &&
             ledger::stands_in(post, {who.relation}, item, state_, whose_.today);
    });
  }

  const ledger::State& state_;
  const Whose& whose_;
  std::vector<OwnDeadline> own_;
  std::vector<OwnDeadline> supervised_;
};

}  // namespace

Result<std::vector<OwnDeadline>> own_deadlines(const engine::Engine& engine, SearchFeed& feed,
                                               AccountId account, Instant now) {
  const engine::Published published = engine.published();
  const Day today = day_of(now, published.state->zone);
  const Whose whose{account, published.state->posts_of(account, today), today};
  std::vector<ledger::Item> items;
  for (const rollup::RowIndex row : Candidates(published, feed, whose).find())
    items.push_back(TZ_TRY(engine.item(published.view->row(row).no)));
  // Not older than any item that was read.
  const auto state = engine.published().state;
  Reading reading(*state, whose);
  for (const ledger::Item& item : items) reading.take(item);
  return reading.finish();
}

}  // namespace tz::http
