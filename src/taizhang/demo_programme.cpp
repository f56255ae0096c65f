// The steps of a programme: what units answer, what was held, work groups and their visits.
#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "taizhang/demo_player.h"

namespace tz::program {
namespace {

constexpr std::size_t kUnderWayMax = 2000;  // commands that were sent and not answered yet

ledger::AnswerRequirement answer_in(const Json& step) {
  ledger::AnswerRequirement out;
  out.programme = text_of(step, "programme");
  out.requirement = text_of(step, "requirement");
  const auto status = ledger::coverage_status_named(text_of(step, "answer"));
  TZ_ASSERT(status.has_value());
  out.status = *status;
  out.text = text_or(step, "text");
  out.present = number_in(step, "present");
  out.expected = number_in(step, "expected");
  return out;
}

// The units below one that a requirement is asked of, of these kinds (none named: of all).
std::vector<UnitId> asked_below(const ledger::AdoptedRequirement& requirement, UnitId under,
                                const Json* kinds) {
  const ledger::AskedUnits& asked = requirement.coverage.asked();
  const auto wanted = [&](UnitId unit) {
    if (kinds == nullptr) return true;
    return std::any_of(kinds->as_array()->begin(), kinds->as_array()->end(), [&](const Json& one) {
      return *one.as_text() == to_text(asked.tree->kind(unit));
    });
  };
  std::vector<UnitId> out;
  const ledger::Interval below = asked.tree->subtree(under);
  for (std::uint32_t at = below.begin; at < below.end; ++at)
    if (asked.tier_at[at] != 0 && wanted(asked.tree->at(at)) &&
        !ledger::is_covered(requirement.coverage.status(at)))
      out.push_back(asked.tree->at(at));
  return out;
}

// Of the units directly below `under` the one that the unit is of; `under` itself for itself.
UnitId branch_of(const ledger::OrgTree& tree, UnitId under, UnitId unit) {
  while (unit != under && tree.parent(unit) != under) unit = tree.parent(unit);
  return unit;
}

}  // namespace

Outcome Player::answer(const Json& step) {
  ledger::AnswerRequirement command = answer_in(step);
  command.units = TZ_TRY(units(*step.find("units")));
  command.items = items(step, "items");
  return send(step, std::move(command));
}

// One command a unit, by somebody who answers for it: an invented account for each branch of the
// tree holds a post in every unit there that is asked.
Outcome Player::answer_all(const Json& step) {
  const ledger::AnswerRequirement words = answer_in(step);
  const auto state = ledger_.engine->published().state;
  const auto programme = state->programme_of(words.programme);
  TZ_ASSERT(programme.has_value());
  const ledger::AdoptedRequirement* requirement =
      state->programmes[*programme]->requirement(words.requirement);
  TZ_ASSERT(requirement != nullptr);
  const UnitId under = TZ_TRY(unit(text_of(step, "under")));
  std::map<std::string, std::vector<UnitId>> branches;
  for (const UnitId one : asked_below(*requirement, under, step.find("kinds")))
    branches[std::string(state->tree->code(branch_of(*state->tree, under, one)))].push_back(one);
  std::vector<engine::Request> requests;
  for (const auto& [code, asked] : branches) {
    const std::string name = "units-" + code;
    TZ_TRY(open_for(name, asked));
    for (const UnitId one : asked) {
      ledger::AnswerRequirement command = words;
      command.units = {one};
      requests.push_back({std::move(command), {account(name), {}}, {}, {}, origin_of(step)});
    }
  }
  TZ_TRY(submit_all(std::move(requests)));
  return Done{};
}

// Sees to it that the account is there and holds a post in each of these units.
Outcome Player::open_for(const std::string& name, const std::vector<UnitId>& units) {
  const auto state = ledger_.engine->published().state;
  if (!ledger_.accounts.find(name)) {
    Json account;
    account.set("name", name).set("unit", state->tree->code(units.front()));
    account.set("role", "responsible").set("hidden", true);
    TZ_TRY(add_account(account));
  }
  const AccountId holder = account(name);
  std::vector<bool> held(state->tree->size());
  for (const ledger::Post& post : ledger_.engine->published().state->posts)
    if (post.account == holder) held[post.unit.value] = true;
  std::vector<engine::Request> requests;
  for (const UnitId unit : units)
    if (!held[unit.value])
      requests.push_back(
          {ledger::GrantPost{holder, unit, ledger::Role::Responsible}, {}, {}, {}, {}});
  TZ_TRY(submit_all(std::move(requests)));
  return Done{};
}

// Many under way, so that a batch of the journal holds many.
Result<std::vector<engine::Receipt>> Player::submit_all(std::vector<engine::Request> requests) {
  std::vector<engine::Receipt> out(requests.size());
  std::mutex mutex;  // guards these and what is written to `out`
  std::size_t under_way = 0;
  std::optional<Error> error;
  std::condition_variable moved;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    std::unique_lock lock(mutex);
    moved.wait(lock, [&] { return under_way < kUnderWayMax; });
    if (error) break;
    ++under_way;
    lock.unlock();
    ledger_.engine->submit(std::move(requests[i]), [&, i](const Result<engine::Receipt>& receipt) {
      const std::lock_guard answered(mutex);
      --under_way;
      if (receipt.ok())
        out[i] = *receipt;
      else if (!error)
        error = receipt.error();
      moved.notify_one();
    });
  }
  std::unique_lock lock(mutex);
  moved.wait(lock, [&] { return under_way == 0; });
  if (error) return *error;
  return out;
}

