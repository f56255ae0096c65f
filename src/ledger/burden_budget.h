// How much a unit may be asked for in a month, by level, as adopted by the ledger.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "ledger/programme.h"

namespace tz::ledger {

class BurdenBudget {
 public:
  // The first row names the columns: level,per_month,basis. Each level stands once. Refuses
  // `budget_malformed` (facts: line, column, why), and what is no table.
  static Result<BurdenBudget> parse(std::string_view text);

  // Of everybody together; none: nothing is refused for it.
  [[nodiscard]] std::optional<std::int32_t> of(Level level) const {
    return budget_[static_cast<std::size_t>(level)];
  }
  [[nodiscard]] std::size_t count() const;  // levels that have one

 private:
  std::array<std::optional<std::int32_t>, kLevelCount> budget_{};
};

}  // namespace tz::ledger
