// Schemes, households by stage and public rosters, as JSON and as tables.
#pragma once

#include <string>
#include <vector>

#include "http/call.h"
#include "ledger/resettlement.h"
#include "rollup/view.h"

namespace tz::http {

// Of one stage, in words of that language.
std::string stage_text(const Messages& words, ledger::HouseholdStage stage);

// {scheme, name, units, register_day, households, signed, term, in_effect, lapsed}
Json scheme_json(const Call& call, const ledger::Scheme& scheme);

// {households, signed, splits, splits_signed, stages: {registered: 3, …}, signing, paying}; the two
// last are rates of all households.
Json household_counts_json(const rollup::HouseholdCounts& counts);

// {scheme, number, audience, unit, first, last, position, published, rows}; it shows nobody.
Json roster_json(const Call& call, const ledger::Scheme& scheme, std::size_t number);

// As ItemRow has a scheme.
std::uint16_t row_scheme(const ledger::State& state, const ledger::Scheme& scheme);

}  // namespace tz::http