Outcome Player::hold(const Json& step) {
  ledger::RecordActivity command;
  command.programme = text_of(step, "programme");
  const std::string requirement = text_or(step, "requirement");
  if (!requirement.empty()) command.requirement = requirement;
  const auto sort = ledger::activity_sort_named(text_of(step, "sort"));
  TZ_ASSERT(sort.has_value());
  command.sort = *sort;
  command.day = TZ_TRY(parse_day(text_of(step, "day")));
  command.units = TZ_TRY(units(*step.find("units")));
  command.people = number_in(step, "people");
  if (const std::string qualifier = text_or(step, "qualifier"); !qualifier.empty()) {
    const auto known = ledger::qualifier_named(qualifier);
    TZ_ASSERT(known.has_value());
    command.qualifier = *known;
  }
  command.items = items(step, "items");
  command.text = text_or(step, "text");
  return send(step, std::move(command));
}

Outcome Player::mandate(const Json& step) {
  ledger::MandateWorkGroup command;
  command.name = text_of(step, "name");
  command.members = posts_of(*step.find("members"));
  command.units = TZ_TRY(units(*step.find("units")));
  if (const Json* kinds = step.find("kinds"))
    for (const Json& kind : *kinds->as_array()) command.kinds.push_back(*kind.as_text());
  if (const Json* requirements = step.find("requirements"))
    for (const Json& one : *requirements->as_array())
      command.requirements.push_back({text_of(step, "programme"), *one.as_text()});
  command.visits_max = number_in(step, "visits_max").value_or(0);
  command.to = TZ_TRY(parse_day(text_of(step, "to")));
  command.overlap_reason = text_or(step, "overlap_reason");
  TZ_TRY(send(step, std::move(command)));
  groups_[text_of(step, "name")] =
      ledger::WorkGroupId{ledger_.engine->published().state->work_groups.size()};
  return Done{};
}

// One for each unit of a kind below another one, named after it.
Outcome Player::mandate_each(const Json& step) {
  const auto tree = ledger_.engine->published().state->tree;
  const UnitId under = TZ_TRY(unit(text_of(step, "under")));
  for (const UnitId below : tree->visible_children(under)) {
    if (to_text(tree->kind(below)) != text_of(step, "kind")) continue;
    Json one{JsonObject{}};
    for (const JsonMember& member : *step.as_object())
      if (member.first != "name") one.set(member.first, member.second);
    one.set("name", text_of(step, "name") + std::string(tree->name(below)));
    one.set("units", JsonArray{Json(tree->code(below))});
    TZ_TRY(mandate(one));
  }
  return Done{};
}

Outcome Player::visit(const Json& step) {
  ledger::RecordVisit command;
  command.group = groups_.at(text_of(step, "group"));
  command.unit = TZ_TRY(unit(text_of(step, "unit")));
  command.day = TZ_TRY(parse_day(text_of(step, "day")));
  const auto sort = ledger::visit_sort_named(text_of(step, "sort"));
  TZ_ASSERT(sort.has_value());
  command.sort = *sort;
  command.asked = number_in(step, "asked").value_or(0);
  command.opened = items(step, "opened");
  command.checked = items(step, "checked");
  command.text = text_of(step, "text");
  return send(step, std::move(command));
}

}  // namespace tz::program
