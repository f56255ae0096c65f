// Rates as JSON: what each counts, out of what, the percentage and its interval, both ways.
#pragma once

#include "base/json.h"
#include "rollup/rates.h"

namespace tz::http {

// {numerator, denominator, percent, low, high}; null where there is nothing to count.
Json fraction_json(const rollup::Fraction& rate);

// {total, open, closed, done, fixed, stage_done, excluded, dropped, rates, days}. Each rate is
// {before, after, few, band}; a rate or a number of days without anything to count is null. The
// band is that beside `whole`, of the rate after exclusions; null where there is no whole.
Json rates_json(const rollup::RateTally& tally, const rollup::RateTally* whole);

}  // namespace tz::http
