// Any bytes as a flow file: read as a sound flow or refused with a place, the same both ways.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "ledger/flow.h"
#include "programme/flow_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = tz::as_text({data, size});
  const auto faults = tz::programme::flow_faults(text);
  const auto flow = tz::programme::read_flow(text);
  TZ_ASSERT(flow.ok() == faults.empty());
  for (const tz::Error& fault : faults) TZ_ASSERT(!fault.code.empty());
  if (!flow.ok()) return 0;
  TZ_ASSERT(tz::ledger::check(*flow).empty());
  for (const tz::ledger::Transition& transition : flow->transitions)
    for (std::uint16_t from : transition.from)
      TZ_ASSERT(transition.target(from) < flow->states.size());
  return 0;
}
