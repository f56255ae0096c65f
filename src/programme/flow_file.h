// Flow files: a kind's states and transitions as an office writes them, read and checked.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/flow.h"

namespace tz::programme {

// The flow a file describes, sound by ledger::check; else the first of its faults. A pure function
// of the text, used on replay too: a file once adopted has to be accepted for ever, so a stricter
// rule needs a new type version of the event FlowAdopted.
Result<ledger::Flow> read_flow(std::string_view text);

// The faults of a flow file (kFaultCountMax at most) in the order of their lines, each with the
// facts `line` and `column` (in characters, from one) and what was expected there; empty when
// read_flow accepts it. Whether the flow contradicts itself is looked at only once its words are
// right.
std::vector<Error> flow_faults(std::string_view text);

}  // namespace tz::programme
