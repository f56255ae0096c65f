// Rates as JSON: what each counts, out of what, the percentage and its interval, both ways.
#pragma once

#include "base/json.h"
#include "rollup/rates.h"

namespace tz::http {

// {numerator, denominator, percent, low, high}; null where there is nothing to count.
Json fraction_json(const rollup::Fraction& rate);

// {before, after, few, hidden, kept_back, band} of one rate, null where there is nothing to count.
// `few` under 30, where nothing is compared; the band is that beside `whole`, of the rate after
// exclusions, null where there is no whole. Of verdicts it is what is told: `kept_back` counts
// answers of which it is not told what they were, `hidden` where no other is in the rate.
Json rate_json(const rollup::RateTally& tally, rollup::RateName name,
               const rollup::RateTally* whole);

// {total, open, closed, done, fixed, stage_done, excluded, dropped, rates, days}; the days without
// anything to count are null.
Json rates_json(const rollup::RateTally& tally, const rollup::RateTally* whole);

}  // namespace tz::http
