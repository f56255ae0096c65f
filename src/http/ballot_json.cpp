// The tables have what the JSON has.
#include "http/ballot_json.h"

#include <algorithm>

#include "base/csv.h"
#include "http/csv_table.h"
#include "http/render.h"

namespace tz::http {
namespace {

using ledger::Ballot;

bool is_chosen(const Ballot& ballot, ledger::ItemNo no) {
  const auto& chosen = ballot.held.chosen;
  return std::find(chosen.begin(), chosen.end(), no) != chosen.end();
}

}  // namespace

Result<Json> ballot_json(const ledger::OrgTree& tree, const Ballot& ballot,
                         const KnownCandidate& known) {
  JsonArray candidates;
  for (const ledger::CandidateVotes& one : ballot.held.candidates) {
    const auto told = TZ_TRY(known(one.item));
    Json each;
    each.set("item", told ? Json(told->item) : Json());
    each.set("title", told && told->title ? Json(*told->title) : Json());
    each.set("for", one.in_favour).set("against", one.against).set("abstained", one.abstained);
    each.set("chosen", is_chosen(ballot, one.item));
    candidates.push_back(std::move(each));
  }
  Json out;
  out.set("ballot", ballot.held.ballot.value);
  out.set("unit", unit_json(tree, ballot.held.unit));
  out.set("body", ledger::to_text(ballot.held.body)).set("day", to_text(ballot.held.day));
  out.set("places", ballot.held.places).set("candidates", std::move(candidates));
  out.set("record", ballot.record.value);
  return out;
}

Result<std::string> votes_csv(const BallotWords& told, const Ballot& ballot) {
  std::vector<std::string> names;
  for (const char* name : {"item", "title", "for", "against", "abstained", "chosen"})
    names.push_back(told.words.text("results.column_" + std::string(name)));
  std::string rows = csv_row(names);
  for (const ledger::CandidateVotes& one : ballot.held.candidates) {
    const Candidate known = TZ_TRY(told.known(one.item)).value_or(Candidate{});
    rows += csv_row({known.item, known.title.value_or(""), std::to_string(one.in_favour),
                     std::to_string(one.against), std::to_string(one.abstained),
                     is_chosen(ballot, one.item) ? "1" : "0"});
  }
  return rows;
}

Result<std::string> ballots_csv(const BallotWords& told,
                                const std::vector<const Ballot*>& ballots) {
  CsvTable table(told.words, {"ballot", "unit", "name", "body", "day", "places", "item", "title",
                              "for", "against", "abstained", "chosen", "record"});
  for (const Ballot* ballot : ballots) {
    const ledger::BallotHeld& held = ballot->held;
    for (const ledger::CandidateVotes& one : held.candidates) {
      const Candidate known = TZ_TRY(told.known(one.item)).value_or(Candidate{});
      table.add({std::to_string(held.ballot.value), address_of(told.tree, held.unit),
                 std::string(told.tree.name(held.unit)),
                 told.words.text("ballot_body." + std::string(ledger::to_text(held.body))),
                 to_text(held.day), std::to_string(held.places), known.item,
                 known.title.value_or(""), std::to_string(one.in_favour),
                 std::to_string(one.against), std::to_string(one.abstained),
                 table.truth(is_chosen(*ballot, one.item)), std::to_string(ballot->record.value)});
    }
  }
  return table.text();
}

}  // namespace tz::http
