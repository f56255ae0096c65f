// The accepting unit of a finding is held to what any verifier is held to.
#include "ledger/finding.h"

#include <algorithm>

#include "ledger/decide_item.h"
#include "ledger/decide_units.h"
#include "ledger/given_text.h"
#include "ledger/special_items.h"

namespace tz::ledger {
namespace {

std::optional<Error> accepted_independently(const Circumstances& at, const OpenItem& command) {
  if (!command.accepting) return std::nullopt;
  const UnitId accepting = *command.accepting;
  const OrgTree& tree = *at.state.tree;
  const Day today = day_of(at.now, at.state.zone);
  const Facts which = {{"field", "accepting"}, {"unit", std::string(tree.code(accepting))}};
  for (const UnitId unit : command.implementing)
    if (unit == accepting) return refusal("verifier_is_fixer", which);
  for (const UnitId unit : command.implementing)
    if (tree.below_on_any_edge(accepting, unit, today))
      return refusal("verifier_below_fixer", which);
  return std::nullopt;
}

// Nobody is named who is no more.
std::optional<Error> named_ended(const Circumstances& at, const OpenItem& command) {
  const Day today = day_of(at.now, at.state.zone);
  const auto fault = [&](UnitId unit, const char* field) {
    auto error = ended_unit(at.state, unit, today);
    if (error) error->facts.emplace_back("field", field);
    return error;
  };
  for (const UnitId unit : command.implementing)
    if (auto error = fault(unit, "implementing")) return error;
  if (command.accepting) return fault(*command.accepting, "accepting");
  return std::nullopt;
}

}  // namespace

std::vector<std::string> missing_of_finding(const Flow& flow, const OpenItem& command) {
  std::vector<std::string> out;
  if (!flow.finds(command.source)) return out;
  for (const std::string& field : flow.findings.required)
    if (!is_given(field, command)) out.push_back(field);
  return out;
}

std::optional<Error> finding_fault(const Circumstances& at, const Flow& flow,
                                   const OpenItem& command) {
  const std::vector<std::string> missing = missing_of_finding(flow, command);
  if (!missing.empty()) return refusal("field_required", {{"field", missing.front()}});
  if (command.batch && !valid_code(*command.batch))
    return refusal("code_bad", {{"field", "batch"}});
  if (command.feedback && day_of(at.now, at.state.zone) < *command.feedback)
    return refusal("feedback_in_future", {{"day", to_text(*command.feedback)}});
  if (command.implementing.size() > kListCountMax)
    return refusal("list_too_long",
                   {{"field", "implementing"}, {"count_max", std::to_string(kListCountMax)}});
  if (auto error = named_ended(at, command)) return error;
  if (auto error = accepted_independently(at, command)) return error;
  if (command.special) return special_fault(at.state, flow, command.place, *command.special);
  return std::nullopt;
}

std::optional<Error> finding_kept(const Flow& flow, const Item& item, const CorrectItem& command) {
  const bool found = flow.finds(item.source);
  if (command.field == "source" && !found && flow.finds(command.value))
    return refusal("source_is_inspection", {{"source", command.value}, {"field", "source"}});
  const auto& required = flow.findings.required;
  if (found && command.value.empty() &&
      std::find(required.begin(), required.end(), command.field) != required.end())
    return refusal("field_required", {{"field", command.field}});
  return std::nullopt;
}

}  // namespace tz::ledger
