// Programmes, requirements and how units stand to them, as JSON.
#pragma once

#include <string>
#include <vector>

#include "http/call.h"
#include "ledger/adopted_programme.h"

namespace tz::http {

// Refuses `programme_unknown`, and `requirement_unknown`.
Result<const ledger::AdoptedProgramme*> programme_named(const ledger::State& state,
                                                        const std::string& id);
Result<const ledger::AdoptedRequirement*> requirement_named(
    const ledger::AdoptedProgramme& programme, const std::string& id);

// {asked, covered, open, met, late, exempt, none_checked, none_claimed}
Json counts_json(const ledger::CoverageCounts& counts);
// What the newest version says of itself: without its requirements.
Json programme_json(const ledger::AdoptedProgramme& programme);
// A requirement with these counts of it, by tier and kind of unit too.
Json requirement_json(const ledger::AdoptedRequirement& requirement,
                      const ledger::CoverageCounts& counts);
// How one unit that is asked stands: {status, since, due, late, answers}. `answers` is what the
// caller may say of it.
void set_standing(Json& out, const Call& call, const ledger::AdoptedRequirement& requirement,
                  std::uint32_t position);

}  // namespace tz::http
