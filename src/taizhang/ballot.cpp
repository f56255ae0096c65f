// taizhang ballot list, record, show: ballots on what is done next.
#include <fmt/core.h>

#include <charconv>

#include "http/ballot_json.h"
#include "taizhang/asking.h"
#include "taizhang/commands.h"
#include "taizhang/file_check.h"
#include "taizhang/password.h"
#include "taizhang/reading.h"

namespace tz::program {
namespace {

using ledger::Ballot;

// Whoever owns the folder may know of all items; their titles are sealed, and reading opens none.
Result<std::optional<http::Candidate>> known(ledger::ItemNo no) {
  return std::optional(http::Candidate{ledger::to_text(no), {}});
}

http::BallotWords told(const Speech& speech, const ledger::State& state) {
  return {Messages::of(speech.language), *state.tree, &known};
}

// Of a unit and all below it, the newest first.
Result<std::vector<const Ballot*>> ballots_of(const ledger::State& state, const std::string& code) {
  const auto unit = state.tree->find(code);
  if (!unit) return refusal("unit_unknown", {{"unit", code}});
  std::vector<const Ballot*> out;
  for (std::size_t i = state.ballots.size(); i > 0; --i) {
    const Ballot& ballot = *state.ballots[i - 1];
    if (state.tree->within(ballot.held.unit, *unit)) out.push_back(&ballot);
  }
  return out;
}

Result<const Ballot*> ballot_of(const ledger::State& state, const std::string& text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [at, fault] = std::from_chars(text.data(), end, number);
  const Ballot* ballot =
      fault == std::errc{} && at == end ? state.ballot(ledger::BallotId{number}) : nullptr;
  if (ballot == nullptr) return refusal("ballot_unknown", {{"ballot", text}});
  return ballot;
}

Result<std::string> list_text(const ReadLedger& read, const BallotOptions& options,
                              const Speech& speech) {
  const ledger::State& state = read.world.state;
  const std::vector<const Ballot*> ballots = TZ_TRY(ballots_of(state, options.unit));
  if (!speech.json) return http::ballots_csv(told(speech, state), ballots);
  JsonArray rows;
  for (const Ballot* ballot : ballots)
    rows.push_back(TZ_TRY(http::ballot_json(*state.tree, *ballot, &known)));
  Json out;
  out.set("position", read.view->position()).set("ballots", std::move(rows));
  return out.dump() + "\n";
}

Result<std::string> votes_text(const ReadLedger& read, const BallotOptions& options,
                               const Speech& speech) {
  const ledger::State& state = read.world.state;
  const Ballot& ballot = *TZ_TRY(ballot_of(state, options.ballot));
  if (!speech.json) return http::votes_csv(told(speech, state), ballot);
  return TZ_TRY(http::ballot_json(*state.tree, ballot, &known)).dump() + "\n";
}

}  // namespace

int run_ballot_list(const BallotOptions& options, const Speech& speech) {
  return print_read(options.folder, speech,
                    [&](const ReadLedger& read) { return list_text(read, options, speech); });
}

int run_ballot_show(const BallotOptions& options, const Speech& speech) {
  return print_read(options.folder, speech,
                    [&](const ReadLedger& read) { return votes_text(read, options, speech); });
}

int run_ballot_record(const BallotOptions& options, const Speech& speech) {
  const auto operation = operation_by_token("ballot_record", options.file, options.token_file);
  if (!operation.ok()) return speech.refuse(operation.error());
  return ask_and_print(options.folder, *operation, speech, [&](const Json& answer) {
    speech.say("cli.ballot.recorded", {{"ballot", answer.find("ballot")->dump()}});
  });
}

}  // namespace tz::program
