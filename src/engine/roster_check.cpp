// The same counting as before the record was made, of the households as they stand at it.
#include "engine/roster_check.h"

#include <algorithm>
#include <map>

#include "rollup/household_totals.h"

namespace tz::engine {
namespace {

using ledger::HouseholdCount;

rollup::RosterQuestion question_about(const ledger::State& state, std::string_view code, Day day) {
  const auto index = state.scheme_of(code);
  TZ_ASSERT(index.has_value());
  rollup::RosterQuestion out;
  out.scheme = static_cast<std::uint16_t>(*index + 1);
  out.units = state.schemes[*index]->units;
  out.day = day;
  return out;
}

std::vector<HouseholdCount> counted_before(const ledger::State& state, std::string_view code) {
  const auto& households = state.schemes[*state.scheme_of(code)]->households;
  return households ? *households : std::vector<HouseholdCount>{};
}

}  // namespace

bool counts_register(const ledger::State& state, const rollup::View& view,
                     const ledger::RosterFrozen& event, Day day) {
  const std::vector<HouseholdCount> all =
      rollup::households_by_unit(view, question_about(state, event.scheme, day));
  std::vector<HouseholdCount> counted = counted_before(state, event.scheme);
  counted.insert(counted.end(), event.households.begin(), event.households.end());
  return counted.size() <= all.size() && std::equal(counted.begin(), counted.end(), all.begin());
}

bool counted_whole(const ledger::State& state, const rollup::View& view, std::string_view scheme,
                   Day day) {
  return counted_before(state, scheme) ==
         rollup::households_by_unit(view, question_about(state, scheme, day));
}

bool rows_of_register(const ledger::State& state, const rollup::View& view,
                      const ledger::RosterPublished& event, Day day) {
  rollup::RosterQuestion question = question_about(state, event.scheme, day);
  if (event.unit)
    question.units = {*event.unit};
  else
    question.depth = rollup::RosterQuestion::Depth::Township;
  std::map<UnitId, std::int64_t> left;
  for (const HouseholdCount& one : rollup::households_by_unit(view, question))
    left[one.unit] = one.households;
  for (const ledger::RosterRow& row : event.rows) {
    std::int64_t sum = 0;
    for (const ledger::RosterCell& cell : row.cells) sum -= cell.households;
    for (const UnitId unit : row.units) {
      const auto of = left.find(unit);
      if (of == left.end()) return false;
      sum += of->second;
      left.erase(of);
    }
    if (sum != 0) return false;
  }
  return left.empty();
}

}  // namespace tz::engine
