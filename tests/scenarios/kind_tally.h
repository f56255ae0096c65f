// The rates of a unit, of one item's kind.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "rollup/rates.h"
#include "support/engine_ledger.h"

namespace tz::test {

// None where there is no such unit or item.
inline std::optional<rollup::RateTally> kind_tally(EngineLedger& ledger, ledger::ItemNo no,
                                                   const std::string& code) {
  const auto now = ledger.engine().published();
  const auto unit = now.state->tree->find(code);
  const auto item = ledger.engine().item(no);
  if (!unit || !item.ok()) return std::nullopt;
  const std::uint8_t kind = *now.state->kind_index(flow_of(*item, *now.state).kind);
  rollup::RateQuestion question;
  question.unit = *unit;
  question.kinds = 1U << kind;
  question.outcomes = std::make_shared<rollup::OutcomeSorts>(now.state->flows);
  return now.view->rates(question).front()[kind];
}

}  // namespace tz::test
