// Who stands how to an item, who may read it, and who is too close to the fix to verify it.
#include <algorithm>

#include "ledger/decide_item.h"

namespace tz::ledger {
namespace {

bool holds(const std::vector<UnitId>& units, UnitId unit) {
  return std::find(units.begin(), units.end(), unit) != units.end();
}

bool works_on_items(Role role) {
  return role == Role::Recorder || role == Role::Responsible || role == Role::Verifier ||
         role == Role::Supervisor;
}

std::string roles_text(const std::vector<Who>& who) {
  std::string out;
  for (const Who& one : who) {
    if (!out.empty()) out += ", ";
    out += std::string(to_text(one.role)) + "/" + std::string(to_text(one.relation));
  }
  return out;
}

}  // namespace

bool stands_in(const Post& post, Relation relation, const Item& item, const State& state, Day day) {
  switch (relation) {
    case Relation::Scope:
      return state.tree->below_on_any_edge(item.place, post.unit, day);
    case Relation::Fixer:
      return item.lead == post.unit || holds(item.responsible, post.unit);
    case Relation::Named:
      return item.accepting == post.unit || item.supervising == post.unit;
    case Relation::Recorder:
      return item.recorder_account == post.account;
  }
  return false;
}

bool may_read(const State& state, AccountId account, const Item& item, Day day) {
  if (account.value == 0) return true;
  for (const Post& post : state.posts_of(account, day)) {
    if (!works_on_items(post.role)) continue;
    if (stands_in(post, Relation::Scope, item, state, day) ||
        stands_in(post, Relation::Fixer, item, state, day) ||
        stands_in(post, Relation::Named, item, state, day) ||
        stands_in(post, Relation::Recorder, item, state, day) ||
        holds(item.supporting, post.unit) ||
        (item.lead && state.tree->below_on_any_edge(*item.lead, post.unit, day)))
      return true;
  }
  return false;
}

std::optional<Error> dependence(const State& state, const Post& post, const Item& item, Day day) {
  const Facts who = {{"unit", std::string(state.tree->code(post.unit))}};
  for (const Part& part : item.fixers)
    if (part.account == post.account) return refusal("verifier_took_part", who);
  for (UnitId unit : item.fixer_units) {
    if (unit == post.unit) return refusal("verifier_is_fixer", who);
    if (state.tree->below_on_any_edge(post.unit, unit, day))
      return refusal("verifier_below_fixer", who);
  }
  for (UnitId unit : item.supporting_units) {
    if (unit == post.unit) return refusal("verifier_supports_fixer", who);
    if (state.tree->below_on_any_edge(post.unit, unit, day))
      return refusal("verifier_below_fixer", who);
  }
  // A unit that had a hand in it without having been asked to: the measures' owner's staff, say.
  for (const Part& part : item.fixers)
    if (part.unit == post.unit) return refusal("verifier_took_part", who);
  return std::nullopt;
}

Result<PostId> permitted(const Circumstances& at, const std::vector<Who>& who, const Item& item,
                         std::string_view transition) {
  const Day today = day_of(at.now, at.state.zone);
  std::optional<PostId> allowed;
  for (const Post& post : at.state.posts_of(at.actor.account, today)) {
    if (at.actor.post && *at.actor.post != post.id) continue;
    for (const Who& one : who) {
      if (one.role != post.role || !stands_in(post, one.relation, item, at.state, today)) continue;
      // Of several posts that would do, prefer one that is independent: it can do more.
      if (!dependence(at.state, post, item, today)) return post.id;
      allowed = post.id;
    }
  }
  if (allowed) return *allowed;
  const bool recorder_only = std::all_of(
      who.begin(), who.end(), [](const Who& one) { return one.relation == Relation::Recorder; });
  return refusal(recorder_only ? "not_recorder" : "not_permitted",
                 {{"transition", std::string(transition)}, {"roles", roles_text(who)}});
}

std::vector<Offer> offers(const State& state, AccountId account, const Item& item, Instant now) {
  const Circumstances at{state, [](ItemNo) { return nullptr; }, {account, {}}, now};
  std::vector<Offer> out;
  for (const Transition& transition : flow_of(item, state).transitions) {
    if (std::find(transition.from.begin(), transition.from.end(), item.state) ==
        transition.from.end())
      continue;
    Offer offer{&transition, {}, {}};
    const Result<PostId> post = permitted(at, transition.who, item, transition.id);
    if (post.ok()) {
      offer.post = *post;
      offer.refusal = guarded_by_item(at, transition, item, *post);
    } else {
      offer.refusal = post.error();
    }
    out.push_back(std::move(offer));
  }
  return out;
}

}  // namespace tz::ledger
