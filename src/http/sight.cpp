// Scopes as intervals of the tree, so that a list is one scan and not a question an item.
#include "http/sight.h"

#include <algorithm>
#include <map>

#include "ledger/decide.h"
#include "ledger/interval.h"
#include "ledger/permission.h"
#include "rollup/hiding_view.h"

namespace tz::http {
namespace {

constexpr std::size_t kAskedMax = 4096;

struct PlacesOfKind {
  std::vector<ledger::Interval> places;
  std::vector<UnitId> ended;
};
using PlacesByKind = std::map<std::uint8_t, PlacesOfKind>;

// Units within reach that have ended since the mandate began: what lay there counts elsewhere, and
// stays in the mandate.
std::vector<UnitId> ended_since(const ledger::OrgTree& tree, const ledger::WorkGroup& group,
                                const std::vector<ledger::Interval>& reach) {
  std::vector<UnitId> out;
  if (!tree.history().anybody_succeeded()) return out;
  for (const ledger::Interval& part : reach)
    for (std::uint32_t at = part.begin; at < part.end; ++at) {
      const UnitId unit = tree.at(at);
      if (!tree.ended(unit, group.from) && tree.counted_at(unit, std::nullopt) != unit)
        out.push_back(unit);
    }
  return out;
}

// What ledger::mandated says of every place, for each kind of each group that the post is in.
void add_mandates(const ledger::State& state, const ledger::Post& post, Day day,
                  PlacesByKind& into) {
  if (post.acting) return;
  for (const auto& group : state.work_groups) {
    if (!group->in_force(day) || !group->has(post.id)) continue;
    const std::vector<ledger::Interval> reach = ledger::reach_of(state, *group, post.account, day);
    const std::vector<UnitId> ended = ended_since(*state.tree, *group, reach);
    for (const std::string& named : group->kinds)
      if (const auto kind = state.kind_index(named)) {
        PlacesOfKind& of = into[*kind];
        of.places.insert(of.places.end(), reach.begin(), reach.end());
        of.ended.insert(of.ended.end(), ended.begin(), ended.end());
      }
  }
}

}  // namespace

std::vector<ledger::Interval> extents_over(const ledger::State& state, AccountId account,
                                           ledger::Right right, Day day) {
  using ledger::Relation;
  const ledger::PolicyRow& row = state.policy->of(right);
  std::vector<ledger::Interval> out;
  const auto add = [&](const std::vector<ledger::Interval>& more) {
    out.insert(out.end(), more.begin(), more.end());
  };
  for (const ledger::Post& post : state.posts_of(account, day)) {
    const ledger::Relations relations = row.over(post.role);
    if (relations.has(Relation::Any)) add({{0, static_cast<std::uint32_t>(state.tree->size())}});
    if (relations.has(Relation::Subtree)) add({state.tree->subtree(post.unit)});
    if (!relations.has(Relation::Scope)) continue;
    for (const UnitId unit : state.before_of(post.unit, day))
      add(units_below(*state.tree, unit, day));
  }
  return ledger::merged(std::move(out));
}

rollup::Filter::Sight found_by(const ledger::State& state, const std::vector<ledger::Post>& posts,
                               Day day) {
  using ledger::Relation;
  const ledger::PolicyRow& row = state.policy->of(ledger::Right::ItemList);
  rollup::Filter::Sight out;
  PlacesByKind kinds;
  for (const ledger::Post& post : posts) {
    const ledger::Relations relations = row.over(post.role);
    if (relations.has(Relation::Recorder)) out.recorders.push_back(post.holder());
    if (relations.has(Relation::Mandate)) add_mandates(state, post, day, kinds);
    if (!relations.has(Relation::Scope) && !relations.has(Relation::LeadScope)) continue;
    for (const UnitId unit : state.before_of(post.unit, day)) {
      const auto below = units_below(*state.tree, unit, day);
      if (relations.has(Relation::Scope))
        out.places.insert(out.places.end(), below.begin(), below.end());
      if (relations.has(Relation::LeadScope))
        out.leads.insert(out.leads.end(), below.begin(), below.end());
    }
  }
  out.places = ledger::merged(std::move(out.places));
  out.leads = ledger::merged(std::move(out.leads));
  for (auto& [kind, of] : kinds) {
    out.kinds.emplace_back(kind, ledger::merged(std::move(of.places)));
    std::sort(of.ended.begin(), of.ended.end());
    if (!of.ended.empty()) out.placed.emplace_back(kind, std::move(of.ended));
  }
  return out;
}

std::shared_ptr<const rollup::View> view_for(const engine::Published& published, AccountId account,
                                             Day day) {
  std::vector<rollup::RowIndex> hidden;
  for (const ledger::ItemNo no : ledger::kept_from(*published.state, account, day))
    if (const auto row = published.view->find(no)) hidden.push_back(*row);
  return rollup::without(published.view, hidden);
}

Sight::Sight(engine::Published published, AccountId account, Day day)
    : published_(std::move(published)), account_(account), day_(day) {
  const ledger::State& state = *published_.state;
  const std::vector<ledger::Post> posts = state.posts_of(account, day);
  found_ = found_by(state, posts, day);
  for (const ledger::ItemNo no : ledger::kept_from(state, account, day)) kept_from_.insert(no);
  anything_ = std::any_of(posts.begin(), posts.end(), [&](const ledger::Post& post) {
    return !state.policy->of(ledger::Right::ItemRead).over(post.role).empty();
  });
}

bool Sight::by_row(const ledger::ItemRow& row) const {
  if (!anything_ || row.import || kept_from_.contains(row.no)) return false;
  const ledger::OrgTree& tree = *published_.state->tree;
  const auto counted = [&](UnitId unit) {
    return tree.position(tree.counted_at(unit, row.closed));
  };
  return ledger::holds(found_.places, counted(row.place)) ||
         (row.lead && ledger::holds(found_.leads, counted(*row.lead))) ||
         std::any_of(found_.kinds.begin(), found_.kinds.end(),
                     [&](const auto& one) {
                       return one.first == row.kind &&
                              ledger::holds(one.second, counted(row.place));
                     }) ||
         std::any_of(found_.placed.begin(), found_.placed.end(),
                     [&](const auto& one) {
                       return one.first == row.kind &&
                              std::binary_search(one.second.begin(), one.second.end(), row.place);
                     }) ||
         std::find(found_.recorders.begin(), found_.recorders.end(), row.recorder) !=
             found_.recorders.end();
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
