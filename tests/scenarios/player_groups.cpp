// The lines of a scenario about work groups, and about what units are asked for.
#include "ledger/burden.h"
#include "ledger/group_summary.h"
#include "ledger/mandate.h"
#include "scenarios/line.h"
#include "scenarios/player.h"

namespace tz::test {

using namespace ledger;

namespace {

Words list_in(const std::string& text) { return text.empty() ? Words{} : split(text, ','); }

}  // namespace

// The newest posts that these persons hold; 0, which nobody has, of who holds none.
std::vector<PostId> Player::posts_of(const std::string& persons) {
  const auto state = ledger_.engine().published().state;
  std::vector<PostId> out;
  for (const std::string& person : list_in(persons)) {
    const auto known = persons_.find(person);
    const auto account = known == persons_.end() ? AccountId{} : known->second;
    out.push_back(PostId{0});
    for (const Post& post : state->posts_of(account, day_))
      if (!post.acting) out.back() = post.id;
  }
  return out;
}

std::vector<ItemNo> Player::items_of(const std::string& names) {
  std::vector<ItemNo> out;
  for (const std::string& name : list_in(names)) {
    const auto no = named_item(name);
    out.push_back(no.ok() ? *no : ItemNo{0});
  }
  return out;
}

// group PERSON NAME members= units= kinds= to= [from=] [visits=] [reason=]
Fault Player::send_group(const Words& words) {
  const auto person = words.size() >= 3 ? persons_.find(words[1]) : persons_.end();
  auto given = given_of(words, 3);
  if (person == persons_.end() || !given.ok()) return fault("group PERSON NAME KEY=… is needed");
  MandateWorkGroup command;
  command.name = words[2];
  command.members = posts_of(taken(*given, "members"));
  const auto tree = ledger_.engine().published().state->tree;
  for (const std::string& code : list_in(taken(*given, "units"))) {
    const auto unit = tree->find(code);
    if (!unit) return fault("there is no unit " + code);
    command.units.push_back(*unit);
  }
  command.kinds = list_in(taken(*given, "kinds"));
  command.visits_max = number_or_zero(taken(*given, "visits"));
  command.overlap_reason = taken(*given, "reason");
  const auto to = parse_day(taken(*given, "to"));
  if (!to.ok()) return fault("a last day is needed");
  command.to = *to;
  if (const auto from = parse_day(taken(*given, "from")); from.ok()) command.from = *from;
  if (!given->empty()) return fault("unknown: " + given->begin()->first);
  if (Fault wrong = ask(person->second, std::move(command))) return wrong;
  if (!refused_)
    groups_[words[2]] = WorkGroupId{ledger_.engine().published().state->work_groups.size()};
  return std::nullopt;
}

// regroup PERSON NAME PERSONS
Fault Player::change_group(const Words& words) {
  const auto person = words.size() == 4 ? persons_.find(words[1]) : persons_.end();
  if (person == persons_.end()) return fault("regroup PERSON NAME PERSONS is needed");
  return ask(person->second, ChangeMembers{groups_[words[2]], posts_of(words[3])});
}

// disband PERSON NAME REASON
Fault Player::end_group(const Words& words) {
  const auto person = words.size() == 4 ? persons_.find(words[1]) : persons_.end();
  if (person == persons_.end()) return fault("disband PERSON NAME REASON is needed");
  return ask(person->second, EndWorkGroup{groups_[words[2]], words[3]});
}

// visit PERSON NAME unit= text= [day=] [sort=] [asked=] [opened=] [checked=]
Fault Player::record_visit(const Words& words) {
  const auto person = words.size() >= 3 ? persons_.find(words[1]) : persons_.end();
  auto given = given_of(words, 3);
  if (person == persons_.end() || !given.ok()) return fault("visit PERSON NAME KEY=… is needed");
  RecordVisit command;
  command.group = groups_[words[2]];
  const auto unit = ledger_.engine().published().state->tree->find(taken(*given, "unit"));
  if (!unit) return fault("a unit is needed");
  command.unit = *unit;
  const auto day = parse_day(taken(*given, "day"));
  command.day = day.ok() ? *day : day_;
  command.sort = visit_sort_named(taken(*given, "sort")).value_or(VisitSort::OnSite);
  command.asked = number_or_zero(taken(*given, "asked"));
  command.opened = items_of(taken(*given, "opened"));
  command.checked = items_of(taken(*given, "checked"));
  command.text = taken(*given, "text");
  if (!given->empty()) return fault("unknown: " + given->begin()->first);
  return ask(person->second, std::move(command));
}

// budget LEVEL COUNT
Fault Player::set_budget(const Words& words) {
  if (words.size() != 3) return fault("budget LEVEL COUNT is needed");
  return ask({}, AdoptBudget{"level,per_month,basis\n" + words[1] + "," + words[2] + ",test\n"});
}

// expect group NAME WHAT COUNT
Fault Player::expect_group(const Words& words) {
  const engine::Published now = ledger_.engine().published();
  const WorkGroup* group = now.state->work_group(groups_[words[2]]);
  if (group == nullptr) return fault("there is no such group");
  GroupTally all;
  const auto row = [&](ItemNo no) -> std::optional<ItemRow> {
    const auto index = now.view->find(no);
    if (!index) return std::nullopt;
    return now.view->row(*index);
  };
  for (const GroupTally& tally : summary_of(*group, row)) {
    all.visits += tally.visits;
    all.asked += tally.asked;
    all.listed += tally.listed;
    all.verified += tally.verified;
    all.closed += tally.closed;
  }
  const std::map<std::string, std::int64_t> numbers = {{"visits", all.visits},
                                                       {"asked", all.asked},
                                                       {"listed", all.listed},
                                                       {"verified", all.verified},
                                                       {"closed", all.closed}};
  const auto number = numbers.find(words[3]);
  if (number == numbers.end()) return fault("there is no such number");
  if (std::to_string(number->second) == words[4]) return std::nullopt;
  return fault("it is " + std::to_string(number->second));
}

// expect knows PERSON NAME yes|no
Fault Player::expect_knows(const Words& words) {
  const auto person = persons_.find(words[2]);
  const auto state = ledger_.engine().published().state;
  const WorkGroup* group = state->work_group(groups_[words[3]]);
  if (person == persons_.end() || group == nullptr) return fault("a person and a group are needed");
  const bool knows = may_read(*state, *group, person->second, day_);
  if (knows == (words[4] == "yes")) return std::nullopt;
  return fault(words[2] + (knows ? " knows of it" : " does not know of it"));
}

// expect burden CODE WHAT COUNT: of the unit by itself, in the month of the day; "over" as yes or
// no.
Fault Player::expect_burden(const Words& words) {
  const auto state = ledger_.engine().published().state;
  const auto unit = state->tree->find(words[2]);
  if (!unit) return fault("a unit is needed");
  const Day month = first_of_month(day_);
  if (words[3] == "over") {
    const bool over = over_budget(*state, *unit, month, day_).has_value();
    if (over == (words[4] == "yes")) return std::nullopt;
    return fault(over ? "it is over" : "it is not over");
  }
  const Burden sum = sum_of(asked_of(*state, *unit, Whole::Unit, month));
  const std::map<std::string, std::int64_t> numbers = {
      {"visits", sum.visits}, {"papers", sum.papers}, {"charged", charged(sum)}};
  const auto number = numbers.find(words[3]);
  if (number == numbers.end()) return fault("there is no such number");
  if (std::to_string(number->second) == words[4]) return std::nullopt;
  return fault("it is " + std::to_string(number->second));
}

}  // namespace tz::test
