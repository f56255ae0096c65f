// A source by its code, as rows of every version of a flow that knows it have it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ledger/state.h"
#include "rollup/view.h"

namespace tz::rollup {

// Of that kind, or of all kinds; sorted, empty where no flow knows it.
std::vector<SourceRef> source_refs(const ledger::State& state, std::optional<std::string_view> kind,
                                   std::string_view source);

}  // namespace tz::rollup
