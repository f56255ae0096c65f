// Rates as JSON: what each counts, out of what, the percentage and its interval, both ways.
#pragma once

#include "base/json.h"
#include "rollup/verdict_cells.h"

namespace tz::http {

// {numerator, denominator, percent, low, high}; null where there is nothing to count.
Json fraction_json(const rollup::Fraction& rate);

// What residents said: as below, and null with `hidden` where too few said it, or where it is kept
// back. Before exclusions only where no few are between the two.
Json verdict_share_json(const rollup::VerdictRow& row, rollup::RateName name,
                        const rollup::RateTally* whole);

// {total, open, closed, done, fixed, stage_done, excluded, dropped, rates, days}. Each rate is
// {before, after, few, hidden, band}; a rate or a number of days without anything to count is null.
// The band is that beside `whole`, of the rate after exclusions; null where there is no whole.
Json rates_json(const rollup::VerdictRow& row, const rollup::RateTally* whole);

}  // namespace tz::http
