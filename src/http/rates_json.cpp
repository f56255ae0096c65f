// The one way in which the program and the API write a rate.
#include "http/rates_json.h"

namespace tz::http {
namespace {

using rollup::DayCounts;
using rollup::Fraction;
using rollup::RateName;
using rollup::RateTally;

Json days_json(const DayCounts& days) {
  const auto median = days.nearest_rank(50);
  const auto most = days.nearest_rank(90);
  if (!median || !most) return {};
  Json out;
  out.set("count", days.count()).set("median", *median).set("p90", *most);
  return out;
}

}  // namespace

Json fraction_json(const Fraction& rate) {
  const auto percent = rollup::percent_hundredths(rate);
  const auto interval = rollup::wilson(rate);
  if (!percent || !interval) return {};
  Json out;
  out.set("numerator", rate.numerator).set("denominator", rate.denominator);
  out.set("percent", rollup::percent_text(*percent));
  out.set("low", rollup::percent_text(interval->low));
  out.set("high", rollup::percent_text(interval->high));
  return out;
}

Json rates_json(const RateTally& tally, const RateTally* whole) {
  const auto phase = [&](ledger::Phase one) { return tally.phases[static_cast<std::size_t>(one)]; };
  Json rates;
  for (std::size_t i = 0; i < rollup::kRateCount; ++i) {
    const auto name = static_cast<RateName>(i);
    const Fraction after = tally.after(name);
    Json each;
    each.set("before", fraction_json(tally.before(name))).set("after", fraction_json(after));
    each.set("few", after.denominator < rollup::kComparedMin);
    each.set("band", whole == nullptr
                         ? Json()
                         : Json(rollup::to_text(rollup::band_of(after, whole->after(name)))));
    rates.set(std::string(rollup::to_text(name)), std::move(each));
  }
  Json days;
  days.set("before", days_json(tally.days_before())).set("after", days_json(tally.days_kept));
  Json out;
  out.set("total", tally.total()).set("open", tally.open());
  out.set("closed", phase(ledger::Phase::Closed)).set("done", tally.done);
  out.set("fixed", tally.fixed).set("stage_done", tally.stage_done);
  out.set("excluded", tally.excluded).set("dropped", phase(ledger::Phase::Dropped));
  out.set("rates", std::move(rates)).set("days", std::move(days));
  return out;
}

}  // namespace tz::http
