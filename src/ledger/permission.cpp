// Asking the policy: who stands how to an item, and who is too close to the fix to judge of it.
#include "ledger/permission.h"

#include <algorithm>

#include "ledger/decide_item.h"
#include "ledger/decide_units.h"
#include "ledger/interval.h"

namespace tz::ledger {
namespace {

bool holds(const std::vector<UnitId>& units, UnitId unit) {
  return std::find(units.begin(), units.end(), unit) != units.end();
}

Error not_permitted(const State& state, const Wish& wish) {
  const PolicyRow& row = state.policy->of(wish.right);
  bool only_recorder = true;
  bool anybody = false;
  for (std::size_t i = 0; i < kRoleCount; ++i) {
    const Relations relations = usable(state, wish, static_cast<Role>(i));
    only_recorder = only_recorder && relations.within({Relation::Recorder});
    anybody = anybody || !relations.empty();
  }
  const bool flow = row.by_flow && wish.flow != nullptr;
  return refusal(only_recorder && anybody ? "not_recorder" : "not_permitted",
                 {{"transition", std::string(wish.name)},
                  {"roles", flow ? roles_text(*wish.flow) : who_text(row)}});
}

// Of one unit on that day, or of those that it succeeded.
struct Standing {
  const State& state;
  UnitId own;
  Day day;

