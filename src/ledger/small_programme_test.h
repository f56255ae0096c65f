// A small sound programme that tests change, and what its faults are.
#pragma once

#include <string>
#include <string_view>

#include "ledger/programme.h"

namespace tz::ledger {

inline Day day(std::string_view text) { return *parse_day(text); }

// Two batches, three tiers of which the last two refer to the one before, five requirements, one of
// each sort.
inline Programme sound_programme() {
  Programme out;
  out.id = "education";
  out.from = day("2019-06-01");
  out.to = day("2019-11-30");
  out.batches = {{"first", {}, day("2019-06-01"), day("2019-08-31")},
                 {"second", {}, day("2019-09-08"), day("2019-11-30")}};
  out.tiers.resize(3);
  out.tiers[0] = {"above", {}, 0, {{{UnitKind::Province}, {}, {}, {}}}, {}, {}};
  out.tiers[1] = {"full", {}, 1, {{{UnitKind::County}, {}, {}, {}}}, 0, {}};
  out.tiers[2] = {"branches", {}, 1, {{{UnitKind::Village}, {}, {}, {}}}, 1, {2}};
  const std::vector<std::optional<Day>> both = {day("2019-08-31"), day("2019-11-30")};
  const auto add = [&](const char* id, RequirementSort sort, std::vector<std::uint16_t> of) {
    Requirement one;
    one.id = id;
    one.sort = sort;
    one.of = std::move(of);
    one.due = both;
    out.requirements.push_back(std::move(one));
  };
  add("study", RequirementSort::Study, {0});
  add("self", RequirementSort::SelfExamination, {0});
  add("meeting", RequirementSort::Meeting, {0});
  out.requirements[2].quorum = {2, 3};
  add("item", RequirementSort::Rectification, {0});
  add("list", RequirementSort::Deliverable, {2});
  out.requirements[0].asks.fields = {"assessed", "to_assess"};
  out.requirements[4].asks.visits = 1;
  out.budget = {0, 3, 3, 3, 3, 3, 3};
  return out;
}

// "programme_tier_idle@full ", of every fault.
inline std::string shown(const std::vector<ProgrammeFault>& faults) {
  std::string out;
  for (const ProgrammeFault& fault : faults) out += fault.code + "@" + fault.at + " ";
  return out;
}

}  // namespace tz::ledger
