// One pass over the items, adding by indicator.
#include "rollup/model_totals.h"

#include <map>
#include <string>
#include <utility>

#include "ledger/phase.h"
#include "ledger/progress.h"

namespace tz::rollup {
namespace {

using Name = std::pair<std::string, std::string>;  // id and unit of measure

// A sum of money is never so large in truth; a false one stays at its bound.
void add_money(std::int64_t& sum, const std::optional<std::int64_t>& fen) {
  ledger::Qualifier unused = ledger::Qualifier::Exact;
  add_value(sum, unused, fen.value_or(0));
}

}  // namespace

ModelTotals model_totals(const ledger::State& state, std::span<const ledger::Item> items) {
  ModelTotals out;
  std::map<Name, ModelTotal> by_name;
  const auto total_of = [&](const std::string& id, const std::string& unit) -> ModelTotal& {
    ModelTotal& total = by_name[{id, unit}];
    for (QuantitySum* sum : {&total.target, &total.reached, &total.verified}) {
      sum->id = id;
      sum->unit = unit;
    }
    return total;
  };
  for (const ledger::Item& item : items) {
    if (phase_of(item, state) == ledger::Phase::Dropped) continue;
    ++out.item_count;
    const bool fixed = row_of(item, state).fixed;
    out.closed_fixed += fixed ? 1 : 0;
    const ledger::ItemProgress progress = progress_of(item);
    for (const ledger::Indicator& one : progress.indicators) {
      ModelTotal& total = total_of(one.wanted.id, one.wanted.unit);
      count_in(total.target, one.wanted.value, one.wanted.qualifier);
      if (one.actual && !fixed) count_in(total.reached, one.actual->value, one.actual->qualifier);
    }
    for (const ledger::ItemQuantity& one : quantities_of(item)) {
      count_in(total_of(one.id, one.unit).verified, one.value, one.qualifier);
      count_in(total_of(one.id, one.unit).reached, one.value, one.qualifier);
    }
    add_money(out.funds.planned, item.funds.planned_fen);
    add_money(out.funds.in_place, item.funds.in_place_fen);
    add_money(out.funds.paid, item.funds.paid_fen);
  }
  for (auto& [name, total] : by_name) out.indicators.push_back(std::move(total));
  return out;
}

}  // namespace tz::rollup
