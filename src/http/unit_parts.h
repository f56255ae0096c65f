// The parts of a unit with their totals, page by page: what a drill-down shows.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "http/call.h"
#include "rollup/by_child.h"

namespace tz::http {

constexpr std::size_t kPartsMax = 200;  // a page

// On the day of the numbers, which around midnight is not yet that of the call.
std::vector<rollup::Part> parts_of(const Call& call, UnitId unit);

// Where a page begins: after the part of that code, or with the first. Refuses `cursor_bad`.
Result<std::size_t> first_of_page(const ledger::OrgTree& tree,
                                  const std::vector<rollup::Part>& parts,
                                  const std::optional<std::string>& cursor);

struct PartsQuestion {
  std::size_t limit = kPartsMax;
  std::optional<std::string> cursor;  // the code of the last part of the page before
};

// {rows, next} of the visible children by place, then of the members that an area has today; each
// row is {unit, kind, placeholder, leaf, overlaps, totals}. `overlaps`: what it counts may stand
// in other rows too. Refuses `cursor_bad`.
Result<Json> parts_json(const Call& call, UnitId unit, const PartsQuestion& question);

// {weeks} of the last weeks, Monday to Sunday, that of the day shown last, over all kinds that the
// caller may see. One scan of the rows: not on a connection's thread.
Json trend_json(const Call& call, UnitId unit);

}  // namespace tz::http
