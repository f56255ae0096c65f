// The steps of a resettlement: a scheme, its register, its term, and its households one stage after
// another.
#include <algorithm>

#include "access/query_code.h"
#include "ledger/roster_difference.h"
#include "rollup/household_totals.h"
#include "taizhang/demo_player.h"

namespace tz::program {
namespace {

constexpr std::int64_t kHouseholdsMin = 5;  // of a group, and up to three more
constexpr std::size_t kSpread = 37;         // has no divisor with a hundred

// Whether a household, by its place in the register, is within these hundredths of all. They are
// spread over all groups, and whoever is within the first thirty is within the first fifty.
bool within(std::size_t index, std::int64_t from, std::int64_t to) {
  const auto share = static_cast<std::int64_t>(index * kSpread % 100);
  return from <= share && share < to;
}

std::vector<UnitId> groups_below(const ledger::OrgTree& tree, UnitId unit) {
  std::vector<UnitId> out;
  const ledger::Interval below = tree.subtree(unit);
  for (std::uint32_t at = below.begin; at < below.end; ++at)
    if (tree.kind(tree.at(at)) == ledger::UnitKind::Group) out.push_back(tree.at(at));
  return out;
}

}  // namespace

Outcome Player::open_scheme(const Json& step) {
  return send(step, ledger::OpenScheme{text_of(step, "scheme"), text_of(step, "name"),
                                       TZ_TRY(units(*step.find("units")))});
}

// Some in each group below these units, and in `large` groups so many. A household goes by its
// group and a number: nobody has a name here.
Outcome Player::register_households(const Json& step) {
  const auto tree = ledger_.engine->published().state->tree;
  const AccountId by = account(text_of(step, "as"));
  const Json* large = step.find("large");
  std::vector<ToldHousehold> all;
  std::vector<engine::Request> requests;
  std::size_t group_count = 0;
  for (const UnitId under : TZ_TRY(units(*step.find("under")))) {
    for (const UnitId group : groups_below(*tree, under)) {
      const std::string code(tree->code(group));
      const std::int64_t few = kHouseholdsMin + static_cast<std::int64_t>(group_count++ % 4);
      const Json* many = large == nullptr ? nullptr : large->find(code);
      const std::int64_t count = many == nullptr ? few : *many->as_int();
      for (std::int64_t i = 1; i <= count; ++i) {
        ledger::OpenItem open;
        open.kind = "household";
        open.place = group;
        open.source = "register";
        open.scheme = text_of(step, "scheme");
        all.push_back({code + "/" + std::to_string(i), {}});
        open.title = "演示户 " + all.back().name;
        requests.push_back({std::move(open), {by, {}}, {}, {}, origin_of(step)});
      }
    }
  }
  const std::vector<engine::Receipt> done = TZ_TRY(submit_all(std::move(requests)));
  for (std::size_t i = 0; i < done.size(); ++i) all[i].seen = done[i];
  households_[text_of(step, "scheme")] = std::move(all);
  return Done{};
}

// Closes the register and counts who is in it.
Outcome Player::freeze(const Json& step) {
  const std::string& code = text_of(step, "scheme");
  TZ_TRY(send(step, ledger::CloseRegister{code}));
  const engine::Published now = ledger_.engine->published();
  const auto index = now.state->scheme_of(code);
  TZ_ASSERT(index.has_value());
  rollup::RosterQuestion question;
  question.scheme = static_cast<std::uint16_t>(*index + 1);
  question.units = now.state->schemes[*index]->units;
  question.day = day_of(clock_.now(), now.state->zone);
  return send(
      step, ledger::FreezeRoster{code, now.size, rollup::households_by_unit(*now.view, question)});
}

Outcome Player::open_signing(const Json& step) {
  ledger::OpenSigning command;
  command.scheme = text_of(step, "scheme");
  command.first = TZ_TRY(parse_day(text_of(step, "first")));
  command.last = TZ_TRY(parse_day(text_of(step, "last")));
  command.percent = number_in(step, "percent");
  return send(step, std::move(command));
}

std::size_t Player::place_of(const std::string& scheme, const std::string& name) const {
  const std::vector<ToldHousehold>& all = households_.at(scheme);
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const ToldHousehold& each) { return each.name == name; });
  TZ_ASSERT(found != all.end());
  return static_cast<std::size_t>(found - all.begin());
}

