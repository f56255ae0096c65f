// The accepting unit of a finding is held to what any verifier is held to.
#include "ledger/finding.h"

#include <algorithm>

#include "base/csv.h"
#include "ledger/decide_item.h"
#include "ledger/decide_units.h"
#include "ledger/finding_fields.h"
#include "ledger/given_text.h"
#include "ledger/special_items.h"

namespace tz::ledger {
namespace {

// Who fixes it, and who is to accept it.
struct Bodies {
  const std::vector<UnitId>& implementing;
  const std::optional<UnitId>& accepting;
};

std::optional<Error> accepted_independently(const Circumstances& at, const Bodies& bodies) {
  if (!bodies.accepting) return std::nullopt;
  const UnitId accepting = *bodies.accepting;
  const OrgTree& tree = *at.state.tree;
  const Day today = day_of(at.now, at.state.zone);
  const Facts which = {{"field", "accepting"}, {"unit", std::string(tree.code(accepting))}};
  for (const UnitId unit : bodies.implementing)
    if (unit == accepting) return refusal("verifier_is_fixer", which);
  for (const UnitId unit : bodies.implementing)
    if (tree.below_on_any_edge(accepting, unit, today))
      return refusal("verifier_below_fixer", which);
  return std::nullopt;
}

std::optional<Error> too_many(const std::vector<UnitId>& implementing) {
  if (implementing.size() <= kListCountMax) return std::nullopt;
  return refusal("list_too_long",
                 {{"field", "implementing"}, {"count_max", std::to_string(kListCountMax)}});
}

// Nobody is named who is no more.
std::optional<Error> named_ended(const Circumstances& at, const std::vector<UnitId>& units,
                                 std::string_view field) {
  const Day today = day_of(at.now, at.state.zone);
  for (const UnitId unit : units)
    if (auto error = ended_unit(at.state, unit, today)) {
      error->facts.emplace_back("field", std::string(field));
      return error;
    }
  return std::nullopt;
}

std::optional<Error> in_future(const Circumstances& at, Day feedback) {
  if (feedback <= day_of(at.now, at.state.zone)) return std::nullopt;
  return refusal("feedback_in_future", {{"day", to_text(feedback)}});
}

Result<std::vector<UnitId>> units_now(const OrgTree& tree, std::string_view list) {
  std::vector<UnitId> out;
  for (const std::string& code : codes_in(list)) {
    const auto unit = tree.find(code);
    if (!unit) return refusal("unit_unknown", {{"unit", std::string(beginning_of(code, 80))}});
    out.push_back(*unit);
  }
  return out;
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
  if (command.feedback)
    if (auto error = in_future(at, *command.feedback)) return error;
  if (auto error = too_many(command.implementing)) return error;
  if (auto error = named_ended(at, command.implementing, "implementing")) return error;
  if (command.accepting)
    if (auto error = named_ended(at, {*command.accepting}, "accepting")) return error;
  if (auto error = accepted_independently(at, {command.implementing, command.accepting}))
    return error;
  if (command.special) return special_fault(at.state, flow, command.place, *command.special);
  return std::nullopt;
}

std::optional<Error> number_fault(const std::optional<std::string>& number,
                                  const std::optional<ItemNo>& known_as) {
  if (!known_as) return std::nullopt;
  Facts facts = {{"item", to_text(*known_as)}, {"field", "upstream_no"}};
  if (number) facts.emplace_back("upstream_no", *number);
  return refusal("upstream_no_known", std::move(facts));
}

std::optional<Error> finding_kept(const Flow& flow, const Item& item, const CorrectItem& command) {
  const bool found = flow.finds(item.source);
  if (command.field == "source" && !found && flow.finds(command.value))
    return refusal("source_is_inspection", {{"source", command.value}, {"field", "source"}});
  const std::string_view field = command.field;
  const std::string_view asked = field == "to_accept" ? "accepting" : field;
  const auto& required = flow.findings.required;
  if (found && command.value.empty() &&
      std::find(required.begin(), required.end(), asked) != required.end())
    return refusal("field_required", {{"field", command.field}});
  return std::nullopt;
}

Result<Corrected> corrected_finding(const Circumstances& at, const Item& item,
                                    const CorrectItem& command) {
  if (command.field == "feedback") {
    if (command.value.empty()) return Corrected{command.field, command.value};
    const Day day = TZ_TRY(parse_day(command.value));
    if (auto error = in_future(at, day)) return *error;
    return Corrected{command.field, to_text(day)};
  }
  const std::vector<UnitId> units = TZ_TRY(units_now(*at.state.tree, command.value));
  const bool implementing = command.field == "implementing";
  if (!implementing && units.size() > 1) return refusal("field_bad", {{"field", command.field}});
  if (auto error = too_many(units)) return *error;
  if (auto error = named_ended(at, units, command.field)) return *error;
  std::optional<UnitId> accepting = item.to_accept;
  if (!implementing) accepting = units.empty() ? std::nullopt : std::optional(units.front());
  if (auto error =
          accepted_independently(at, {implementing ? units : item.implementing, accepting}))
    return *error;
  std::string codes;
  for (const UnitId unit : units)
    codes += (codes.empty() ? "" : ",") + std::string(at.state.tree->code(unit));
  return Corrected{command.field, codes};
}

}  // namespace tz::ledger
