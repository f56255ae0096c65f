// Adding up counts.
#include "rollup/view.h"

namespace tz::rollup {

PhaseCounts& PhaseCounts::operator+=(const PhaseCounts& other) {
  for (std::size_t phase = 0; phase < ledger::kPhaseCount; ++phase) {
    count[phase] += other.count[phase];
    overdue[phase] += other.overdue[phase];
  }
  closed_fixed += other.closed_fixed;
  reopened += other.reopened;
  return *this;
}

Totals& Totals::operator+=(const Totals& other) {
  for (std::size_t kind = 0; kind < ledger::kKindCountMax; ++kind) kinds[kind] += other.kinds[kind];
  return *this;
}

}  // namespace tz::rollup
