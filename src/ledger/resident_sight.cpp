// What its unit's posts may read of it, whoever asks may know of its record too.
#include "ledger/resident_sight.h"

#include "ledger/decide_dispute.h"
#include "ledger/permission.h"

namespace tz::ledger {

bool may_know(const State& state, const Event& event, AccountId account, Day day) {
  if (const auto* one = std::get_if<HandlingRecorded>(&event)) {
    const UnitId unit = state.tree->counted_at(one->unit, one->day);
    return may_over(state, account, Right::HandlingRead, unit, day);
  }
  std::optional<DisputeNo> no;
  if (const auto* brought = std::get_if<DisputeBrought>(&event)) no = brought->no;
  if (const auto* ended = std::get_if<DisputeEnded>(&event)) no = ended->dispute;
  if (const auto* answered = std::get_if<PartyAnswered>(&event)) no = answered->dispute;
  if (!no) return true;
  const Dispute* dispute = state.disputes.find(*no);
  return dispute != nullptr && may_read(state, account, *dispute, day);
}

}  // namespace tz::ledger
