// A loan has no unit that leads.
#include "ledger/deadline_keeper.h"

namespace tz::ledger {

bool has_keeper(const State& state, ItemNo no, const std::optional<UnitId>& lead) {
  if (lead) return true;
  const Fund* fund = state.fund_of(no);
  return fund != nullptr && fund->loan(no)->payer.has_value();
}

}  // namespace tz::ledger
