// One scan of the closed rows below the place; the place itself is what counts.
#include "http/closed_before.h"

#include "ledger/command.h"

namespace tz::http {

std::vector<ledger::ItemNo> closed_before(const ledger::State& state, const rollup::View& view,
                                          const Incoming& incoming, Day today) {
  constexpr std::int32_t kDays = 365;
  constexpr std::size_t kLookedAtMax = 1000;
  std::vector<ledger::ItemNo> out;
  if (!incoming.category) return out;
  rollup::Filter filter;
  filter.unit = incoming.place;
  filter.phase = ledger::Phase::Closed;
  filter.closed.from = Day{today.number - kDays};
  for (const rollup::RowIndex index : view.list(filter, std::nullopt, kLookedAtMax)) {
    const ledger::ItemRow row = view.row(index);
    const ledger::Flow& flow = *state.flows[row.flow];
    if (row.place != incoming.place || row.category == 0) continue;
    if (flow.reports && !incoming.report) continue;
    if (flow.categories[row.category - 1U] != *incoming.category) continue;
    out.push_back(row.no);
    if (out.size() == ledger::kClosedBeforeMax) break;
  }
  return out;
}

}  // namespace tz::http
