// Deciding about programmes: adopting one, what units answer to it, and sealing how they stand.
#pragma once

#include "ledger/decide.h"

namespace tz::ledger {

// Refuses as read_programme, and `programme_kept` where the version is no newer than the last.
Result<Decision> decide_programme(const Circumstances& at, const AdoptProgramme& command);
// Refuses `programme_unknown`, `requirement_unknown`, `requirement_not_asked` (facts: unit),
// `requirement_answered` and `requirement_not_answered` (facts: unit, status), `judges_own_answer`,
// `quorum_missed` (facts: needed, expected), `problems_missing`, `problem_elsewhere` (facts: item),
// `field_required` and `field_bad`.
Result<Decision> decide_requirement(const Circumstances& at, const AnswerRequirement& command);
// For the program alone. Refuses `coverage_moved` where it has changed since the root was made.
Result<Decision> decide_seal(const Circumstances& at, const SealCoverage& command);

}  // namespace tz::ledger