ToldHousehold& Player::split_whole(const Json& input) {
  const std::string& scheme = text_of(input, "scheme");
  return households_.at(scheme)[place_of(scheme, text_of(input, "split_from"))];
}

std::vector<std::size_t> Player::chosen(const Json& step) const {
  const std::string& scheme = text_of(step, "scheme");
  if (step.find("household") != nullptr) return {place_of(scheme, text_of(step, "household"))};
  const std::int64_t from = number_in(step, "from").value_or(0);
  const std::int64_t to = number_in(step, "to").value_or(100);
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < households_.at(scheme).size(); ++i)
    if (within(i, from, to)) out.push_back(i);
  return out;
}

// The same step with each of some households, which stand in that state.
Outcome Player::move_households(const Json& step) {
  const auto tree = ledger_.engine->published().state->tree;
  const AccountId by = account(text_of(step, "as"));
  const ledger::ActionInput input = TZ_TRY(ledger::read_action_input(*step.find("input"), *tree));
  std::vector<ToldHousehold>& all = households_.at(text_of(step, "scheme"));
  const std::vector<std::size_t> places = chosen(step);
  std::vector<engine::Request> requests;
  requests.reserve(places.size());
  for (const std::size_t i : places)
    requests.push_back(
        {ledger::TakeAction{*all[i].seen.item, all[i].seen.version, text_of(step, "step"), input},
         {by, {}},
         {},
         {},
         origin_of(step)});
  const std::vector<engine::Receipt> done = TZ_TRY(submit_all(std::move(requests)));
  for (std::size_t i = 0; i < done.size(); ++i) all[places[i]].seen = done[i];
  return Done{};
}

// Of one village for those who live there, or without a unit for everybody.
Outcome Player::publish_roster(const Json& step) {
  const engine::Published now = ledger_.engine->published();
  const auto index = now.state->scheme_of(text_of(step, "scheme"));
  TZ_ASSERT(index.has_value());
  const ledger::Scheme& scheme = *now.state->schemes[*index];
  const auto tree = now.state->tree;
  ledger::PublishRoster command;
  command.scheme = scheme.code;
  command.audience = ledger::RosterAudience::Everybody;
  if (step.find("unit") != nullptr) {
    command.audience = ledger::RosterAudience::Affected;
    command.unit = TZ_TRY(unit(text_of(step, "unit")));
  }
  command.first = day_of(clock_.now(), now.state->zone);
  command.last = TZ_TRY(parse_day(text_of(step, "last")));
  command.position = now.size;
  rollup::RosterQuestion question;
  question.scheme = static_cast<std::uint16_t>(*index + 1);
  question.units = scheme.units;
  question.day = command.first;
  if (command.unit)
    question.units = {*command.unit};
  else
    question.depth = rollup::RosterQuestion::Depth::Township;
  command.rows = ledger::public_rows(rollup::stages_by_unit(*now.view, question));
  auto beside = ledger::rows_beside(*tree, scheme, command.unit, command.rows);
  // Where there are none, the ledger says why.
  if (!beside.empty()) command.rows = std::move(beside);
  return send(step, std::move(command));
}

Outcome Player::give_code(const Json& step) {
  const std::string& scheme = text_of(step, "scheme");
  const std::string& name = text_of(step, "household");
  ToldHousehold& household = households_.at(scheme)[place_of(scheme, name)];
  const std::string code = access::new_query_code(random_);
  ledger::IssueQueryCode command;
  command.item = *household.seen.item;
  random_.fill(command.code_salt);
  command.code_hash = access::hash_of_code(code, command.code_salt);
  TZ_TRY(send(step, command));
  household.seen.version = TZ_TRY(ledger_.engine->item(command.item)).last;
  tell_code("/household", ledger::to_text(command.item), code, name);
  return Done{};
}

}  // namespace tz::program
