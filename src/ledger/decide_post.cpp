// Acting in a post, and a handover's three steps: proposed, then confirmed or ended.
#include "ledger/decide_post.h"

#include <algorithm>

#include "ledger/decide_units.h"
#include "ledger/handover.h"
#include "ledger/permission.h"

namespace tz::ledger {
namespace {

Facts named(PostId post) { return {{"post", std::to_string(post.value)}}; }

// A post that somebody holds as his own and that is not over.
Result<const Post*> own_post(const State& state, PostId id, Day today) {
  const Post* post = state.post(id);
  if (post == nullptr) return refusal("post_none", named(id));
  if (post->acting) return refusal("post_is_acting", named(id));
  if (post->to && *post->to < today) return refusal("post_ended", named(id));
  return post;
}

// Two who acted for one holder at once would be two persons with one duty.
bool acted_in(const State& state, PostId place, Day from, Day to) {
  return std::any_of(state.posts.begin(), state.posts.end(), [&](const Post& post) {
    return post.acting && post.acting->place == place && post.from <= to && from <= *post.to &&
           post.from <= *post.to;
  });
}

bool program_may(const Circumstances& at, Right right) {
  return at.actor.account.value == 0 && at.state.policy->of(right).program;
}

// In which post somebody speaks for the giver: in the giver's own while he holds it, else, where he
// is gone or disabled, in one that mends it.
Result<PostId> speaks_for(const Circumstances& at, const Post& giver, bool disabled) {
  const Day today = day_of(at.now, at.state.zone);
  if (at.actor.account == giver.account && giver.held_on(today)) {
    TZ_TRY(admitted(at.state, at.actor.account, Right::HandoverOwn, today));
    return giver.id;
  }
  const PostId post = TZ_TRY(
      permitted(at, {Right::HandoverMend, nullptr, to_text(Right::HandoverMend)}, giver.unit));
  if (giver.held_on(today) && !disabled) return refusal("handover_holder_there");
  return post;
}

Result<const Handover*> open_handover(const State& state, HandoverId id) {
  const Handover* handover = state.handover(id);
  const Error unknown = refusal("handover_unknown", {{"handover", std::to_string(id.value)}});
  if (handover == nullptr || !handover->open) return unknown;
  return handover;
}

// An item of the list that is not as it was shown.
bool changed(const Circumstances& at, const Post& from, const OpenWork& work) {
  const Item* item = at.item(work.item);
  return item == nullptr || item->last != work.version ||
         work_parts(at.state, from, *item, day_of(at.now, at.state.zone)) != work.parts;
}

}  // namespace

std::optional<Error> excluded(const Policy& policy, const std::vector<Role>& held, Role role) {
  if (!policy.exclusive.has(role)) return std::nullopt;
  for (const Role other : held)
    if (policy.exclusive.has(other) && other != role)
      return refusal("roles_exclude", {{"role", std::string(to_text(role))},
                                       {"other", std::string(to_text(other))}});
  return std::nullopt;
}

std::vector<Role> roles_from(const State& state, AccountId account, Day day) {
  std::vector<Role> out;
  for (const Post& post : state.posts)
    if (post.account == account && (!post.to || day <= *post.to)) out.push_back(post.role);
  return out;
}

Result<Decision> decide_acting(const Circumstances& at, const GrantActing& command) {
  const State& state = at.state;
  const Day today = day_of(at.now, state.zone);
  const Day from = command.from.value_or(today);
  const Post* asked = state.post(command.place);
  if (asked == nullptr) return refusal("post_none", named(command.place));
  const PostId post = TZ_TRY(
      permitted(at, {Right::ActingGrant, nullptr, to_text(Right::ActingGrant)}, asked->unit));
  const Post& place = *TZ_TRY(own_post(state, command.place, today));
  if (auto ended = ended_unit(state, place.unit, today)) return *ended;
  const Post& by = *TZ_TRY(own_post(state, command.by, today));
  // Nor does an administrator give himself somebody's post to act in.
  if (by.account == place.account || by.account == at.actor.account)
    return refusal("acting_for_oneself");
  if (from < today || command.to < from || command.to.number - from.number >= kActingDaysMax)
    return refusal("acting_period", {{"days_max", std::to_string(kActingDaysMax)}});
  if (acted_in(state, place.id, from, command.to)) return refusal("acting_taken");
  if (const auto clash = excluded(*state.policy, roles_from(state, by.account, today), place.role))
    return *clash;
  return Decision{
      post,
      {{ActingGranted{PostId{state.posts.size() + 1}, place.id, by.id, from, command.to}, {}, {}}}};
}

Result<Decision> decide_proposal(const Circumstances& at, const ProposeHandover& command) {
  const State& state = at.state;
  const Post* from = state.post(command.from);
  if (from == nullptr || from->acting) return refusal("post_none", named(command.from));
  const PostId post = TZ_TRY(speaks_for(at, *from, command.disabled));
  const Day today = day_of(at.now, state.zone);
  const Post& to = *TZ_TRY(own_post(state, command.to, today));
  if (to.account == from->account) return refusal("handover_to_oneself");
  const bool there = to.unit == from->unit || to.unit == state.now_of(from->unit, today);
  if (!there || to.role != from->role) return refusal("handover_post_other");
  if (auto ended = ended_unit(state, to.unit, today)) return *ended;
  if (command.list.items.empty()) return refusal("handover_empty");
  TZ_ASSERT(command.list.items.size() <= kHandoverCountMax);
  Decision decision{post, {}};
  for (std::size_t i = 0; i < state.handovers.size(); ++i)
    if (state.handovers[i].open && state.handovers[i].from == from->id)
      decision.events.push_back({HandoverEnded{HandoverId{i + 1}, false}, {}, {}});
  decision.events.push_back({HandoverProposed{HandoverId{state.handovers.size() + 1}, from->id,
                                              to.id, hash_of(command.list)},
                             {},
                             {}});
  return decision;
}

Result<Decision> decide_confirmation(const Circumstances& at, const ConfirmHandover& command) {
  const State& state = at.state;
  const Day today = day_of(at.now, state.zone);
  const Handover& handover = *TZ_TRY(open_handover(state, command.handover));
  const Post& from = *state.post(handover.from);
  const Post& to = *state.post(handover.to);
  PostId post{0};
  if (!program_may(at, Right::HandoverOwn)) {
    // Whoever it does not concern learns nothing of it.
    if (at.actor.account != to.account)
      return refusal("handover_unknown", {{"handover", std::to_string(command.handover.value)}});
    TZ_TRY(admitted(state, at.actor.account, Right::HandoverOwn, today));
    post = to.id;
  }
  if (!to.held_on(today)) return refusal("post_ended", named(to.id));
  Decision decision{post, {}};
  if (hash_of(command.list) != handover.list) return refusal("handover_changed");
  for (const OpenWork& work : command.list.items) {
    if (changed(at, from, work)) return refusal("handover_changed");
    decision.events.push_back(
        {HandedOver{command.handover, from.id, to.id, work.parts}, work.item, {}});
  }
  decision.events.push_back({HandoverEnded{command.handover, true}, {}, {}});
  return decision;
}

Result<Decision> decide_handover_end(const Circumstances& at, const EndHandover& command) {
  const State& state = at.state;
  const Handover& handover = *TZ_TRY(open_handover(state, command.handover));
  const Post& from = *state.post(handover.from);
  const Post& to = *state.post(handover.to);
  PostId post{0};
  if (!program_may(at, Right::HandoverOwn)) {
    const auto mends =
        permitted(at, {Right::HandoverMend, nullptr, to_text(Right::HandoverMend)}, from.unit);
    if (at.actor.account == from.account)
      post = from.id;
    else if (at.actor.account == to.account)
      post = to.id;
    else if (mends.ok())
      post = *mends;
    else
      return refusal("handover_unknown", {{"handover", std::to_string(command.handover.value)}});
  }
  return Decision{post, {{HandoverEnded{command.handover, false}, {}, {}}}};
}

}  // namespace tz::ledger
