// Deciding about programmes: adopting one, what units answer to it, and sealing how they stand.
#pragma once

#include "ledger/decide.h"

namespace tz::ledger {

// Refuses as read_programme, `programme_tiers_unsealed` (facts: tiers, tiers_max),
// `programmes_full` (facts: count_max), and `programme_kept` where the version is no newer than the
// last.
Result<Decision> decide_programme(const Circumstances& at, const AdoptProgramme& command);
// Refuses `programme_unknown`, `requirement_unknown`, `requirement_not_asked` (facts: unit),
// `requirement_answered` and `requirement_not_answered` (facts: unit, status), `judges_own_answer`
// (facts: unit), `units_of_several_posts`, `quorum_missed` (facts: needed, expected),
// `problems_missing`, `problem_elsewhere`, `item_unknown` and `item_twice` (facts: item),
// `unit_twice`, `list_too_long`, `field_required` and `field_bad`, and as text_fault.
Result<Decision> decide_requirement(const Circumstances& at, const AnswerRequirement& command);
// For the program alone. Refuses `coverage_moved` where it has changed since the root was made.
Result<Decision> decide_seal(const Circumstances& at, const SealCoverage& command);

// What the account may say today of a unit, as that stands now; none where it is not asked. Whether
// its answer is borne out is seen when it comes.
std::vector<CoverageStatus> answers_open(const State& state, AccountId account,
                                         const AdoptedRequirement& requirement, UnitId unit,
                                         Day today);

}  // namespace tz::ledger
