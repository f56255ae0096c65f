// Whether somebody may do or see something: the policy asked about his posts, a unit or an item.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/decide.h"
#include "ledger/item.h"
#include "ledger/mandate.h"
#include "ledger/policy.h"
#include "ledger/state.h"

namespace tz::ledger {

// Whether a post stands in one of the relations to an item, or to a unit.
bool stands_in(const Post& post, Relations relations, const Item& item, const State& state,
               Day day);
bool stands_over(const Post& post, Relations relations, UnitId unit, const State& state, Day day,
                 const Matter& about = {});

// The posts by which somebody is of a unit: those he holds, and those he left under three years
// ago. Who moved on is not free of what happened while he was there.
std::vector<Post> posts_bound(const State& state, AccountId account, Day day);

// Whether an account is too close to what is complained of: any post it holds is in one of these
// units or below it, on any edge. Where nobody knows which they are, whoever holds a post anywhere
// but in the unit that received it.
bool accused(const State& state, const Accusation& accusation, AccountId account, Day day);
bool accused(const State& state, const Item& item, AccountId account, Day day);
// The items that an account is kept from for that reason, going up. It costs what concerns its
// units and those above them, and of what nobody knows, each.
std::vector<ItemNo> kept_from(const State& state, AccountId account, Day day);
// Whether a unit is one of those, or below one.
bool accused(const State& state, const Accusation& accusation, UnitId unit, Day day);

// Whether the right's row admits an account, or a stranger (none), before it is known what it is
// asked about. Refuses `sign_in_needed`, and `not_permitted` where no post will ever do.
Outcome admitted(const State& state, std::optional<AccountId> account, Right right, Day day);

// "supervisor/scope, verifier/named": as refusals tell it.
std::string roles_text(const std::vector<Who>& who);

// Whether the account holds a post that the right's row names, wherever it is. Refuses
// `not_permitted`.
Outcome holds_some_post(const State& state, AccountId account, Right right, Day day);

// Whether an account may have the right over a unit, whatever else it lacks.
bool may_over(const State& state, AccountId account, Right right, UnitId unit, Day day,
              const Matter& about = {});

// What somebody asks to do: the right, whom the kind's flow file names for it where the row leaves
// that to it, and its name in a refusal.
struct Wish {
  Right right;
  const std::vector<Who>* flow = nullptr;
  std::string_view name;
  Matter about = {};  // of what is about a unit, for those with a mandate
};

// The relations that a post of that role may use for it: those its row gives, and of these, where
// the flow decides, those that the flow names. A mandate stands in for scope wherever a flow names
// that: what is open under older versions of it can be looked into too.
Relations usable(const State& state, const Wish& wish, Role role);

// The post in which the actor may do it to an item, else to a unit; refuses `not_permitted`, or
// `not_recorder` where only who listed the item may, and `unit_ended` where he has a post for it
// but its unit has ended: that does nothing but hand its work over.
Result<PostId> permitted(const Circumstances& at, const Wish& wish, const Item& item);
Result<PostId> permitted(const Circumstances& at, const Wish& wish, UnitId unit);
// One post in which he may do it to all of them; needs a unit. Refuses `not_permitted` too where
// one of them is beyond all his posts, and `units_of_several_posts`.
Result<PostId> permitted(const Circumstances& at, const Wish& wish,
                         const std::vector<UnitId>& units);

// Why this account in this post is kept from what the item needs others for, by those of its
// duties that count; none: nothing keeps it. Codes `verifier_took_part`, `verifier_is_fixer`, …
std::optional<Error> dependence(const State& state, const Post& post, const Item& item, Day day,
                                Duties duties = kAllDuties);
// The same for a step with that act, by the duties its row names, in the words of that step.
std::optional<Error> recused(const State& state, const Post& post, const Item& item, Day day,
                             Act act);

// Whether the two posts are one person's, or one of them acts for the other: then neither is the
// second person that something takes. True too where one of them is no post.
bool same_person(const State& state, PostId one, PostId other);

// Whether a unit received the item, itself or by a unit that it succeeded.
bool receives_for(const State& state, const Item& item, UnitId own, Day day);

}  // namespace tz::ledger
