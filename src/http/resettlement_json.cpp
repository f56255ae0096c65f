// Every number stands beside what it is of.
#include "http/resettlement_json.h"

#include "base/csv.h"
#include "http/render.h"

namespace tz::http {
namespace {

using ledger::HouseholdStage;

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : "; ") + text;
  return out;
}

std::string addresses_of(const ledger::OrgTree& tree, const std::vector<UnitId>& units) {
  std::vector<std::string> out;
  out.reserve(units.size());
  for (const UnitId unit : units) out.push_back(address_of(tree, unit));
  return joined(out);
}

std::string names_of(const ledger::OrgTree& tree, const std::vector<UnitId>& units) {
  std::vector<std::string> out;
  out.reserve(units.size());
  for (const UnitId unit : units) out.emplace_back(tree.name(unit));
  return joined(out);
}

}  // namespace

std::string stage_text(const Messages& words, HouseholdStage stage) {
  return words.text("household_stage." + std::string(ledger::to_text(stage)));
}

std::uint16_t row_scheme(const ledger::State& state, const ledger::Scheme& scheme) {
  const auto index = state.scheme_of(scheme.code);
  TZ_ASSERT(index.has_value());
  return static_cast<std::uint16_t>(*index + 1);
}

Json scheme_json(const ledger::OrgTree& tree, const ledger::Scheme& scheme, Day today) {
  const bool counted = scheme.households != nullptr;
  Json term;
  if (scheme.term) {
    term.set("first", to_text(scheme.term->first)).set("last", to_text(scheme.term->last));
    term.set("percent", scheme.term->percent ? Json(*scheme.term->percent) : Json());
  }
  Json out;
  out.set("scheme", scheme.code).set("name", scheme.name);
  out.set("units", units_json(tree, scheme.units));
  out.set("register_day", scheme.closed ? Json(to_text(scheme.register_day)) : Json());
  out.set("households", counted ? Json(scheme.household_count) : Json());
  out.set("signed", scheme.signed_count);
  const auto of = static_cast<std::uint64_t>(scheme.household_count);
  out.set("signing", rate_json(static_cast<std::uint64_t>(scheme.signed_count), of));
  out.set("term", std::move(term)).set("in_effect", day_json(scheme.in_effect));
  out.set("holds", scheme.holds()).set("lapsed", scheme.lapsed(today));
  return out;
}

std::string schemes_csv(const SchemeWords& told,
                        const std::vector<const ledger::Scheme*>& schemes) {
  CsvTable table(told.words,
                 {"scheme", "title", "units", "name", "register_day", "households", "signed",
                  "term_first", "term_last", "percent_needed", "in_effect", "holds", "lapsed"});
  const auto day = [](const std::optional<Day>& one) { return one ? to_text(*one) : ""; };
  for (const ledger::Scheme* scheme : schemes) {
    const auto& term = scheme->term;
    const bool conditional = term && term->percent;
    table.add({scheme->code, scheme->name, addresses_of(told.tree, scheme->units),
               names_of(told.tree, scheme->units),
               scheme->closed ? to_text(scheme->register_day) : "",
               scheme->households ? std::to_string(scheme->household_count) : "",
               std::to_string(scheme->signed_count), term ? to_text(term->first) : "",
               term ? to_text(term->last) : "", conditional ? std::to_string(*term->percent) : "",
               day(scheme->in_effect), table.truth(scheme->holds()),
               table.truth(scheme->lapsed(told.today))});
  }
  return table.text();
}

std::vector<CountedPart> counted_parts(const rollup::View& view, std::uint16_t scheme,
                                       const std::vector<rollup::Part>& parts) {
  std::vector<CountedPart> out;
  for (const rollup::Part& part : parts) {
    const rollup::HouseholdCounts counts = view.households(part.unit, scheme);
    if (counts.households() + counts.splits > 0) out.push_back({part, counts});
  }
  return out;
}

std::string stages_csv(const SchemeWords& told, const std::vector<CountedPart>& parts) {
  const auto word = [&](const char* key) { return told.words.text(std::string("scheme.") + key); };
  std::vector<std::string> head = {word("unit_code"), word("unit"), word("households")};
  for (std::size_t i = 1; i < ledger::kHouseholdStageCount; ++i)
    head.push_back(stage_text(told.words, static_cast<HouseholdStage>(i)));
  for (const char* key : {"signed", "splits", "splits_signed"}) head.push_back(word(key));
  std::string out = csv_row(head);
  for (const CountedPart& each : parts) {
    std::vector<std::string> cells = {std::string(told.tree.code(each.part.unit)),
                                      std::string(told.tree.name(each.part.unit)),
                                      std::to_string(each.counts.households())};
    for (std::size_t i = 1; i < ledger::kHouseholdStageCount; ++i)
      cells.push_back(std::to_string(each.counts.stages[i]));
    for (const std::uint32_t count :
         {each.counts.has_signed, each.counts.splits, each.counts.splits_signed})
      cells.push_back(std::to_string(count));
    out += csv_row(cells);
  }
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

const std::vector<std::string>& roster_columns() {
  static const std::vector<std::string> kColumns = {
      "scheme",    "title", "roster", "audience",    "from",       "to",
      "published", "units", "name",   "stage_first", "stage_last", "households"};
  return kColumns;
}

void add_roster(const Call& call, const ledger::Scheme& scheme, std::size_t number,
                CsvTable& table) {
  const ledger::PublishedRoster& roster = *scheme.rosters.at(number - 1);
  const std::string audience =
      roster.unit ? call.words().text("roster.affected",
                                      {{"unit", std::string(call.tree().name(*roster.unit))}})
                  : call.words().text("roster.everybody");
  for (const ledger::RosterRow& row : roster.rows)
    for (const ledger::RosterCell& cell : row.cells)
      table.add({scheme.code, scheme.name, std::to_string(number), audience, to_text(roster.first),
                 to_text(roster.last), call.instant_text(roster.published),
                 addresses_of(call.tree(), row.units), names_of(call.tree(), row.units),
                 stage_text(call.words(), cell.first), stage_text(call.words(), cell.last),
                 std::to_string(cell.households)});
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
