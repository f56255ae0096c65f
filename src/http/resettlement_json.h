// Schemes, households by stage and public rosters, as JSON and as tables.
#pragma once

#include <string>
#include <vector>

#include "http/call.h"
#include "http/csv_table.h"
#include "ledger/resettlement.h"
#include "rollup/by_child.h"
#include "rollup/view.h"

namespace tz::http {

// Of one stage, in words of that language.
std::string stage_text(const Messages& words, ledger::HouseholdStage stage);

// {scheme, name, units, register_day, households, signed, term, in_effect, lapsed}
Json scheme_json(const ledger::OrgTree& tree, const ledger::Scheme& scheme, Day today);
// The same of several.
struct SchemeWords {
  const Messages& words;
  const ledger::OrgTree& tree;
  Day today;
};
std::string schemes_csv(const SchemeWords& told, const std::vector<const ledger::Scheme*>& schemes);

// {households, signed, splits, splits_signed, stages: {registered: 3, …}, signing, paying}; the two
// last are rates of all households.
Json household_counts_json(const rollup::HouseholdCounts& counts);

// Those of these parts that have households.
struct CountedPart {
  rollup::Part part;
  rollup::HouseholdCounts counts;
};
std::vector<CountedPart> counted_parts(const rollup::View& view, std::uint16_t scheme,
                                       const std::vector<rollup::Part>& parts);
// How far the households of each are.
std::string stages_csv(const SchemeWords& told, const std::vector<CountedPart>& parts);

// {scheme, number, audience, unit, first, last, position, published, rows}; it shows nobody.
Json roster_json(const Call& call, const ledger::Scheme& scheme, std::size_t number);

// A row for each number in it.
void add_roster(const Call& call, const ledger::Scheme& scheme, std::size_t number,
                CsvTable& table);
// The columns of a table of these.
const std::vector<std::string>& roster_columns();

// As ItemRow has a scheme.
std::uint16_t row_scheme(const ledger::State& state, const ledger::Scheme& scheme);

}  // namespace tz::http
