// What a model and all its copies bring together (docs/projects.md).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ledger/item.h"
#include "ledger/state.h"
#include "rollup/quantity_sum.h"

namespace tz::rollup {

// Of one indicator, by its id and its unit of measure.
struct ModelTotal {
  QuantitySum target;
  QuantitySum reached;   // as verified where one is closed as fixed, else as reported last
  QuantitySum verified;  // of those closed as fixed
  friend bool operator==(const ModelTotal&, const ModelTotal&) = default;
};
// In fen.
struct ModelFunds {
  std::int64_t planned = 0;
  std::int64_t in_place = 0;
  std::int64_t paid = 0;
  friend bool operator==(const ModelFunds&, const ModelFunds&) = default;
};
struct ModelTotals {
  std::vector<ModelTotal> indicators;  // in order of id and unit
  ModelFunds funds;
  std::uint32_t item_count = 0;  // that are on the list, closed ones too
  std::uint32_t closed_fixed = 0;
};
// Over those of the items that were not dropped; each is to be given once.
ModelTotals model_totals(const ledger::State& state, std::span<const ledger::Item> items);

}  // namespace tz::rollup
