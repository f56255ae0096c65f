// Steps that wait, by the acts of a flow and the phases they lead to.
#include "ledger/waiting.h"

#include <algorithm>

namespace tz::ledger {
namespace {

bool judged(const Item& item) {
  return item.judgement && item.judgement->closure == item.closures.size();
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
    case Act::Close:
    case Act::Judge:
    case Act::Abstract:
    case Act::Approve:
    case Act::AgreeOpening:
      return true;
    case Act::Assign:
      return from == Phase::Listed || from == Phase::Disputed;
    case Act::Move:
      return target != state && to != Phase::Disputed && to != Phase::Suspended &&
             to != Phase::Dropped;
    case Act::Return:
    case Act::Reopen:
    case Act::Merge:
    case Act::Extend:
    case Act::Revise:
    case Act::Question:
    case Act::AskOpening:
    case Act::HandOut:
    case Act::Prolong:
      return false;
  }
  return false;
}

std::vector<Offer> waiting(const State& state, AccountId account, const Item& item, Instant now) {
  const Flow& flow = flow_of(item, state);
  std::vector<Offer> out = offers(state, account, item, now);
  std::erase_if(out, [&](const Offer& offer) {
    return offer.refusal || !moves_on(flow, *offer.transition, item.state) ||
           (offer.transition->act == Act::Judge && judged(item)) ||
           (offer.transition->act == Act::Abstract && item.report && item.report->draft);
  });
  return out;
}

std::vector<std::pair<std::uint16_t, std::uint16_t>> states_that_wait(const State& state,
                                                                      Role role) {
  std::vector<std::pair<std::uint16_t, std::uint16_t>> out;
  for (std::size_t at = 0; at < state.flows.size(); ++at) {
    const Flow& flow = *state.flows[at];
    for (const Transition& transition : flow.transitions) {
      const bool its = std::any_of(transition.who.begin(), transition.who.end(),
                                   [&](const Who& who) { return who.role == role; });
      if (!its) continue;
      for (const std::uint16_t from : transition.from)
        if (moves_on(flow, transition, from))
          out.emplace_back(static_cast<std::uint16_t>(at), from);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace tz::ledger
