// What its unit's posts may read of it, whoever asks may know of its record too.
#include "ledger/resident_sight.h"

#include <algorithm>

#include "ledger/decide_dispute.h"
#include "ledger/decide_item.h"
#include "ledger/lot.h"
#include "ledger/permission.h"

namespace tz::ledger {
namespace {

// The scheme of what tells how many households each unit has, or live how many have signed.
const Scheme* scheme_told(const State& state, const Event& event) {
  std::optional<std::uint16_t> index;
  if (const auto* roster = std::get_if<RosterFrozen>(&event))
    index = state.scheme_of(roster->scheme);
  if (const auto* one = std::get_if<SignatureCounted>(&event)) index = state.scheme_of(one->scheme);
  return index ? state.schemes[*index].get() : nullptr;
}

// The fund of what tells of its book day by day, or who is bound to secrecy.
const Fund* fund_told(const State& state, const Event& event) {
  if (const auto* money = std::get_if<FundMoneyBooked>(&event)) return state.fund(money->fund);
  if (const auto* bound = std::get_if<FundCheckersBound>(&event)) return state.fund(bound->fund);
  return nullptr;
}

// What some of a lot come to says no way. Of a lot before the newest it is not known any more how
// many those were; and where nobody of the newest answered, what stands is of one before.
bool tells_few(const Item& item, const JudgementGiven& whole, std::optional<Seq> record) {
  if (!item.lot || whole.way) return false;
  if (record && *record < item.lot->record) return true;
  const LotCount count = count_of(*item.lot);
  const bool of_before = count.answered == 0 && whole.solved != Verdict::NoAnswer;
  return of_before || !is_done(*item.lot) || is_of_few(count);
}

}  // namespace

bool may_know(const State& state, const Event& event, AccountId account, Day day) {
  if (const auto* one = std::get_if<HandlingRecorded>(&event)) {
    const UnitId unit = state.tree->counted_at(one->unit, one->day);
    return may_over(state, account, Right::HandlingRead, unit, day);
  }
  const auto* roster = std::get_if<RosterPublished>(&event);
  if (roster != nullptr && roster->unit)
    return may_over(state, account, Right::SchemeRead, *roster->unit, day);
  if (const Scheme* scheme = scheme_told(state, event))
    return std::all_of(scheme->units.begin(), scheme->units.end(), [&](UnitId unit) {
      return may_over(state, account, Right::SchemeRead, unit, day);
    });
  if (const Fund* fund = fund_told(state, event))
    return may_over(state, account, Right::FundRead, fund->unit, day);
  std::optional<DisputeNo> no;
  if (const auto* brought = std::get_if<DisputeBrought>(&event)) no = brought->no;
  if (const auto* ended = std::get_if<DisputeEnded>(&event)) no = ended->dispute;
  if (const auto* answered = std::get_if<PartyAnswered>(&event)) no = answered->dispute;
  if (!no) return true;
  const Dispute* dispute = state.disputes.find(*no);
  return dispute != nullptr && may_read(state, account, *dispute, day);
}

bool tells_drawn(const State& state, const Item& item, const Event& event,
                 std::optional<Seq> record) {
  if (const auto* said = std::get_if<JudgementGiven>(&event))
    return said->drawn.has_value() || tells_few(item, *said, record);
  const auto* taken = std::get_if<TransitionTaken>(&event);
  const Transition* step =
      taken == nullptr ? nullptr : flow_of(item, state).transition(taken->transition);
  return step != nullptr && step->act == Act::AskDrawn;
}

bool hears_drawn(const State& state, const Item& item, AccountId account, Day day) {
  for (const Post& post : state.posts_of(account, day)) {
    if (dependence(state, post, item, day)) continue;
    for (const Transition& step : flow_of(item, state).transitions) {
      if (step.act != Act::AskDrawn && step.act != Act::Draw) continue;
      if (stands_in(post, usable(state, step_wish(step), post.role), item, state, day)) return true;
    }
  }
  return false;
}

}  // namespace tz::ledger
