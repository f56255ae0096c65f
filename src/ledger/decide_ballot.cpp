// One ballot moves all its candidates: those with most votes on, the others off the list.
#include "ledger/decide_ballot.h"

#include <algorithm>
#include <set>

#include "ledger/clock.h"
#include "ledger/decide_item.h"
#include "ledger/decide_units.h"
#include "ledger/given_text.h"

namespace tz::ledger {
namespace {

using Refused = std::optional<Error>;

Refused counts_fault(const RecordBallot& command, Day today) {
  if (command.candidates.size() > kListCountMax)
    return refusal("list_too_long",
                   {{"field", "candidates"}, {"count_max", std::to_string(kListCountMax)}});
  if (command.places < 1) return refusal("field_bad", {{"field", "places"}});
  if (today < command.day) return refusal("occurred_in_future", {{"day", to_text(command.day)}});
  std::set<ItemNo> seen;
  for (const CandidateVotes& one : command.candidates) {
    for (const std::int64_t votes : {one.in_favour, one.against, one.abstained})
      if (votes < 0 || votes > kVotesMax) return refusal("field_bad", {{"field", "candidates"}});
    if (!seen.insert(one.item).second)
      return refusal("candidate_twice", {{"item", to_text(one.item)}});
  }
  return std::nullopt;
}

// The step by which a ballot moves it from where it is; a null pointer if there is none.
const Transition* ballot_step(const Item& item, const State& state) {
  for (const Transition& step : flow_of(item, state).transitions)
    if (step.act == Act::Ballot && step.leaves(item.state)) return &step;
  return nullptr;
}

// A candidate that may be voted on there, with its step.
struct Candidate {
  const Item* item = nullptr;
  const Transition* step = nullptr;
};
Result<Candidate> candidate_of(const Circumstances& at, const RecordBallot& command, ItemNo no) {
  const Item* item = TZ_TRY(item_in_sight(at, no));
  const Facts which = {{"item", to_text(no)},
                       {"unit", std::string(at.state.tree->code(command.unit))}};
  const Transition* step = ballot_step(*item, at.state);
  if (step == nullptr) return refusal("candidate_not_ready", which);
  if (!at.state.tree->within(counted_at(*item, item->place, at.state), command.unit))
    return refusal("candidate_outside", which);
  const PostId post = TZ_TRY(permitted(at, step_wish(*step), *item));
  if (auto error = guarded(at, *step, *item, {}, post)) return *error;
  return Candidate{item, step};
}

}  // namespace

Result<Decision> decide_ballot(const Circumstances& at, const RecordBallot& command) {
  TZ_ASSERT(command.unit.value < at.state.tree->size());
  const Wish wish{Right::BallotRecord, nullptr, to_text(Right::BallotRecord)};
  const PostId post = TZ_TRY(permitted(at, wish, command.unit));
  if (auto error = counts_fault(command, day_of(at.now, at.state.zone))) return *error;
  if (auto error = ended_unit(at.state, command.unit, command.day)) return *error;
  if (auto error = text_fault({"text", kTextCharsMax}, command.text)) return *error;
  Circumstances in_it = at;
  in_it.actor.post = post;
  std::vector<Candidate> candidates;
  for (const CandidateVotes& one : command.candidates)
    candidates.push_back(TZ_TRY(candidate_of(in_it, command, one.item)));
  const std::vector<ItemNo> chosen = TZ_TRY(chosen_by(command.candidates, command.places));

  const BallotId ballot{at.state.ballots.size() + 1};
  std::vector<LabelledText> texts;
  if (!command.text.empty()) texts.push_back({"text", command.text});
  Decision decision{post,
                    {{BallotHeld{ballot, command.unit, command.body, command.day, command.places,
                                 command.candidates, chosen},
                      {},
                      std::move(texts)}}};
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const CandidateVotes& votes = command.candidates[i];
    const Item& item = *candidates[i].item;
    const Transition& step = *candidates[i].step;
    const bool wins = std::find(chosen.begin(), chosen.end(), votes.item) != chosen.end();
    TZ_ASSERT(step.to_if_unsatisfied.has_value());
    const std::uint16_t to = wins ? step.target(item.state) : *step.to_if_unsatisfied;
    const Flow& flow = flow_of(item, at.state);
    decision.events.push_back(
        {VotesCounted{ballot, votes.in_favour, votes.against, votes.abstained, wins}, item.no, {}});
    TZ_TRY(turn_clocks(at, item, step, to, {}, decision.events));
    decision.events.push_back(
        {TransitionTaken{step.id, flow.states[item.state].id, flow.states[to].id}, item.no, {}});
  }
  return decision;
}

}  // namespace tz::ledger
