// Adding with bounds and with doubts.
#include "rollup/quantity_sum.h"

#include <limits>

namespace tz::rollup {

using ledger::Qualifier;

Qualifier weaker(Qualifier a, Qualifier b) {
  if (a == Qualifier::About || b == Qualifier::About) return Qualifier::About;
  if (a == Qualifier::Over || b == Qualifier::Over) return Qualifier::Over;
  return Qualifier::Exact;
}

void add_value(std::int64_t& sum, Qualifier& qualifier, std::int64_t value) {
  if (!__builtin_add_overflow(sum, value, &sum)) return;
  using Limits = std::numeric_limits<std::int64_t>;
  sum = value > 0 ? Limits::max() : Limits::min();
  qualifier = weaker(qualifier, value > 0 ? Qualifier::Over : Qualifier::About);
}

void count_in(QuantitySum& sum, std::int64_t value, Qualifier qualifier) {
  sum.qualifier = weaker(sum.qualifier, qualifier);
  add_value(sum.value, sum.qualifier, value);
  ++sum.item_count;
}

}  // namespace tz::rollup
