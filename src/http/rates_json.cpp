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

Json rate_json(const RateTally& tally, RateName name, const RateTally* whole) {
  const auto after_of = [&](const RateTally& of) {
    const rollup::ToldShare* told = of.told(name);
    return told == nullptr ? of.after(name) : told->kept;
  };
  const Fraction after = after_of(tally);
  const rollup::ToldShare* told = tally.told(name);
  const Fraction before = told == nullptr ? tally.before(name) : told->before();
  const std::uint64_t kept_back =
      told == nullptr ? 0 : tally.before(name).denominator - before.denominator;
  const bool hidden = after.denominator == 0 && tally.after(name).denominator > 0;
  Json out;
  out.set("before", fraction_json(before)).set("after", fraction_json(after));
  out.set("few", after.denominator < rollup::kComparedMin);
  out.set("hidden", hidden).set("kept_back", kept_back);
  out.set("band", whole == nullptr
                      ? Json()
                      : Json(rollup::to_text(rollup::band_of(after, after_of(*whole)))));
  return out;
}

Json rates_json(const RateTally& tally, const RateTally* whole) {
  const auto phase = [&](ledger::Phase one) { return tally.phases[static_cast<std::size_t>(one)]; };
  Json rates;
  for (std::size_t i = 0; i < rollup::kRateCount; ++i) {
    const auto name = static_cast<RateName>(i);
    rates.set(std::string(rollup::to_text(name)), rate_json(tally, name, whole));
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
