// The steps of a resettlement: a scheme, its register, its term, and its households one stage after
// another.
#include "rollup/household_totals.h"
#include "taizhang/demo_player.h"

namespace tz::program {
namespace {

constexpr std::size_t kHouseholdsMin = 5;  // of a group, and up to three more
constexpr std::size_t kSpread = 37;        // has no divisor with a hundred

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

// Some in each group below these units. A household goes by its group and a number: nobody has a
// name here.
Outcome Player::register_households(const Json& step) {
  const auto tree = ledger_.engine->published().state->tree;
  const AccountId by = account(text_of(step, "as"));
  std::vector<engine::Request> requests;
  std::size_t group_count = 0;
  for (const UnitId under : TZ_TRY(units(*step.find("under")))) {
    for (const UnitId group : groups_below(*tree, under)) {
      const std::size_t count = kHouseholdsMin + group_count++ % 4;
      for (std::size_t i = 1; i <= count; ++i) {
        ledger::OpenItem open;
        open.kind = "household";
        open.place = group;
        open.source = "register";
        open.scheme = text_of(step, "scheme");
        open.title = "演示户 " + std::string(tree->code(group)) + "/" + std::to_string(i);
        requests.push_back({std::move(open), {by, {}}, {}, {}, origin_of(step)});
      }
    }
  }
  households_[text_of(step, "scheme")] = TZ_TRY(submit_all(std::move(requests)));
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

// The same step with each of some households, which stand in that state.
Outcome Player::move_households(const Json& step) {
  const auto tree = ledger_.engine->published().state->tree;
  const AccountId by = account(text_of(step, "as"));
  const std::int64_t from = number_in(step, "from").value_or(0);
  const std::int64_t to = number_in(step, "to").value_or(100);
  const ledger::ActionInput input = TZ_TRY(ledger::read_action_input(*step.find("input"), *tree));
  std::vector<engine::Receipt>& all = households_.at(text_of(step, "scheme"));
  std::vector<std::size_t> chosen;
  std::vector<engine::Request> requests;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!within(i, from, to)) continue;
    chosen.push_back(i);
    requests.push_back(
        {ledger::TakeAction{*all[i].item, all[i].version, text_of(step, "step"), input},
         {by, {}},
         {},
         {},
         origin_of(step)});
  }
  const std::vector<engine::Receipt> done = TZ_TRY(submit_all(std::move(requests)));
  for (std::size_t i = 0; i < done.size(); ++i) all[chosen[i]] = done[i];
  return Done{};
}

}  // namespace tz::program
