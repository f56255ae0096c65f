// Listing how many an item concerns, drawing whom to ask, and taking down what they say.
#include <algorithm>

#include "ledger/acting.h"
#include "ledger/decide_item.h"
#include "ledger/lot.h"
#include "ledger/verdict.h"

namespace tz::ledger {
namespace {

Refused number_out(const char* field, std::uint64_t least, std::uint64_t most) {
  return refusal(
      "field_out_of_range",
      {{"field", field}, {"least", std::to_string(least)}, {"most", std::to_string(most)}});
}

Refused list_affected(Acting& a) {
  for (const char* field : {"affected", "asked", "digest"})
    if (auto error = required(field, a.input)) return error;
  const std::uint16_t closure = closing_that_stands(a.item);
  const std::uint32_t affected = *a.input.affected;
  if (affected < 1 || affected > kAffectedMax) return number_out("affected", 1, kAffectedMax);
  const std::uint32_t least = std::min<std::uint32_t>(kAskedMin, affected);
  const std::uint32_t most = std::min<std::uint32_t>(kAskedMax, affected);
  if (*a.input.asked < least || *a.input.asked > most) return number_out("asked", least, most);
  a.add(AffectedListed{closure, affected, *a.input.asked, *a.input.digest});
  return std::nullopt;
}

Refused draw(Acting& a) {
  const std::uint16_t closure = closing_that_stands(a.item);
  const Lot* lot = lot_of(a.item, closure);
  TZ_ASSERT(lot != nullptr);
  if (!a.input.root) return refusal("field_required", {{"field", "root"}});
  a.add(LotDrawn{closure, draw_position(lot->record), *a.input.root});
  return std::nullopt;
}

Refused ask_drawn(Acting& a) {
  for (const char* field : {"drawn", "solved"})
    if (auto error = required(field, a.input)) return error;
  const std::uint16_t closure = closing_that_stands(a.item);
  const Lot* lot = lot_of(a.item, closure);
  TZ_ASSERT(lot != nullptr);
  const auto one = std::find_if(lot->drawn.begin(), lot->drawn.end(), [&](const DrawnAnswer& each) {
    return each.number == *a.input.drawn;
  });
  const Facts which = {{"number", std::to_string(*a.input.drawn)}};
  if (one == lot->drawn.end()) return refusal("not_drawn", which);
  if (one->done()) return refusal("drawn_answered", which);
  if (auto error = said_fault(a.input)) return error;
  JudgementGiven said = said_by(a.input, closure);
  said.drawn = *a.input.drawn;
  a.add(said);
  Lot after = *lot;
  take(after, said);
  if (!is_done(after)) return std::nullopt;
  const JudgementGiven whole = verdict_of(after);
  a.add(whole);
  if (!goes_back(whole, a.transition, a.item, a.at.state)) return std::nullopt;
  a.to = *a.transition.to_if_unsatisfied;
  return closure == 0 ? Refused{} : begin_again(a, closure);
}

}  // namespace

Refused ask_many(Acting& a) {
  if (a.transition.act == Act::ListAffected) return list_affected(a);
  return a.transition.act == Act::Draw ? draw(a) : ask_drawn(a);
}

}  // namespace tz::ledger
