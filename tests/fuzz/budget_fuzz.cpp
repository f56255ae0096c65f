// Any bytes as a budget of what units may be asked for: read or refused; what was read has a figure
// for as many levels as it counts, each in its bounds.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "ledger/burden_budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto budget = tz::ledger::BurdenBudget::parse(tz::as_text({data, size}));
  if (!budget.ok()) {
    TZ_ASSERT(!budget.error().code.empty());
    return 0;
  }
  std::size_t levels = 0;
  for (std::size_t i = 0; i < tz::ledger::kLevelCount; ++i) {
    const auto most = budget->of(static_cast<tz::ledger::Level>(i));
    if (!most) continue;
    TZ_ASSERT(*most >= 0);
    ++levels;
  }
  TZ_ASSERT(levels == budget->count());
  return 0;
}
