// Deciding what concerns work groups: sending one, who is in it, ending it, where it has been.
#pragma once

#include "ledger/decide.h"

namespace tz::ledger {

Result<Decision> decide_mandate(const Circumstances& at, const MandateWorkGroup& command);
Result<Decision> decide_members(const Circumstances& at, const ChangeMembers& command);
Result<Decision> decide_group_end(const Circumstances& at, const EndWorkGroup& command);
Result<Decision> decide_visit(const Circumstances& at, const RecordVisit& command);

}  // namespace tz::ledger
