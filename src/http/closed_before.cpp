// One scan of the closed rows of the place and of those that it succeeded, where they still count.
#include "http/closed_before.h"

#include "ledger/command.h"

namespace tz::http {
namespace {

constexpr std::int32_t kDays = 365;
constexpr std::size_t kLookedAtMax = 1000;

bool alike(const ledger::State& state, const ledger::ItemRow& row, const Incoming& incoming) {
  const ledger::OrgTree& tree = *state.tree;
  const ledger::Flow& flow = *state.flows[row.flow];
  return tree.counted_at(row.place, std::nullopt) ==
             tree.counted_at(incoming.place, std::nullopt) &&
         row.category != 0 && (!flow.reports || incoming.report) &&
         flow.categories[row.category - 1U] == *incoming.category;
}

}  // namespace

std::vector<ledger::ItemNo> closed_before(const ledger::State& state, const rollup::View& view,
                                          const Incoming& incoming, Day today) {
  std::vector<ledger::ItemNo> out;
  if (!incoming.category) return out;
  rollup::Filter filter;
  filter.phase = ledger::Phase::Closed;
  filter.closed.from = Day{today.number - kDays};
  rollup::Filter::Sight there;
  for (const UnitId place : state.before_of(incoming.place, today)) {
    const std::uint32_t at = view.tree().position(place);
    there.places.push_back({at, at + 1});
  }
  if (there.places.size() == 1) filter.unit = incoming.place;  // tells most rows apart sooner
  filter.sight = std::move(there);
  for (const rollup::RowIndex index : view.list(filter, std::nullopt, kLookedAtMax)) {
    const ledger::ItemRow row = view.row(index);
    if (!alike(state, row, incoming)) continue;
    out.push_back(row.no);
    if (out.size() == ledger::kClosedBeforeMax) break;
  }
  return out;
}

}  // namespace tz::http
