// The one way in which the API writes verdicts.
#include "http/verdicts_json.h"

#include "http/rates_json.h"
#include "rollup/verdict_cells.h"

namespace tz::http {
namespace {

using rollup::Fraction;
using rollup::RateName;
using rollup::RateTally;

// What was answered, with the excluded and with what cannot be met, and without. Where only few are
// between the two, the one would tell the other.
Json share_json(const RateTally& tally, RateName name, bool kept_back, const RateTally* whole) {
  const Fraction after = tally.after(name);
  const Fraction before = tally.before(name);
  const std::uint64_t between = before.denominator - after.denominator;
  const bool shown = rollup::verdicts_shown(after) && !kept_back;
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
  out.set("solved", share_json(tally, RateName::Solved, row.solved_kept_back, whole));
  out.set("satisfied", share_json(tally, RateName::Satisfied, row.satisfied_kept_back, whole));
  out.set("callback", callback_json(tally, whole));
  return out;
}

}  // namespace tz::http
