// A mandate's units as positions, and whose posts stand in it.
#include "ledger/mandate.h"

#include <algorithm>

#include "ledger/interval.h"
#include "ledger/permission.h"

namespace tz::ledger {
namespace {

bool is_about(const State& state, const WorkGroup& group, const Matter& about) {
  if (about.kind)
    return *about.kind < state.kinds.size() && group.has_kind(state.kinds[*about.kind]);
  return group.has_requirement(about.programme, about.requirement);
}

// The first group whose member the post is, that is about the matter and reaches where it is asked.
template <class There>
std::optional<WorkGroupId> first_mandate(const State& state, const Post& post, const Matter& about,
                                         Day day, const There& there) {
  if (post.acting) return std::nullopt;
  for (std::size_t i = 0; i < state.work_groups.size(); ++i) {
    const WorkGroup& group = *state.work_groups[i];
    if (group.in_force(day) && group.has(post.id) && is_about(state, group, about) && there(group))
      return WorkGroupId{i + 1};
  }
  return std::nullopt;
}

}  // namespace

std::vector<Interval> covered_by(const OrgTree& tree, const std::vector<UnitId>& units, Day day) {
  std::vector<Interval> out;
  for (const UnitId unit : units) {
    const std::vector<Interval> some = tree.extent(unit, day);
    out.insert(out.end(), some.begin(), some.end());
  }
  return merged(std::move(out));
}

std::vector<Interval> reach_of(const State& state, const WorkGroup& group, AccountId account,
                               Day day) {
  const OrgTree& tree = *state.tree;
  const std::vector<Interval> covered = covered_by(tree, group.units, group.from);
  std::vector<Interval> kept_from;
  const auto keep_from = [&](UnitId own) {
    if (!holds(covered, tree.position(own))) return;
    const std::vector<Interval> below = units_below(tree, own, day);
    kept_from.insert(kept_from.end(), below.begin(), below.end());
    for (const UnitId above : tree.above_on_any_edge(own, day))
      kept_from.push_back({tree.position(above), tree.position(above) + 1});
  };
  // What keeps somebody from a unit keeps him from its successor, and from all whose matters are
  // that one's now.
  for (const Post& post : posts_bound(state, account, day)) {
    keep_from(post.unit);
    for (const UnitId one : state.before_of(state.now_of(post.unit, day), day)) keep_from(one);
  }
  return less(covered, merged(std::move(kept_from)));
}

bool reaches(const State& state, const WorkGroup& group, const std::vector<Interval>& where,
             UnitId unit, Day day) {
  const OrgTree& tree = *state.tree;
  if (holds(where, tree.position(unit))) return true;
  if (!state.anybody_succeeded()) return false;
  const std::vector<UnitId> units = state.before_of(unit, day);
  return std::any_of(units.begin() + 1, units.end(), [&](UnitId one) {
    return holds(where, tree.position(one)) && !tree.ended(one, group.from);
  });
}

bool reaches(const State& state, const WorkGroup& group, AccountId account, const Item& item,
             Day day) {
  const OrgTree& tree = *state.tree;
  const std::vector<Interval> where = reach_of(state, group, account, day);
  return holds(where, tree.position(counted_at(item, item.place, state))) ||
         (holds(where, tree.position(item.place)) && !tree.ended(item.place, group.from));
}

std::optional<WorkGroupId> mandate_of(const State& state, const Post& post, UnitId unit,
                                      const Matter& about, Day day) {
  return first_mandate(state, post, about, day, [&](const WorkGroup& group) {
    return holds(reach_of(state, group, post.account, day), state.tree->position(unit));
  });
}

bool mandated(const State& state, const Post& post, const Item& item, Day day) {
  const Matter about{state.kind_index(flow_of(item, state).kind)};
  return first_mandate(
             state, post, about, day,
             [&](const WorkGroup& group) { return reaches(state, group, post.account, item, day); })
      .has_value();
}

bool is_member(const State& state, const WorkGroup& group, AccountId account, Day day) {
  if (!group.in_force(day)) return false;
  const std::vector<Post> held = state.posts_of(account, day);
  return std::any_of(held.begin(), held.end(),
                     [&](const Post& post) { return !post.acting && group.has(post.id); });
}

std::optional<WorkGroupId> group_of(const Event& event) {
  if (const auto* sent = std::get_if<WorkGroupMandated>(&event)) return sent->group;
  if (const auto* changed = std::get_if<WorkGroupMembersChanged>(&event)) return changed->group;
  if (const auto* ended = std::get_if<WorkGroupEnded>(&event)) return ended->group;
  if (const auto* visit = std::get_if<VisitRecorded>(&event)) return visit->group;
  return std::nullopt;
}

bool may_read(const State& state, const WorkGroup& group, AccountId account, Day day) {
  const PolicyRow& row = state.policy->of(Right::WorkGroupRead);
  for (const Post& post : state.posts_of(account, day)) {
    const Relations relations = row.over(post.role);
    if (relations.has(Relation::Mandate) && !post.acting && group.in_force(day) &&
        group.has(post.id))
      return true;
    const Relations others = relations.without(Relation::Mandate);
    const bool over_all = std::all_of(group.units.begin(), group.units.end(), [&](UnitId unit) {
      return stands_over(post, others, unit, state, day);
    });
    if (over_all) return true;
  }
  return false;
}

}  // namespace tz::ledger
