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

Json verdict_share_json(const rollup::VerdictRow& row, RateName name, const RateTally* whole) {
  const Fraction after = row.tally.after(name);
  const Fraction before = row.tally.before(name);
  const std::uint64_t between = before.denominator - after.denominator;
  const bool shown = rollup::verdicts_shown(after) && !row.keeps_back(name);
  // Where only few are between the two, the one would tell the other.
  const bool both = shown && (between == 0 || between >= rollup::kVerdictsShownMin);
  Json out;
  out.set("before", both ? fraction_json(before) : Json());
  out.set("after", shown ? fraction_json(after) : Json());
  out.set("few", after.denominator < rollup::kComparedMin);
  out.set("hidden", !shown && after.denominator > 0);
  const bool compared = shown && whole != nullptr;
  out.set("band",
          compared ? Json(rollup::to_text(rollup::band_of(after, whole->after(name)))) : Json());
  return out;
}

Json rates_json(const rollup::VerdictRow& row, const RateTally* whole) {
  const RateTally& tally = row.tally;
  const auto phase = [&](ledger::Phase one) { return tally.phases[static_cast<std::size_t>(one)]; };
  Json rates;
  for (std::size_t i = 0; i < rollup::kRateCount; ++i) {
    const auto name = static_cast<RateName>(i);
    const std::string word(rollup::to_text(name));
    if (name == RateName::Solved || name == RateName::Satisfied) {
      rates.set(word, verdict_share_json(row, name, whole));
      continue;
    }
    const Fraction after = tally.after(name);
    Json each;
    each.set("before", fraction_json(tally.before(name))).set("after", fraction_json(after));
    each.set("few", after.denominator < rollup::kComparedMin).set("hidden", false);
    each.set("band", whole == nullptr
                         ? Json()
                         : Json(rollup::to_text(rollup::band_of(after, whole->after(name)))));
    rates.set(word, std::move(each));
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