  [[nodiscard]] bool is(UnitId unit) const {
    return unit == own || (state.anybody_succeeded() && state.now_of(unit, day) == own);
  }
  [[nodiscard]] bool is(const std::optional<UnitId>& unit) const { return unit && is(*unit); }
  [[nodiscard]] bool among(const std::vector<UnitId>& units) const {
    return std::any_of(units.begin(), units.end(), [&](UnitId unit) { return is(unit); });
  }
  [[nodiscard]] bool over(UnitId unit) const {
    if (state.tree->below_on_any_edge(unit, own, day)) return true;
    if (!state.anybody_succeeded()) return false;
    const std::vector<UnitId> before = state.before_of(own, day);
    return std::any_of(before.begin() + 1, before.end(),
                       [&](UnitId one) { return state.tree->below_on_any_edge(unit, one, day); });
  }
  // Over an item's place or lead, where it counts. A post whose unit has ended is still over what
  // the unit was over, so that its holder sees what there is to hand over.
  [[nodiscard]] bool over(const Item& item, UnitId unit) const {
    return over(counted_at(item, unit, state)) || (state.tree->ended(own, day) && over(unit));
  }
};

// What somebody listed for a work group is his no longer than the mandate reaches there.
bool listed_himself(const State& state, const Item& item, Day day) {
  if (!item.work_group) return true;
  const WorkGroup* group = state.work_group(*item.work_group);
  return group != nullptr && is_member(state, *group, item.recorder_account, day) &&
         reaches(state, *group, item.recorder_account, item, day);
}

bool stands(const Post& post, Relation relation, const Item& item, const State& state, Day day) {
  const Standing unit{state, post.unit, day};
  switch (relation) {
    case Relation::Scope:
      return unit.over(item, item.place);
    case Relation::Fixer:
      return unit.is(item.lead) || unit.among(item.responsible);
    case Relation::Named:
      return unit.is(item.accepting) || unit.is(item.supervising);
    case Relation::Recorder:
      return item.recorder_account == post.holder() && listed_himself(state, item, day);
    case Relation::Own:
      return receives_for(state, item, post.unit, day);
    case Relation::Supporting:
      return unit.among(item.supporting);
    case Relation::LeadScope:
      return item.lead && unit.over(item, *item.lead);
    case Relation::Subtree:
      return state.tree->within(counted_at(item, item.place, state), post.unit);
    case Relation::Mandate:
      return mandated(state, post, item, day);
    case Relation::Any:
      return true;
  }
  return false;
}

// The parts of a wish that are the same about an item and about a unit.
template <class Stands, class Prefers>
Result<PostId> permitted_by(const Circumstances& at, const Wish& wish, const Stands& stands,
                            const Prefers& prefers) {
  const State& state = at.state;
  if (at.actor.account.value == 0 && state.policy->of(wish.right).program) return PostId{0};
  const Day today = day_of(at.now, state.zone);
  std::optional<PostId> allowed;
  std::optional<Error> over;
  const std::vector<Post> posts = state.posts_of(at.actor.account, today);
  // What somebody may do himself he does not do for another.
  for (const bool acting : {false, true}) {
    for (const Post& post : posts) {
      if (post.acting.has_value() != acting || (at.actor.post && *at.actor.post != post.id))
        continue;
      const Relations relations = usable(state, wish, post.role);
      if (relations.empty() || !stands(post, relations)) continue;
      // The posts of the successor do what was the unit's.
      if (auto ended = ended_unit(state, post.unit, today)) {
        over = std::move(ended);
        continue;
      }
      if (prefers(post)) return post.id;
      allowed = post.id;
    }
    if (allowed) return *allowed;
  }
  return over ? *over : not_permitted(state, wish);
}

// The units whose part in the fix counts against whoever is in that post: its own, and as soon as
// he acts for somebody those of all his posts, so that no acting joins fixer and verifier.
std::vector<UnitId> units_counted(const State& state, const Post& post, Day day) {
  std::vector<UnitId> out{post.unit};
  if (!post.acting && !state.acts(post.account, day)) return out;
  for (const Post& other : state.posts_of(post.account, day))
    if ((post.acting || other.acting) && !holds(out, other.unit)) out.push_back(other.unit);
  return out;
}

// Whether somebody of the unit did that part. Who acts elsewhere is of his own units all the same,
// those he has left too.
bool of_unit(const State& state, const Part& part, UnitId unit) {
  if (part.unit == unit) return true;
  return part.acting && std::any_of(state.posts.begin(), state.posts.end(), [&](const Post& post) {
           return post.account == part.account && !post.acting && post.unit == unit;
         });
}

std::optional<Error> unit_dependence(const State& state, UnitId own, const Item& item, Day day,
                                     Duties duties) {
  const Facts who = {{"unit", std::string(state.tree->code(own))}};
  const bool below = duties.has(Duty::Below);
  for (const UnitId once : item.fixer_units) {
    const UnitId unit = state.now_of(once, day);
    if (duties.has(Duty::Fixer) && (unit == own || once == own))
      return refusal("verifier_is_fixer", who);
    if (below && unit != own && state.tree->below_on_any_edge(own, unit, day))
      return refusal("verifier_below_fixer", who);
  }
  for (const UnitId once : item.supporting_units) {
    const UnitId unit = state.now_of(once, day);
    if (duties.has(Duty::Supporter) && (unit == own || once == own))
      return refusal("verifier_supports_fixer", who);
    if (below && unit != own && state.tree->below_on_any_edge(own, unit, day))
      return refusal("verifier_below_fixer", who);
  }
  // A unit that had a hand in it without having been asked to: the measures' owner's staff, say.
  if (duties.has(Duty::UnitTookPart))
    for (const Part& part : item.fixers)
      if (of_unit(state, part, own)) return refusal("verifier_took_part", who);
  return std::nullopt;
}

}  // namespace

bool same_person(const State& state, PostId one, PostId other) {
  const Post* a = state.post(one);
  const Post* b = state.post(other);
  if (a == nullptr || b == nullptr) return true;
  return a->account == b->account || a->holder() == b->holder() || a->account == b->holder() ||
         a->holder() == b->account;
}

bool receives_for(const State& state, const Item& item, UnitId own, Day day) {
  if (!state.anybody_succeeded()) return receives(item, own);
  const std::vector<UnitId> units = state.before_of(own, day);
  return std::any_of(units.begin(), units.end(), [&](UnitId unit) { return receives(item, unit); });
}

Relations usable(const State& state, const Wish& wish, Role role) {
  const PolicyRow& row = state.policy->of(wish.right);
  const Relations given = row.over(role);
  if (!row.by_flow || wish.flow == nullptr) return given;
  Relations named;
  for (const Who& one : *wish.flow)
    if (one.role == role) named.add(one.relation);
  if (named.has(Relation::Scope)) named.add(Relation::Mandate);
  return given.both(named);
}

bool stands_in(const Post& post, Relations relations, const Item& item, const State& state,
               Day day) {
  // What is looked up before what is walked for.
  constexpr Relation kByCost[] = {Relation::Any,     Relation::Recorder, Relation::Own,
                                  Relation::Fixer,   Relation::Named,    Relation::Supporting,
                                  Relation::Subtree, Relation::Scope,    Relation::LeadScope,
                                  Relation::Mandate};
  for (const Relation relation : kByCost)
    if (relations.has(relation) && stands(post, relation, item, state, day)) return true;
  return false;
}

bool stands_over(const Post& post, Relations relations, UnitId unit, const State& state, Day day,
                 const Matter& about) {
  if (relations.has(Relation::Any)) return true;
  if (relations.has(Relation::Own) && state.now_of(unit, day) == post.unit) return true;
  // Over a unit that has ended is who was, and who is over its successor.
  for (const UnitId one : {unit, state.tree->counted_at(unit, std::nullopt)}) {
    if (relations.has(Relation::Subtree) && state.tree->within(one, post.unit)) return true;
    if (relations.has(Relation::Scope) && Standing{state, post.unit, day}.over(one)) return true;
    if (relations.has(Relation::Mandate) && mandate_of(state, post, one, about, day)) return true;
  }
  return false;
}

bool accused(const State& state, const Accusation& accusation, UnitId unit, Day day) {
  if (accusation.units.empty()) return unit != state.now_of(accusation.receiver, day);
  return std::any_of(accusation.units.begin(), accusation.units.end(), [&](UnitId one) {
    const UnitId now = state.now_of(one, day);
    return unit == one || unit == now || state.tree->below_on_any_edge(unit, one, day) ||
           state.tree->below_on_any_edge(unit, now, day);
  });
}

constexpr std::int32_t kPartingDays = 3 * 366;

std::vector<Post> posts_bound(const State& state, AccountId account, Day day) {
  std::vector<Post> out = state.posts_of(account, day);
  const std::vector<std::uint32_t>* held = state.posts_held.find(account);
  if (held == nullptr) return out;
  for (const std::uint32_t index : *held) {
    const Post& post = state.posts[index];
    const bool left = post.to && *post.to < day && day.number - post.to->number <= kPartingDays;
    if (left && !post.acting) out.push_back(post);
  }
  return out;
}

bool accused(const State& state, const Accusation& accusation, AccountId account, Day day) {
  // Where nobody knows whom it complains of, only where he is now counts: any other unit is one.
  const std::vector<Post> posts =
      accusation.units.empty() ? state.posts_of(account, day) : posts_bound(state, account, day);
  return std::any_of(posts.begin(), posts.end(),
                     [&](const Post& post) { return accused(state, accusation, post.unit, day); });
}

bool accused(const State& state, const Item& item, AccountId account, Day day) {
  if (!item.report || !item.report->accusation) return false;
  const Accusation* known = state.accusations->find(item.no);
  if (known == nullptr) return accused(state, Accusation{item.place, {}}, account, day);
  return accused(state, *known, account, day);
}

std::vector<ItemNo> kept_from(const State& state, AccountId account, Day day) {
  std::vector<ItemNo> out;
  const Accusations& known = *state.accusations;
  if (known.empty()) return out;
  // What complains of one of his units complains of it or of one above it.
  std::vector<UnitId> above;
  const std::vector<Post> bound = posts_bound(state, account, day);
  for (const Post& post : bound) {
    const std::vector<UnitId> some = state.tree->above_on_any_edge(post.unit, day);
    above.insert(above.end(), some.begin(), some.end());
  }
  // With a unit's matters its successor inherits what is complained of.
  if (state.anybody_succeeded())
    for (std::size_t i = above.size(); i > 0; --i) {
      const std::vector<UnitId> before = state.before_of(above[i - 1], day);
      above.insert(above.end(), before.begin() + 1, before.end());
    }
  std::sort(above.begin(), above.end());
  above.erase(std::unique(above.begin(), above.end()), above.end());
  for (const UnitId unit : above) {
    const std::vector<ItemNo>& some = known.naming(unit);
    out.insert(out.end(), some.begin(), some.end());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  // Of what nobody knows whom it accuses, only where he is now counts.
  const auto so_far = static_cast<std::ptrdiff_t>(out.size());
  const auto& unknown = known.naming_nobody_known();
  out.reserve(out.size() + unknown.size());
  for (const Accusations::Unknown& one : unknown)
    if (std::any_of(bound.begin(), bound.end(), [&](const Post& post) {
          return post.unit != state.now_of(one.receiver, day) && post.held_on(day);
        }))
      out.push_back(one.no);
  if (so_far > 0) std::inplace_merge(out.begin(), out.begin() + so_far, out.end());
  return out;
}

Outcome admitted(const State& state, std::optional<AccountId> account, Right right, Day day) {
  const PolicyRow& row = state.policy->of(right);
  if (row.admits == Admits::Anybody) return Done{};
  if (!account) return refusal("sign_in_needed");
  if (row.admits == Admits::Account) return Done{};
  // What is about an item is asked for where the item is at hand: before that, who may not know of
  // it and who may not touch it look the same.
  if (row.admits == Admits::Posts && row.about != About::Nothing) return Done{};
  return holds_some_post(state, *account, right, day);
}

std::string roles_text(const std::vector<Who>& who) {
  std::string out;
  for (const Who& one : who) {
    if (!out.empty()) out += ", ";
    out += std::string(to_text(one.role)) + "/" + std::string(to_text(one.relation));
  }
  return out;
}

Outcome holds_some_post(const State& state, AccountId account, Right right, Day day) {
  const PolicyRow& row = state.policy->of(right);
  for (const Post& post : state.posts_of(account, day))
    if (!row.over(post.role).empty()) return Done{};
  return refusal("not_permitted", {{"roles", who_text(row)}});
}

bool may_over(const State& state, AccountId account, Right right, UnitId unit, Day day,
              const Matter& about) {
  const PolicyRow& row = state.policy->of(right);
  for (const Post& post : state.posts_of(account, day))
    if (stands_over(post, row.over(post.role), unit, state, day, about)) return true;
  return false;
}

bool may_read(const State& state, AccountId account, const Item& item, Day day) {
  const PolicyRow& row = state.policy->of(Right::ItemRead);
  if (account.value == 0) return row.program;
  if (row.never.has(Duty::Accused) && accused(state, item, account, day)) return false;
  for (const Post& post : state.posts_of(account, day))
    if (stands_in(post, row.over(post.role), item, state, day)) return true;
  return false;
}

std::optional<Error> dependence(const State& state, const Post& post, const Item& item, Day day,
                                Duties duties) {
  // What either did counts: who acts, and for whom.
  if (duties.has(Duty::TookPart)) {
    for (const AccountId account : item.recused)
      if (account == post.account || account == post.holder()) return refusal("recused");
    for (const Part& part : item.fixers)
      if (part.account == post.account || part.account == post.holder())
        return refusal("verifier_took_part", {{"unit", std::string(state.tree->code(post.unit))}});
  }
  for (const UnitId own : units_counted(state, post, day))
    if (auto error = unit_dependence(state, own, item, day, duties)) return error;
  return std::nullopt;
}

std::optional<Error> recused(const State& state, const Post& post, const Item& item, Day day,
                             Act act) {
  const Duties never = state.policy->of(right_of(act)).never;
  if (never.empty()) return std::nullopt;
  std::optional<Error> error = dependence(state, post, item, day, never);
  if (!error || error->code == "recused" || act == Act::Review || act == Act::Check ||
      act == Act::Return)
    return error;
  return refusal(act == Act::Judge ? "judge_is_fixer" : "decider_took_part");
}

Result<PostId> permitted(const Circumstances& at, const Wish& wish, const Item& item) {
  const Day today = day_of(at.now, at.state.zone);
  return permitted_by(
      at, wish,
      [&](const Post& post, Relations relations) {
        return stands_in(post, relations, item, at.state, today);
      },
      // Of several posts that would do, prefer one that is independent: it can do more.
      [&](const Post& post) { return !dependence(at.state, post, item, today); });
}

Result<PostId> permitted(const Circumstances& at, const Wish& wish, UnitId unit) {
  const Day today = day_of(at.now, at.state.zone);
  return permitted_by(
      at, wish,
      [&](const Post& post, Relations relations) {
        return stands_over(post, relations, unit, at.state, today, wish.about);
      },
      // Of several, one that needs no mandate.
      [&](const Post& post) {
        const Relations own = usable(at.state, wish, post.role).without(Relation::Mandate);
        return stands_over(post, own, unit, at.state, today);
      });
}

Result<PostId> permitted(const Circumstances& at, const Wish& wish,
                         const std::vector<UnitId>& units) {
  TZ_ASSERT(!units.empty());
  const auto over_all = [&](const Circumstances& in) -> Result<PostId> {
    const PostId first = TZ_TRY(permitted(in, wish, units[0]));
    for (const UnitId unit : units)
      if (TZ_TRY(permitted(in, wish, unit)) != first) return refusal("units_of_several_posts");
    return first;
  };
  auto found = over_all(at);
  if (found.ok() || at.actor.post) return found;
  for (const Post& held : at.state.posts_of(at.actor.account, day_of(at.now, at.state.zone))) {
    Circumstances in_it = at;
    in_it.actor.post = held.id;
    if (auto one = over_all(in_it); one.ok()) return one;
  }
  return found;
}

std::vector<Offer> offers(const State& state, AccountId account, const Item& item, Instant now) {
  const Circumstances at{state, [](ItemNo) { return nullptr; }, {account, {}}, now};
  std::vector<Offer> out;
  for (const Transition& transition : flow_of(item, state).transitions) {
    if (std::find(transition.from.begin(), transition.from.end(), item.state) ==
        transition.from.end())
      continue;
    Offer offer{&transition, {}, {}};
    const Result<PostId> post = permitted(at, step_wish(transition), item);
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

std::optional<Error> erasure_refusal(const State& state, AccountId account, const Item& item,
                                     Instant now) {
  const Circumstances at{state, [](ItemNo) { return nullptr; }, {account, {}}, now};
  const Result<PostId> post = permitted(at, {Right::ItemRedact, nullptr, "redact"}, item);
  if (post.ok()) return std::nullopt;
  return post.error();
}

}  // namespace tz::ledger
