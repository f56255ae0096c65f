// A result quantity: how many of what, how sure, and as of which day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "ledger/phase.h"

namespace tz::ledger {

// From which side a criterion is reached.
enum class Bound : std::uint8_t { AtLeast, AtMost };
std::string_view to_text(Bound bound);
std::optional<Bound> bound_named(std::string_view name);

struct Quantity {
  std::string id;    // a code: "parking_spaces"
  std::string unit;  // a code: "space"
  std::int64_t value = 0;
  Qualifier qualifier = Qualifier::Exact;
  std::optional<Day> as_of;
  std::optional<std::int64_t> baseline;  // of a criterion: how many there were before the work
  std::optional<Bound> bound;            // of a criterion; none: at least that many
  friend bool operator==(const Quantity&, const Quantity&) = default;
};

// The one of that id; a null pointer if there is none.
const Quantity* find_quantity(const std::vector<Quantity>& quantities, std::string_view id);
// Whether what was measured reaches what a criterion wants.
bool reaches(const Quantity& measured, const Quantity& wanted);

}  // namespace tz::ledger
