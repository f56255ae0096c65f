// The one way in which the API writes verdicts.
#include "http/verdicts_json.h"

#include "http/rates_json.h"

namespace tz::http {
namespace {

using rollup::Fraction;
using rollup::RateName;
using rollup::RateTally;

// How many answered is no secret, whatever they said.
Json callback_json(const RateTally& tally, const RateTally* whole) {
  const Fraction after = tally.after(RateName::Callback);
  Json out;
  out.set("before", fraction_json(tally.before(RateName::Callback)));
  out.set("after", fraction_json(after));
  out.set("few", after.denominator < rollup::kComparedMin).set("hidden", false);
  out.set("band",
          whole == nullptr
              ? Json()
              : Json(rollup::to_text(rollup::band_of(after, whole->after(RateName::Callback)))));
  return out;
}

}  // namespace

Json verdicts_json(const rollup::VerdictRow& row, const RateTally* whole) {
  const RateTally& tally = row.tally;
  const rollup::VerdictCounts& counts = tally.verdicts;
  const std::uint64_t told = counts.by_code + counts.on_paper + counts.by_phone;
  Json out;
  out.set("closed", tally.before(RateName::Callback).denominator);
  out.set("asked", counts.asked).set("answered", counts.asked - counts.silent);
  out.set("silent", counts.silent).set("by_code", counts.by_code);
  out.set("on_paper", counts.on_paper).set("by_phone", counts.by_phone);
  out.set("otherwise", counts.asked - told).set("unmet", counts.unmet);
  out.set("solved", verdict_share_json(row, RateName::Solved, whole));
  out.set("satisfied", verdict_share_json(row, RateName::Satisfied, whole));
  out.set("callback", callback_json(tally, whole));
  return out;
}

}  // namespace tz::http
