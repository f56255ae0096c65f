// Every number stands beside what it is of.
#include "http/resettlement_json.h"

#include "http/render.h"

namespace tz::http {

using ledger::HouseholdStage;

std::string stage_text(const Messages& words, HouseholdStage stage) {
  return words.text("household_stage." + std::string(ledger::to_text(stage)));
}

std::uint16_t row_scheme(const ledger::State& state, const ledger::Scheme& scheme) {
  const auto index = state.scheme_of(scheme.code);
  TZ_ASSERT(index.has_value());
  return static_cast<std::uint16_t>(*index + 1);
}

Json scheme_json(const Call& call, const ledger::Scheme& scheme) {
  const bool counted = scheme.households != nullptr;
  Json term;
  if (scheme.term) {
    term.set("first", to_text(scheme.term->first)).set("last", to_text(scheme.term->last));
    term.set("percent", scheme.term->percent ? Json(*scheme.term->percent) : Json());
  }
  Json out;
  out.set("scheme", scheme.code).set("name", scheme.name);
  out.set("units", units_json(call.tree(), scheme.units));
  out.set("register_day", scheme.closed ? Json(to_text(scheme.register_day)) : Json());
  out.set("households", counted ? Json(scheme.household_count) : Json());
  out.set("signed", scheme.signed_count);
  const auto of = static_cast<std::uint64_t>(scheme.household_count);
  out.set("signing", rate_json(static_cast<std::uint64_t>(scheme.signed_count), of));
  out.set("term", std::move(term)).set("in_effect", day_json(scheme.in_effect));
  out.set("holds", scheme.holds()).set("lapsed", scheme.lapsed(call.today));
  return out;
}

Json household_counts_json(const rollup::HouseholdCounts& counts) {
  Json stages;
  for (std::size_t i = 1; i < ledger::kHouseholdStageCount; ++i)
    stages.set(std::string(ledger::to_text(static_cast<HouseholdStage>(i))), counts.stages[i]);
  const std::uint32_t all = counts.households();
  Json out;
  out.set("households", all).set("signed", counts.has_signed).set("splits", counts.splits);
  out.set("splits_signed", counts.splits_signed).set("stages", std::move(stages));
  out.set("signing", rate_json(counts.has_signed, all));
  out.set("paying", rate_json(counts.from_on(HouseholdStage::Paid), all));
  return out;
}

Json roster_json(const Call& call, const ledger::Scheme& scheme, std::size_t number) {
  const ledger::PublishedRoster& roster = *scheme.rosters.at(number - 1);
  JsonArray rows;
  for (const ledger::RosterRow& row : roster.rows) {
    JsonArray cells;
    for (const ledger::RosterCell& cell : row.cells) {
      Json one;
      one.set("first", ledger::to_text(cell.first)).set("last", ledger::to_text(cell.last));
      one.set("households", cell.households);
      cells.push_back(std::move(one));
    }
    Json one;
    one.set("units", units_json(call.tree(), row.units)).set("cells", std::move(cells));
    rows.push_back(std::move(one));
  }
  Json out;
  out.set("scheme", scheme.code).set("name", scheme.name).set("number", number);
  out.set("audience", ledger::to_text(roster.audience));
  out.set("unit", unit_json(call.tree(), roster.unit));
  out.set("first", to_text(roster.first)).set("last", to_text(roster.last));
  out.set("position", roster.position).set("published", call.instant_text(roster.published));
  out.set("rows", std::move(rows));
  return out;
}

}  // namespace tz::http
