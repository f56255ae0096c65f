// The lines of a scenario about projects: ballots, what was counted, and totals over copies.
#include "base/embedded.h"
#include "ledger/progress.h"
#include "rollup/model_totals.h"
#include "scenarios/line.h"
#include "scenarios/player.h"

namespace tz::test {

using namespace ledger;

namespace {

// "38.88": of hundredths of a percent.
std::string percent_text(const std::optional<std::int64_t>& rate) {
  if (!rate) return "none";
  const std::string part = std::to_string(*rate % 100);
  return std::to_string(*rate / 100) + "." + (part.size() == 1 ? "0" : "") + part;
}

std::string votes_text(const std::optional<VotesCounted>& votes) {
  if (!votes) return "none";
  return std::to_string(votes->in_favour) + ":" + std::to_string(votes->against) + ":" +
         std::to_string(votes->abstained);
}

}  // namespace

// projects: the kind is adopted.
Fault Player::adopt_projects(const Words&) {
  return ask({}, AdoptFlow{std::string(embedded_file("flows/project.yaml"))});
}

// ballot PERSON CODE places=N votes=NAME:FOR:AGAINST:ABSTAINED,… [day=] [body=] [text=]
Fault Player::record_ballot(const Words& words) {
  const auto person = words.size() >= 3 ? persons_.find(words[1]) : persons_.end();
  auto given = given_of(words, 3);
  const auto tree = ledger_.engine().published().state->tree;
  const auto unit = words.size() >= 3 ? tree->find(words[2]) : std::nullopt;
  if (person == persons_.end() || !unit || !given.ok())
    return fault("ballot PERSON CODE KEY=… is needed");
  RecordBallot command;
  command.unit = *unit;
  command.body = ballot_body_named(taken(*given, "body")).value_or(BallotBody::Congress);
  const auto day = parse_day(taken(*given, "day"));
  command.day = day.ok() ? *day : day_;
  command.places = number_or_zero(taken(*given, "places"));
  command.text = taken(*given, "text");
  for (const std::string& one : split(taken(*given, "votes"), ',')) {
    const Words parts = split(one, ':');
    const auto no = parts.size() == 4 ? named_item(parts[0]) : Result<ItemNo>(refusal("none"));
    if (!no.ok()) return fault("a candidate is needed");
    command.candidates.push_back(
        {*no, number_or_zero(parts[1]), number_or_zero(parts[2]), number_or_zero(parts[3])});
  }
  if (!given->empty()) return fault("unknown: " + given->begin()->first);
  return ask(person->second, std::move(command));
}

// expect candidate NAME STATE FOR:AGAINST:ABSTAINED
Fault Player::expect_candidate(const Words& words) {
  const auto no = named_item(words[2]);
  const auto item = no.ok() ? ledger_.engine().item(*no) : Result<Item>(no.error());
  if (!item.ok()) return fault("there is no " + words[2]);
  const std::string state = fact("state", *item);
  if (state != words[3]) return fault("it is " + state);
  const std::string votes = votes_text(item->votes);
  if (votes == words[4]) return std::nullopt;
  return fault("its votes are " + votes);
}

// expect total NAME INDICATOR VALUE QUALIFIER: what was reached, over a model and its copies.
Fault Player::expect_total(const Words& words) {
  const auto no = named_item(words[2]);
  const auto model = no.ok() ? ledger_.engine().item(*no) : Result<Item>(no.error());
  if (!model.ok()) return fault("there is no " + words[2]);
  std::vector<Item> items{*model};
  for (const ItemNo copy : model->copies) {
    const auto item = ledger_.engine().item(copy);
    if (!item.ok()) return fault("a copy is missing");
    items.push_back(*item);
  }
  const auto state = ledger_.engine().published().state;
  const rollup::ModelTotals totals = rollup::model_totals(*state, items);
  for (const rollup::ModelTotal& total : totals.indicators) {
    if (total.target.id != words[3]) continue;
    const std::string is = std::to_string(total.reached.value) + " " +
                           std::string(ledger::to_text(total.reached.qualifier));
    if (is == words[4] + " " + words[5]) return std::nullopt;
    return fault("it is " + is);
  }
  return fault("no such indicator");
}

// Of an item whose results are counted.
std::string Player::result_fact(const std::string& name, const Item& item) {
  if (name == "attained") return percent_text(progress_of(item).attained);
  if (name == "planned_by_now") return percent_text(planned_by(item, day_));
  if (name == "paid") return percent_text(payment_rate(item.funds));
  if (name == "rate") {
    const ItemProgress progress = progress_of(item);
    return progress.indicators.empty() ? "none" : percent_text(progress.indicators.front().rate);
  }
  if (name == "actual")
    return item.actuals.empty() ? "none" : std::to_string(item.actuals.front().value);
  if (name == "copies") return std::to_string(item.copies.size());
  return "no fact";
}

}  // namespace tz::test
