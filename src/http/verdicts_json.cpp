// The one way in which the API writes verdicts.
#include "http/verdicts_json.h"

#include "http/rates_json.h"

namespace tz::http {

using rollup::RateName;

Json verdicts_json(const rollup::RateTally& tally, const rollup::RateTally* whole) {
  const rollup::VerdictCounts& counts = tally.verdicts;
  const std::uint64_t told = counts.by_code + counts.on_paper + counts.by_phone;
  Json out;
  out.set("closed", tally.before(RateName::Callback).denominator);
  out.set("asked", counts.asked).set("answered", counts.asked - counts.silent);
  out.set("silent", counts.silent).set("by_code", counts.by_code);
  out.set("on_paper", counts.on_paper).set("by_phone", counts.by_phone);
  out.set("otherwise", counts.asked - told).set("unmet", counts.unmet);
  for (const RateName name : {RateName::Solved, RateName::Satisfied, RateName::Callback})
    out.set(std::string(rollup::to_text(name)), rate_json(tally, name, whole));
  return out;
}

}  // namespace tz::http
