// How a dispute ended is the mediators' word; whether it is so is for the parties to say.
#include "ledger/decide_dispute.h"

#include <algorithm>

#include "ledger/decide_units.h"
#include "ledger/permission.h"

namespace tz::ledger {
namespace {

using Refused = std::optional<Error>;

Facts numbered(DisputeNo no) { return {{"dispute", to_text(no)}}; }

// One that the actor may know of; to all others there is none.
Result<const Dispute*> known(const Circumstances& at, DisputeNo no) {
  const Dispute* dispute = at.state.disputes.find(no);
  if (dispute == nullptr ||
      !may_read(at.state, at.actor.account, *dispute, day_of(at.now, at.state.zone)))
    return refusal("dispute_unknown", numbered(no));
  return dispute;
}

Result<PostId> in_post(const Circumstances& at, Right right, UnitId unit) {
  return permitted(at, {right, nullptr, to_text(right)}, unit);
}

Refused end_fault(const State& state, const GivenEnd& end) {
  const bool referred = end.outcome == DisputeOutcome::Referred;
  if (referred && !end.referred_to) return refusal("field_required", {{"field", "referred_to"}});
  if (!referred && end.referred_to) return refusal("field_bad", {{"field", "referred_to"}});
  if (end.mediators.size() > kMediatorsMax)
    return refusal("list_too_long",
                   {{"field", "mediators"}, {"count_max", std::to_string(kMediatorsMax)}});
  for (const PostId post : end.mediators)
    if (state.post(post) == nullptr) return refusal("post_unknown");
  return std::nullopt;
}

DisputeEnded ending(DisputeNo no, const GivenEnd& end, Day day, PostId post) {
  DisputeEnded event{no, end.outcome, day, end.referred_to, {post}};
  for (const PostId one : end.mediators) {
    auto& all = event.mediators;
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
  }
  return event;
}

// What keeps any answer from a party.
Refused answer_fault(const Dispute& dispute, std::size_t party) {
  if (!dispute.outcome) return refusal("dispute_open", numbered(dispute.no));
  if (party < 1 || party > dispute.parties.size())
    return refusal("party_unknown", {{"party", std::to_string(party)}});
  if (dispute.answers[party - 1] != PartyAnswer::None) return refusal("party_answered");
  return std::nullopt;
}

}  // namespace

UnitId counted_at(const Dispute& dispute, const State& state) {
  return state.tree->counted_at(dispute.unit, dispute.closed());
}

bool may_read(const State& state, AccountId account, const Dispute& dispute, Day day) {
  return may_over(state, account, Right::DisputeRead, counted_at(dispute, state), day);
}

Result<Decision> decide_dispute(const Circumstances& at, const RecordDispute& command) {
  const State& state = at.state;
  TZ_ASSERT(command.unit.value < state.tree->size());
  const PostId post = TZ_TRY(in_post(at, Right::DisputeRecord, command.unit));
  const Day today = day_of(at.now, state.zone);
  if (auto error = ended_unit(state, command.unit, today)) return *error;
  if (state.disputes.find(command.no) != nullptr) return refusal("dispute_number_taken");
  if (command.parties.size() < kPartiesMin || command.parties.size() > kPartiesMax)
    return refusal("parties_count",
                   {{"min", std::to_string(kPartiesMin)}, {"max", std::to_string(kPartiesMax)}});
  if (today < command.day) return refusal("occurred_in_future", {{"day", to_text(command.day)}});
  if (command.returns) {
    const Dispute& earlier = *TZ_TRY(known(at, *command.returns));
    if (!earlier.outcome) return refusal("dispute_open", numbered(earlier.no));
    if (command.day < earlier.ended) return refusal("field_bad", {{"field", "day"}});
  }
  DisputeBrought event{command.no,        command.unit,    command.sort,   command.day,
                       command.code_salt, command.parties, command.returns};
  Decision decision{post, {{std::move(event), {}, {}}}};
  if (!command.end) return decision;
  if (auto error = end_fault(state, *command.end)) return *error;
  decision.events.push_back({ending(command.no, *command.end, command.day, post), {}, {}});
  return decision;
}

Result<Decision> decide_dispute_end(const Circumstances& at, const EndDispute& command) {
  const Dispute& dispute = *TZ_TRY(known(at, command.dispute));
  const PostId post = TZ_TRY(in_post(at, Right::DisputeRecord, counted_at(dispute, at.state)));
  if (dispute.outcome) return refusal("dispute_ended", numbered(dispute.no));
  if (day_of(at.now, at.state.zone) < command.day)
    return refusal("occurred_in_future", {{"day", to_text(command.day)}});
  if (command.day < dispute.day) return refusal("field_bad", {{"field", "day"}});
  if (auto error = end_fault(at.state, command.end)) return *error;
  return Decision{post, {{ending(command.dispute, command.end, command.day, post), {}, {}}}};
}

Result<Decision> decide_party_answer(const Circumstances& at, const AnswerDispute& command) {
  const Dispute* dispute = at.state.disputes.find(command.dispute);
  if (dispute == nullptr || at.state.policy->of(Right::DisputeAnswer).admits != Admits::Anybody)
    return refusal("dispute_unknown", numbered(command.dispute));
  const auto& hashes = dispute->parties;
  // Each is compared, so that the time it takes tells nothing.
  std::size_t party = 0;
  for (std::size_t i = 0; i < hashes.size(); ++i)
    if (same_bytes(hashes[i], command.code_hash)) party = i + 1;
  if (party == 0) return refusal("dispute_unknown", numbered(command.dispute));
  if (auto error = answer_fault(*dispute, party)) return *error;
  return Decision{PostId{0},
                  {{PartyAnswered{command.dispute, static_cast<std::uint16_t>(party),
                                  command.agrees, AnswerWay::Code},
                    {},
                    {}}}};
}

Result<Decision> decide_party_paper(const Circumstances& at, const EnterAnswer& command) {
  const Dispute& dispute = *TZ_TRY(known(at, command.dispute));
  const PostId post = TZ_TRY(in_post(at, Right::DisputeConfirm, counted_at(dispute, at.state)));
  if (auto error = answer_fault(dispute, command.party)) return *error;
  for (const PostId mediator : dispute.mediators)
    if (same_person(at.state, mediator, post)) return refusal("mediator_answers");
  return Decision{
      post,
      {{PartyAnswered{command.dispute, command.party, command.agrees, AnswerWay::Paper}, {}, {}}}};
}

}  // namespace tz::ledger
