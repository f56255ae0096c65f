// The lines of a scenario about households that move.
#include "base/embedded.h"
#include "ledger/roster_difference.h"
#include "rollup/household_totals.h"
#include "scenarios/line.h"
#include "scenarios/player.h"

namespace tz::test {

using namespace ledger;

namespace {

Fault unless(const std::string& is, const std::string& wanted) {
  if (is == wanted) return std::nullopt;
  return fault("it is " + is);
}

std::string yes_no(bool yes) { return yes ? "yes" : "no"; }

// What a view has of a scheme, whose index is given.
rollup::RosterQuestion asked_of(const State& state, std::uint16_t scheme, Day day) {
  rollup::RosterQuestion question;
  question.scheme = static_cast<std::uint16_t>(scheme + 1);
  question.units = state.schemes[scheme]->units;
  question.day = day;
  return question;
}

}  // namespace

// scheme PERSON CODE open units= | close | freeze | sign first= last= [percent=]
Fault Player::run_scheme(const Words& words) {
  const auto person = words.size() >= 4 ? persons_.find(words[1]) : persons_.end();
  auto given = given_of(words, 4);
  if (person == persons_.end() || !given.ok()) return fault("scheme PERSON CODE WHAT is needed");
  const std::string& code = words[2];
  if (words[3] == "open") {
    OpenScheme command{code, "第三批征迁", {}};
    const auto units = named_units(taken(*given, "units"));
    if (!units.ok()) return fault("units are needed");
    command.units = *units;
    // The kind comes with the first of them.
    if (!ledger_.engine().published().state->kind_index("household")) {
      const auto adopted =
          ledger_.set_up(AdoptFlow{std::string(embedded_file("flows/household.yaml"))});
      if (!adopted.ok()) return fault("refused: " + to_text(adopted.error()));
    }
    return ask(person->second, std::move(command));
  }
  if (words[3] == "close") return ask(person->second, CloseRegister{code});
  if (words[3] == "freeze") {
    const engine::Published now = ledger_.engine().published();
    FreezeRoster command{code, now.size, {}};
    if (const auto index = now.state->scheme_of(code))
      command.households =
          rollup::households_by_unit(*now.view, asked_of(*now.state, *index, day_));
    return ask(person->second, std::move(command));
  }
  const auto first = parse_day(taken(*given, "first"));
  const auto last = parse_day(taken(*given, "last"));
  if (words[3] != "sign" || !first.ok() || !last.ok()) return fault("cannot be read");
  return ask(person->second, OpenSigning{code, *first, *last, number_in(taken(*given, "percent"))});
}

// households PERSON CODE UNIT COUNT: registered one after another.
Fault Player::add_households(const Words& words) {
  const auto person = words.size() == 5 ? persons_.find(words[1]) : persons_.end();
  const auto count = words.size() == 5 ? number_in(words[4]) : std::nullopt;
  if (person == persons_.end() || !count)
    return fault("households PERSON CODE UNIT COUNT is needed");
  for (std::int64_t i = 0; i < *count; ++i) {
    auto command = open_command({{"kind", "household"},
                                 {"scheme", words[2]},
                                 {"unit", words[3]},
                                 {"source", "register"},
                                 {"title", "某户"}});
    if (!command.ok()) return fault("refused: " + to_text(command.error()));
    const auto receipt = ledger_.ask({person->second, {}}, *std::move(command));
    if (!receipt.ok()) return fault("refused: " + to_text(receipt.error()));
    names_[words[3] + "-" + std::to_string(i + 1)] = *receipt->item;
    item_ = receipt->item;
  }
  return std::nullopt;
}

// move PERSON UNIT COUNT ACTION KEY=…: the first so many that were registered there.
Fault Player::move_households(const Words& words) {
  const auto person = words.size() >= 5 ? persons_.find(words[1]) : persons_.end();
  const auto count = words.size() >= 5 ? number_in(words[3]) : std::nullopt;
  const auto given = given_of(words, 5);
  if (person == persons_.end() || !count || !given.ok())
    return fault("move PERSON UNIT COUNT ACTION is needed");
  for (std::int64_t i = 0; i < *count; ++i) {
    item_ = names_[words[2] + "-" + std::to_string(i + 1)];
    const auto item = ledger_.engine().item(*item_);
    const auto body = body_of(*given);
    if (!item.ok() || !body.ok()) return fault("there are not so many");
    const auto tree = ledger_.engine().published().state->tree;
    auto input = read_action_input(*body, *tree);
    if (!input.ok()) return fault("refused: " + to_text(input.error()));
    const auto receipt = ledger_.ask({person->second, {}},
                                     TakeAction{*item_, item->last, words[4], *std::move(input)});
    if (!receipt.ok()) return fault("refused: " + to_text(receipt.error()));
  }
  return std::nullopt;
}

// roster PERSON CODE last= [unit=]: of one village for its households, or for everybody.
Fault Player::publish_roster(const Words& words) {
  const auto person = words.size() >= 4 ? persons_.find(words[1]) : persons_.end();
  auto given = given_of(words, 3);
  if (person == persons_.end() || !given.ok()) return fault("roster PERSON CODE last= is needed");
  const engine::Published now = ledger_.engine().published();
  const auto last = parse_day(taken(*given, "last"));
  const auto unit = now.state->tree->find(taken(*given, "unit"));
  const auto index = now.state->scheme_of(words[2]);
  if (!last.ok() || !index) return fault("a scheme and a last day are needed");
  rollup::RosterQuestion question = asked_of(*now.state, *index, day_);
  if (unit) question.units = {*unit};
  if (!unit) question.depth = rollup::RosterQuestion::Depth::Township;
  PublishRoster command;
  command.scheme = words[2];
  command.audience = unit ? RosterAudience::Affected : RosterAudience::Everybody;
  command.unit = unit;
  command.first = day_;
  command.last = *last;
  command.position = now.size;
  command.rows = public_rows(rollup::stages_by_unit(*now.view, question));
  auto beside = rows_beside(*now.state->tree, *now.state->schemes[*index], unit, command.rows);
  if (!beside.empty()) command.rows = std::move(beside);
  return ask(person->second, std::move(command));
}

// code PERSON: to the household last worked on.
Fault Player::give_code(const Words& words) {
  const auto person = words.size() == 2 ? persons_.find(words[1]) : persons_.end();
  if (person == persons_.end() || !item_) return fault("code PERSON is needed, after a household");
  const Hash hash = sha256(as_bytes("code " + std::to_string(size())));
  return ask(person->second, IssueQueryCode{*item_, hash, hash});
}

// expect households CODE UNIT WHAT COUNT: of a stage, all, signed, splits, splits_signed.
Fault Player::expect_households(const Words& words) {
  const engine::Published now = ledger_.engine().published();
  const auto index = now.state->scheme_of(words[2]);
  const auto unit = now.state->tree->find(words[3]);
  if (!index || !unit) return fault("a scheme and a unit are needed");
  const rollup::HouseholdCounts counts =
      now.view->households(*unit, static_cast<std::uint16_t>(*index + 1));
  if (const auto stage = household_stage_named(words[4]))
    return unless(std::to_string(counts.stages[static_cast<std::size_t>(*stage)]), words[5]);
  if (words[4] == "all") return unless(std::to_string(counts.households()), words[5]);
  if (words[4] == "signed") return unless(std::to_string(counts.has_signed), words[5]);
  if (words[4] == "splits") return unless(std::to_string(counts.splits), words[5]);
  if (words[4] == "splits_signed") return unless(std::to_string(counts.splits_signed), words[5]);
  return fault("there is no such number");
}

// expect scheme CODE frozen|signed|in_effect|lapsed VALUE
Fault Player::expect_scheme(const Words& words) {
  const auto state = ledger_.engine().published().state;
  const auto index = state->scheme_of(words[2]);
  if (!index) return fault("there is no such scheme");
  const Scheme& scheme = *state->schemes[*index];
  if (words[3] == "frozen") return unless(std::to_string(scheme.household_count), words[4]);
  if (words[3] == "signed") return unless(std::to_string(scheme.signed_count), words[4]);
  if (words[3] == "in_effect") return unless(yes_no(scheme.holds()), words[4]);
  if (words[3] == "lapsed") return unless(yes_no(scheme.lapsed(day_)), words[4]);
  return fault("there is no such fact");
}

// expect roster CODE rows COUNT, or UNIT CELLS: "registered..told:7,surveyed:0", of the row in
// which that unit stands, of the newest roster.
Fault Player::expect_roster(const Words& words) {
  const auto state = ledger_.engine().published().state;
  const auto index = state->scheme_of(words[2]);
  if (!index || state->schemes[*index]->rosters.size() == 0) return fault("there is no roster");
  const auto& rosters = state->schemes[*index]->rosters;
  const PublishedRoster& roster = *rosters.at(rosters.size() - 1);
  if (words[3] == "rows") return unless(std::to_string(roster.rows.size()), words[4]);
  const auto unit = state->tree->find(words[3]);
  for (const RosterRow& row : roster.rows) {
    if (!unit || std::find(row.units.begin(), row.units.end(), *unit) == row.units.end()) continue;
    std::string cells;
    for (const RosterCell& cell : row.cells) {
      if (cell.households == 0) continue;
      cells += (cells.empty() ? "" : ",") + std::string(to_text(cell.first));
      if (cell.last != cell.first) cells += ".." + std::string(to_text(cell.last));
      cells += ":" + std::to_string(cell.households);
    }
    return unless(cells, words[4]);
  }
  return unless("in no row", words[4]);
}

}  // namespace tz::test
