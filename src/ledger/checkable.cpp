// Looking for somebody above the units at work.
#include "ledger/checkable.h"

#include <algorithm>
#include <array>
#include <set>

#include "ledger/decide_item.h"
#include "ledger/permission.h"

namespace tz::ledger {
namespace {

bool knows_fixed(const Flow& flow) {
  return std::any_of(flow.outcomes.begin(), flow.outcomes.end(),
                     [](const FlowOutcome& outcome) { return outcome.fixed; });
}

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

}  // namespace

Refused nobody_to_check(const Acting& a, const std::vector<UnitId>& taking_part) {
  if (!knows_fixed(flow_of(a.item, a.at.state))) return std::nullopt;
  const OrgTree& tree = *a.at.state.tree;
  UnitId root = a.item.place;
  while (tree.parent(root) != root) root = tree.parent(root);
  for (const UnitId unit : taking_part)
    if (tree.below_on_any_edge(root, a.at.state.now_of(unit, a.today), a.today))
      return refusal("nobody_to_check", {{"unit", std::string(tree.code(unit))}});
  return std::nullopt;
}

std::optional<Checkers> checkers_of(const State& state, const Item& item, Day day) {
  const Flow& flow = flow_of(item, state);
  const Transition* step = widest_check(flow);
  if (step == nullptr || !item.lead || !is_open(phase_of(item, state))) return std::nullopt;
  Checkers out{0, static_cast<std::size_t>(step->guard(GuardKind::CheckersMin)->number)};
  std::array<Relations, kRoleCount> relations;
  for (std::size_t i = 0; i < kRoleCount; ++i)
    relations[i] = usable(state, step_wish(*step), static_cast<Role>(i));
  std::set<AccountId> persons;
  for (const Post& post : state.posts) {
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
