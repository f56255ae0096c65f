// Steps that wait, by the acts of a flow and the phases they lead to.
#include "ledger/waiting.h"

#include <algorithm>

namespace tz::ledger {
namespace {

// Whether an open part is the unit's of the post in which it would be reported done.
bool has_part(const State& state, const Item& item, const Offer& offer, Day today) {
  const Post* post = offer.post ? state.post(*offer.post) : nullptr;
  return post != nullptr &&
         std::any_of(item.parts.begin(), item.parts.end(), [&](const UnitPart& part) {
           return !part.done && !part.ended && state.now_of(part.unit, today) == post->unit;
         });
}

// A look-back waits in the last days before its limit, not from the closing on.
bool far_off(const Item& item, const Transition& transition, Instant now) {
  constexpr std::int64_t kBeforeDays = 14;
  const Guard* guard = transition.guard(GuardKind::ClockOpen);
  if (guard == nullptr) return false;
  const ItemClock* clock = clock_of(item, static_cast<std::uint16_t>(guard->number));
  return clock != nullptr && clock->due.us - now.us > kBeforeDays * kDayUs;
}

// A step that takes an item out of the reckoning is always open, and one that finds that it cannot
// be met as long as somebody is not satisfied: neither waits for anybody.
bool only_excludes(const Flow& flow, const Transition& transition) {
  return !transition.outcomes.empty() &&
         std::all_of(transition.outcomes.begin(), transition.outcomes.end(),
                     [&](std::uint16_t outcome) {
                       return flow.outcomes[outcome].excluded || flow.outcomes[outcome].unmet;
                     });
}

// Whether what anybody could do at any time need not be done now.
bool idle(const State& state, const Item& item, const Offer& offer, Instant now) {
  switch (offer.transition->act) {
    case Act::Judge:
      return item.judged || item.tries >= kTriesEnough || waits_for_other(item, state);
    case Act::Abstract:
      return item.report && item.report->draft;
    case Act::Contribute:
      return !has_part(state, item, offer, day_of(now, state.zone));
    case Act::LookBack:
      return far_off(item, *offer.transition, now);
    default:
      return false;
  }
}

}  // namespace

bool moves_on(const Flow& flow, const Transition& transition, std::uint16_t state) {
  const std::uint16_t target = transition.target(state);
  const Phase from = flow.states[state].phase;
  const Phase to = flow.states[target].phase;
  switch (transition.act) {
    case Act::Plan:
    case Act::Report:
    case Act::Review:
    case Act::Check:
    case Act::Publicise:
    case Act::Judge:
    case Act::Draw:
    case Act::AskDrawn:
    case Act::Abstract:
    case Act::Approve:
    case Act::AgreeOpening:
    case Act::Contribute:
    case Act::LookBack:
    case Act::AskClosing:
    case Act::Commit:
    case Act::Pay:
    case Act::WriteOff:
    case Act::Actuals:
    case Act::Sign:
      return true;
    case Act::Close:
      return !only_excludes(flow, transition);
    case Act::Assign:
      return from == Phase::Listed || from == Phase::Disputed;
    case Act::Move:
      // From a public notice the closing leads on; whoever objects to it does so unasked.
      return target != state && from != Phase::Notice && to != Phase::Disputed &&
             to != Phase::Suspended && to != Phase::Dropped;
    case Act::Return:
    case Act::Reopen:
    case Act::Merge:
    case Act::Extend:
    case Act::Revise:
    case Act::Question:
    case Act::AskOpening:
    case Act::HandOut:
    case Act::Prolong:
    case Act::CallIn:
    case Act::Assess:
    case Act::Split:
    case Act::AddSource:
    case Act::ListAffected:
    case Act::Link:
    case Act::Recuse:
    case Act::Repay:
    case Act::Ballot:
    case Act::Change:
    case Act::Revoke:
      return false;
  }
  return false;
}

std::vector<Offer> waiting(const State& state, AccountId account, const Item& item, Instant now) {
  const Flow& flow = flow_of(item, state);
  std::vector<Offer> out = offers(state, account, item, now);
  std::erase_if(out, [&](const Offer& offer) {
    return offer.refusal || !moves_on(flow, *offer.transition, item.state) ||
           idle(state, item, offer, now);
  });
  return out;
}

bool waits_for_deadline(const Flow& flow, const Transition& transition, std::uint16_t state) {
  if (transition.guard(GuardKind::DeadlineOver) != nullptr) return true;
  const bool drawn = transition.act == Act::Draw || transition.act == Act::AskDrawn;
  return drawn && is_open(flow.states[state].phase) && flow.asks_at_deadline();
}

std::vector<std::pair<std::uint16_t, std::uint16_t>> states_that_wait(const State& state, Role role,
                                                                      WaitsFrom from) {
  using States = std::vector<std::pair<std::uint16_t, std::uint16_t>>;
  States ever;
  States late;
  for (std::size_t at = 0; at < state.flows.size(); ++at) {
    const Flow& flow = *state.flows[at];
    for (const Transition& transition : flow.transitions) {
      const bool its = std::any_of(transition.who.begin(), transition.who.end(),
                                   [&](const Who& who) { return who.role == role; });
      if (!its) continue;
      for (const std::uint16_t index : transition.from)
        if (moves_on(flow, transition, index))
          (waits_for_deadline(flow, transition, index) ? late : ever)
              .emplace_back(static_cast<std::uint16_t>(at), index);
    }
  }
  for (States* some : {&ever, &late}) {
    std::sort(some->begin(), some->end());
    some->erase(std::unique(some->begin(), some->end()), some->end());
  }
  if (from == WaitsFrom::Ever) return ever;
  std::erase_if(late,
                [&](const auto& one) { return std::binary_search(ever.begin(), ever.end(), one); });
  return late;
}

}  // namespace tz::ledger
