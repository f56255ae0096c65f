// taizhang programme plan: what adopting a programme would change, by tier, requirement and level.
#include <fmt/core.h>

#include "base/json.h"
#include "ledger/programme_units.h"
#include "programme/programme_file.h"
#include "taizhang/commands.h"
#include "taizhang/file_check.h"
#include "taizhang/programme_words.h"
#include "taizhang/reading.h"

namespace tz::program {
namespace {

Json change_json(const ledger::Change& change) {
  Json out;
  out.set("before", change.before).set("after", change.after);
  return out;
}

Json burden_json(const ledger::PlannedBurden& row) {
  JsonArray months;
  for (const ledger::PlannedMonth& one : row.months) {
    Json month;
    month.set("month", month_text(one.month)).set("asked", change_json(one.asked));
    month.set("most", change_json(one.most));
    months.push_back(std::move(month));
  }
  Json out;
  out.set("level", ledger::to_text(row.level)).set("units", change_json(row.units));
  out.set("asked", change_json(row.asked));
  out.set("budget", row.budget ? Json(std::int64_t{*row.budget}) : Json());
  out.set("months", std::move(months));
  return out;
}

Json plan_json(const ledger::Plan& plan) {
  JsonArray types;
  for (const ledger::PlannedType& row : plan.types) {
    Json one;
    one.set("tier", row.tier).set("kind", ledger::to_text(row.kind));
    one.set("units", change_json(row.units));
    types.push_back(std::move(one));
  }
  JsonArray requirements;
  for (const ledger::PlannedRequirement& row : plan.requirements) {
    Json one;
    one.set("requirement", row.requirement).set("units", change_json(row.units));
    one.set("won", row.won).set("lost", row.lost);
    requirements.push_back(std::move(one));
  }
  JsonArray burden;
  for (const ledger::PlannedBurden& row : plan.burden) burden.push_back(burden_json(row));
  Json out;
  out.set("types", std::move(types)).set("requirements", std::move(requirements));
  out.set("burden", std::move(burden));
  return out;
}

Facts change_facts(const ledger::Change& change) {
  return {{"before", std::to_string(change.before)}, {"after", std::to_string(change.after)}};
}

void print_types(const ledger::Plan& plan, const ledger::Programme& programme,
                 const Speech& speech) {
  speech.say("cli.plan.types");
  std::string_view tier;
  for (const ledger::PlannedType& row : plan.types) {
    const auto index = programme.tier(row.tier);
    if (row.tier != tier)
      fmt::print("  {}  {}\n", row.tier,
                 index ? in_words(programme.tiers[*index].title, speech) : std::string());
    tier = row.tier;
    fmt::print("    {}  {}\n", kind_word(to_text(row.kind), speech),
               speech.word("cli.plan.units", change_facts(row.units)));
  }
}

void print_requirements(const ledger::Plan& plan, const ledger::Programme& programme,
                        const Speech& speech) {
  speech.say("cli.plan.requirements");
  for (const ledger::PlannedRequirement& row : plan.requirements) {
    const auto index = programme.requirement(row.requirement);
    fmt::print("  {}  {}\n", row.requirement,
               index ? in_words(programme.requirements[*index].title, speech) : std::string());
    Facts facts = change_facts(row.units);
    facts.emplace_back("won", std::to_string(row.won));
    facts.emplace_back("lost", std::to_string(row.lost));
    fmt::print("    {}\n", speech.word("cli.plan.requirement", facts));
  }
}

void print_burden(const ledger::Plan& plan, const Speech& speech) {
  speech.say("cli.plan.burden");
  for (const ledger::PlannedBurden& row : plan.burden) {
    ledger::Change most;
    for (const ledger::PlannedMonth& month : row.months) {
      most.before = std::max(most.before, month.most.before);
      most.after = std::max(most.after, month.most.after);
    }
    Facts facts = change_facts(row.asked);
    facts.emplace_back("most_before", std::to_string(most.before));
    facts.emplace_back("most_after", std::to_string(most.after));
    fmt::print("  {}  {}\n", kind_word(to_text(row.level), speech),
               speech.word("cli.plan.units", change_facts(row.units)));
    fmt::print("    {}{}\n", speech.word("cli.plan.asked", facts),
               row.budget
                   ? " " + speech.word("cli.plan.budget", {{"budget", std::to_string(*row.budget)}})
                   : std::string());
  }
}

}  // namespace

int run_programme_plan(const ProgrammePlanOptions& options, const Speech& speech) {
  const auto text = text_of(options.file);
  if (!text.ok()) return speech.refuse(text.error());
  const auto read = read_ledger(options.folder, From::Snapshot);
  if (!read.ok()) return speech.refuse(read.error());
  const ledger::State& state = (*read)->world.state;
  speech.banner(state.genesis);
  const Day today = day_of((*read)->view->instant(), state.zone);
  const std::vector<Error> faults = programme::programme_faults(*text, *state.tree, today);
  if (!faults.empty())
    return say_faults(options.file, faults, {"cli.programme.sound_here", "cli.programme.faulty"},
                      speech);
  const ledger::Programme programme = *programme::read_programme(*text);
  const auto adopted = state.programme_of(programme.id);
  const ledger::Plan plan = ledger::plan(adopted ? &state.programmes[*adopted]->newest() : nullptr,
                                         programme, *state.tree, today);
  if (speech.json) {
    Json out;
    out.set("programme", programme.id).set("version", programme.version);
    out.set("day", to_text(today)).set("position", (*read)->view->position());
    out.set("plan", plan_json(plan));
    fmt::print("{}\n", out.dump());
    return 0;
  }
  speech.say("cli.plan.head", {{"programme", in_words(programme.title, speech)},
                               {"version", std::to_string(programme.version)},
                               {"day", to_text(today)},
                               {"position", std::to_string((*read)->view->position())}});
  print_types(plan, programme, speech);
  print_requirements(plan, programme, speech);
  print_burden(plan, speech);
  return 0;
}

}  // namespace tz::program
