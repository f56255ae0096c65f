// What a page of rates or of verdicts was asked for, and what is then counted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "http/call.h"
#include "http/unit_parts.h"
#include "rollup/view.h"

namespace tz::http {

struct RatesQuery {
  UnitId unit;
  std::vector<std::uint8_t> kinds;  // those shown of the unit
  std::size_t limit = kPartsMax;
  std::optional<std::string> cursor;
  std::string period = "opened";
  rollup::DaySpan days;
};

// Takes from the query: kind, limit, cursor, from, to, period; and finishes it. The unit is the
// first of the path. Refuses `query_bad`, `unit_unknown` and `kind_unknown`.
Result<RatesQuery> read_rates_query(const Call& call, QueryReader& query);

// Of those kinds and days, at the unit and at each part.
rollup::RateQuestion rate_question(const Call& call, const RatesQuery& query,
                                   const std::vector<rollup::Part>& parts);

// What is counted. Of what residents said of a period, or until a day of the past, whoever could
// take two of them from each other would learn what came in between, which may be one answer: it is
// told to those alone who work over the unit. Everybody is told of all days together.
std::vector<rollup::KindRates> told_rates(const Call& call, const RatesQuery& query,
                                          const rollup::RateQuestion& question);

// {unit, period, from, to}: what the page is of.
void set_rates_query(Json& page, const Call& call, const RatesQuery& query);

// {kind, title} and, after them, the members of `numbers`.
Json kind_row_json(const Call& call, std::uint8_t kind, const Json& numbers);

}  // namespace tz::http
