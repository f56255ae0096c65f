// The one way in which the API writes verdicts.
#include "http/verdicts_json.h"

#include "http/rates_json.h"
#include "rollup/verdict_cells.h"

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

std::vector<bool> kept_back(const std::vector<RateTally>& tallies, RateName name) {
  std::vector<std::uint64_t> answers;
  answers.reserve(tallies.size());
  for (const RateTally& one : tallies) answers.push_back(one.after(name).denominator);
  return rollup::kept_back(answers);
}

}  // namespace

std::vector<VerdictRow> verdict_rows(const std::vector<RateTally>& tallies) {
  const std::vector<bool> solved = kept_back(tallies, RateName::Solved);
  const std::vector<bool> satisfied = kept_back(tallies, RateName::Satisfied);
  std::vector<VerdictRow> out;
  for (std::size_t i = 0; i < tallies.size(); ++i)
    out.push_back({tallies[i], solved[i], satisfied[i]});
  return out;
}

Json verdicts_json(const VerdictRow& row, const RateTally* whole) {
  const RateTally& tally = row.tally;
  const rollup::VerdictCounts& counts = tally.verdicts;
  const std::uint64_t told = counts.by_code + counts.on_paper + counts.by_phone;
  Json out;
  out.set("closed", tally.before(RateName::Callback).denominator);
  out.set("asked", counts.asked).set("answered", counts.asked - counts.silent);
  out.set("silent", counts.silent).set("by_code", counts.by_code);
  out.set("on_paper", counts.on_paper).set("by_phone", counts.by_phone);
  out.set("otherwise", counts.asked - told).set("unmet", counts.unmet);
  out.set("solved", verdict_share_json(tally, RateName::Solved, row.solved_kept_back, whole));
  out.set("satisfied",
          verdict_share_json(tally, RateName::Satisfied, row.satisfied_kept_back, whole));
  out.set("callback", callback_json(tally, whole));
  return out;
}

}  // namespace tz::http
