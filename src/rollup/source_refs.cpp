// Flows in the order of their adoption, so that what is found is in order.
#include "rollup/source_refs.h"

#include "ledger/item.h"

namespace tz::rollup {

std::vector<SourceRef> source_refs(const ledger::State& state, std::optional<std::string_view> kind,
                                   std::string_view source) {
  std::vector<SourceRef> out;
  for (std::size_t i = 0; i < state.flows.size(); ++i) {
    const ledger::Flow& flow = *state.flows[i];
    const std::uint8_t index = ledger::source_of(flow, source);
    if ((!kind || flow.kind == *kind) && index != 0)
      out.push_back({static_cast<std::uint16_t>(i), index});
  }
  return out;
}

}  // namespace tz::rollup
