// Kind by kind, month by month; the months that are published already stand in the state.
#include "engine/figures.h"

#include <algorithm>

#include "rollup/public_figures.h"

namespace tz::engine {
namespace {

// The month in which the first item that counts came in.
std::optional<Day> first_month(const rollup::View& view, const rollup::Filter& countable) {
  const auto oldest = view.select(
      countable, {rollup::Order::By::Opened, rollup::Order::Direction::Ascending}, {{}, 0, 1});
  if (oldest.rows.empty()) return std::nullopt;
  return first_of_month(view.row(oldest.rows.front()).opened);
}

}  // namespace

Result<std::size_t> publish_figures(Engine& engine, Instant now) {
  const Published seen = engine.published();
  const ledger::State& state = *seen.state;
  const Day today = day_of(now, state.zone);
  std::size_t count = 0;
  for (std::size_t kind = 0; kind < state.kinds.size(); ++kind) {
    const auto index = static_cast<std::uint8_t>(kind);
    const auto flow = state.flow_of(state.kinds[kind]);
    if (state.flows[*flow]->totals != ledger::TotalsAudience::Scope) continue;
    const rollup::Filter countable = rollup::countable(*seen.view, *state.accusations, index);
    const auto first = first_month(*seen.view, countable);
    if (!first) continue;
    for (Day month = *first; next_month(month) <= today && count < kFigureMonthsMax;
         month = next_month(month)) {
      if (state.public_month(index, month) != nullptr) continue;
      TZ_TRY(engine.submit_and_wait(
          {ledger::PublishFigures{state.kinds[kind], month,
                                  rollup::public_figures(*seen.view, countable, month)},
           {},
           {},
           {}}));
      ++count;
    }
  }
  return count;
}

}  // namespace tz::engine
