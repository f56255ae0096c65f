// The sheet a clerk fills in: empty as a template, or his own rows back with what is wrong marked.
#pragma once

#include <span>
#include <string>

#include "base/message.h"
#include "base/result.h"
#include "base/table.h"
#include "base/time.h"
#include "ledger/state.h"

namespace tz::exchange {

constexpr std::size_t kUnitsListedMax = 500;
constexpr std::size_t kMarksMax = 5'000;  // cells marked; the sheet says so where there are more

// All of it outlives the writing.
struct ItemSheetPlan {
  const ledger::State& state;
  std::string kind;  // one the state has
  UnitId unit;       // rows without a unit will belong to it
  const Messages& words;
  Language language = Language::Chinese;
  Instant instant;
};

// The ledger's columns with drop-downs for source, fix class and the units from `unit` down (by
// levels, at most kUnitsListedMax; others may be typed), and a sheet that explains them. Fails with
// `storage_failed` or `storage_full`.
Result<std::string> item_template(const ItemSheetPlan& plan);

// The same sheet with this table's rows, each where it stood; a faulty cell is coloured and has the
// sentences of its faults as a comment, a faulty row has them at its first cell.
Result<std::string> marked_items(const ItemSheetPlan& plan, const Table& table,
                                 std::span<const CellFault> faults);

}  // namespace tz::exchange
