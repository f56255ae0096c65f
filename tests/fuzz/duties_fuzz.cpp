// Any bytes as a list of what communities may lead: read or refused; every row that was read lets
// that community lead.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "ledger/duty_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto duties = tz::ledger::DutyList::parse(tz::as_text({data, size}));
  if (!duties.ok()) {
    TZ_ASSERT(!duties.error().code.empty());
    return 0;
  }
  for (const tz::ledger::ListedDuty& duty : duties->all()) {
    const tz::Day day = duty.from ? *duty.from : duty.to ? *duty.to : tz::Day{20'000};
    TZ_ASSERT(duties->lets_lead({duty.kind, duty.category, duty.division, day}));
  }
  return 0;
}
