// Looking for somebody above the units at work.
#include "ledger/checkable.h"

#include <algorithm>
#include <array>
#include <set>

#include "ledger/decide_item.h"
#include "ledger/item_thresholds.h"
#include "ledger/permission.h"

namespace tz::ledger {
namespace {

// The step that asks for the most persons at once.
const Transition* widest_check(const Flow& flow) {
  const Transition* widest = nullptr;
  std::int64_t most = 0;
  for (const Transition& step : flow.transitions) {
    const Guard* persons = step.guard(GuardKind::CheckersMin);
    if (step.act != Act::Check || persons == nullptr || persons->number <= most) continue;
    widest = &step;
    most = persons->number;
  }
  return widest;
}

// The units above the item and those it names, and whose their matters became.
std::vector<UnitId> units_concerned(const State& state, const Item& item, Day day) {
  std::vector<UnitId> out;
  for (const UnitId at : {item.place, counted_at(item, item.place, state)}) {
    const std::vector<UnitId> above = state.tree->above_on_any_edge(at, day);
    out.insert(out.end(), above.begin(), above.end());
  }
  for (const auto& named : {item.accepting, item.supervising})
    if (named) out.push_back(*named);
  const auto add = [&](UnitId unit, Day from) {
    if (from <= day && std::find(out.begin(), out.end(), unit) == out.end()) out.push_back(unit);
  };
  for (std::size_t i = 0; i < out.size(); ++i) {
    const UnitId unit = out[i];
    for (const Succession& one : state.successions)
      if (one.unit == unit) add(one.successor, one.from);
    for (const Heir& heir : state.tree->history().successors(unit)) add(heir.successor, heir.from);
  }
  return out;
}

// The posts that may stand in some of these relations to it, going up: found by their units, and
// those with a mandate by their groups.
std::set<std::uint32_t> posts_asked(const State& state, const Item& item,
                                    const std::array<Relations, kRoleCount>& relations, Day day) {
  const Relations found{Relation::Scope, Relation::Subtree, Relation::Named, Relation::Mandate};
  const bool all_found = std::all_of(relations.begin(), relations.end(),
                                     [&](const Relations& some) { return some.within(found); });
  std::set<std::uint32_t> out;
  if (!all_found) {
    for (std::uint32_t i = 0; i < state.posts.size(); ++i) out.insert(out.end(), i);
    return out;
  }
  for (const UnitId unit : units_concerned(state, item, day))
    if (const auto* there = state.posts_in.find(unit)) out.insert(there->begin(), there->end());
  for (const auto& group : state.work_groups)
    if (group->in_force(day))
      for (const PostId member : group->members)
        out.insert(static_cast<std::uint32_t>(member.value - 1));
  return out;
}

}  // namespace

Refused nobody_to_check(const Acting& a, const std::vector<UnitId>& taking_part) {
  if (!flow_of(a.item, a.at.state).fixes()) return std::nullopt;
  const OrgTree& tree = *a.at.state.tree;
  const UnitId root = tree.at(0);
  for (const UnitId unit : taking_part)
    if (tree.below_on_any_edge(root, a.at.state.now_of(unit, a.today), a.today))
      return refusal("nobody_to_check", {{"unit", std::string(tree.code(unit))}});
  return std::nullopt;
}

std::optional<Checkers> checkers_of(const State& state, const Item& item, Day day) {
  const Flow& flow = flow_of(item, state);
  const Transition* step = widest_check(flow);
  if (step == nullptr || !item.lead || !is_open(phase_of(item, state))) return std::nullopt;
  const std::int64_t needed =
      checkers_needed(state, opened_as(state, item), step->guard(GuardKind::CheckersMin)->number);
  Checkers out{0, static_cast<std::size_t>(needed)};
  std::array<Relations, kRoleCount> relations;
  for (std::size_t i = 0; i < kRoleCount; ++i)
    relations[i] = usable(state, step_wish(*step), static_cast<Role>(i));
  std::set<AccountId> persons;
  for (const std::uint32_t index : posts_asked(state, item, relations, day)) {
    const Post& post = state.posts[index];
    const Relations& some = relations[static_cast<std::size_t>(post.role)];
    if (some.empty() || post.acting || !post.held_on(day)) continue;
    if (!stands_in(post, some, item, state, day) || dependence(state, post, item, day) ||
        accused(state, item, post.account, day))
      continue;
    persons.insert(post.account);
    out.there = persons.size();
    if (out.there == out.needed) break;
  }
  return out;
}

}  // namespace tz::ledger
