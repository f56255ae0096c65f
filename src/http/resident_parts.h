// A unit, its parts and a span of days, as the numbers of services and disputes are asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/call.h"
#include "http/unit_parts.h"
#include "ledger/placed.h"
#include "ledger/policy.h"

namespace tz::http {

struct ResidentQuestion {
  UnitId unit;
  std::optional<Day> from;
  Day to;                               // today, where none is given
  std::vector<rollup::Part> parts;      // those of the page
  std::optional<std::string> next;      // the cursor of the page after
  std::vector<ledger::Interval> own;    // positions of the unit alone,
  std::vector<ledger::Interval> below;  // with all below it,
  std::vector<ledger::Interval> reach;  // and with what an area among its parts covers beyond it

  [[nodiscard]] ledger::PlacedQuestion placed(const ledger::OrgTree& tree) const {
    return {tree, reach, from.value_or(Day{0}), to};
  }
};
// Parts of a table, which whoever saves it wants whole.
constexpr std::size_t kTablePartsMax = 10'000;
// Takes from, to, limit and cursor, and finishes the query. Refuses `unit_unknown`, `query_bad`,
// `cursor_bad`, and `not_permitted` where the caller has not that right over the unit.
Result<ResidentQuestion> read_resident_question(const Call& call, QueryReader& query,
                                                ledger::Right right,
                                                std::size_t parts_max = kPartsMax);

// Sets unit, from, to, next and the stamp.
void set_question(Json& body, const Call& call, const ResidentQuestion& question);

// "12.34", or "—" where there is nothing to count.
std::string percent_cell(std::uint64_t numerator, std::uint64_t denominator);

}  // namespace tz::http
