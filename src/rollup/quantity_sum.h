// Sums of result quantities: as sure as their least sure part.
#pragma once

#include <cstdint>
#include <string>

#include "ledger/phase.h"

namespace tz::rollup {

// A sum of one result quantity over several items.
struct QuantitySum {
  std::string id;
  std::string unit;
  std::int64_t value = 0;
  ledger::Qualifier qualifier = ledger::Qualifier::Exact;
  std::uint32_t item_count = 0;
  friend bool operator==(const QuantitySum&, const QuantitySum&) = default;
};

// `about` if either is approximate, because nothing is then a bound any more, else `over` if either
// is only a lower bound.
ledger::Qualifier weaker(ledger::Qualifier a, ledger::Qualifier b);

// Adds. A sum beyond 64 bits stays at the greatest (or least) number and is marked over (about).
void add_value(std::int64_t& sum, ledger::Qualifier& qualifier, std::int64_t value);

// Counts what one item has of it.
void count_in(QuantitySum& sum, std::int64_t value, ledger::Qualifier qualifier);

}  // namespace tz::rollup
