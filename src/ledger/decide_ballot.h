// Recording a ballot: once, for all its candidates.
#pragma once

#include "ledger/decide.h"

namespace tz::ledger {

// Refuses `ballot_too_few`, `ballot_tied`, `candidate_twice`, `candidate_not_ready`,
// `candidate_outside`, beside what any step of a candidate may be refused for.
Result<Decision> decide_ballot(const Circumstances& at, const RecordBallot& command);

}  // namespace tz::ledger
