// Finding a quantity, and whether it is enough.
#include "ledger/quantity.h"

namespace tz::ledger {

const Quantity* find_quantity(const std::vector<Quantity>& quantities, std::string_view id) {
  for (const Quantity& quantity : quantities)
    if (quantity.id == id) return &quantity;
  return nullptr;
}

bool reaches(const Quantity& measured, const Quantity& wanted) {
  return wanted.bound == Bound::AtMost ? measured.value <= wanted.value
                                       : measured.value >= wanted.value;
}

}  // namespace tz::ledger
