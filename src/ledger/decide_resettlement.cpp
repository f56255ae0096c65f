// A scheme is run by a post that is over all of it; what it shows of anybody is checked here,
// however it was made.
#include "ledger/decide_resettlement.h"

#include <algorithm>

#include "ledger/decide_item.h"
#include "ledger/decide_units.h"
#include "ledger/given_text.h"
#include "ledger/interval.h"
#include "ledger/mandate.h"
#include "ledger/permission.h"
#include "ledger/post_scope.h"
#include "ledger/roster_difference.h"

namespace tz::ledger {
namespace {

using Refused = std::optional<Error>;

constexpr std::int64_t kPercentMax = 100;

Wish run_wish() { return {Right::SchemeOpen, nullptr, to_text(Right::SchemeOpen)}; }

Result<const Scheme*> known_scheme(const State& state, const std::string& code) {
  const auto index = state.scheme_of(code);
  if (!index) return refusal("scheme_unknown", {{"scheme", code}});
  return state.schemes[*index].get();
}

struct Run {
  const Scheme* scheme;
  PostId post;
};
// The scheme, and in which post it is run.
Result<Run> run(const Circumstances& at, const std::string& code) {
  const Scheme* scheme = TZ_TRY(known_scheme(at.state, code));
  return Run{scheme, TZ_TRY(permitted(at, run_wish(), scheme->units))};
}

Refused units_fault(const State& state, const std::vector<UnitId>& units) {
  if (units.empty()) return refusal("field_required", {{"field", "units"}});
  if (units.size() > kMandateUnitsMax)
    return refusal("list_too_long",
                   {{"field", "units"}, {"count_max", std::to_string(kMandateUnitsMax)}});
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i].value >= state.tree->size())
      return refusal("unit_unknown", {{"unit", std::to_string(units[i].value)}});
    if (std::count(units.begin(), units.end(), units[i]) > 1)
      return refusal("unit_twice", {{"unit", std::string(state.tree->code(units[i]))}});
  }
  return std::nullopt;
}

// An area may reach beyond the unit in which it lies: nobody moves households where he is not over.
Refused beyond_scope(const State& state, PostId post, const std::vector<UnitId>& units, Day today) {
  const std::vector<Interval> over = scope_of(state, post, today);
  // What stands in two of them would be counted twice.
  for (std::size_t i = 0; i < units.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (!common(covered_by(*state.tree, {units[i]}, today),
                  covered_by(*state.tree, {units[k]}, today))
               .empty())
        return refusal("unit_twice", {{"unit", std::string(state.tree->code(units[i]))}});
  for (const UnitId unit : units)
    if (!less(covered_by(*state.tree, {unit}, today), over).empty())
      return refusal("scheme_beyond_scope", {{"unit", std::string(state.tree->code(unit))}});
  return std::nullopt;
}

bool covered(const State& state, const Scheme& scheme, UnitId unit, Day today) {
  const std::uint32_t position = state.tree->position(unit);
  for (const UnitId each : scheme.units)
    for (const Interval& one : state.tree->extent(each, today))
      if (one.begin <= position && position < one.end) return true;
  return false;
}

// Or a neighbourhood that lies in none: one inside would be told apart from the rest of its
// village.
bool is_village(const OrgTree& tree, UnitId unit) {
  if (tree.kind(unit) != UnitKind::Neighbourhood) return tree.kind(unit) == UnitKind::Village;
  for (UnitId above = tree.parent(unit); tree.parent(above) != above; above = tree.parent(above))
    if (tree.kind(above) == UnitKind::Village) return false;
  return true;
}

Refused unit_fault(const State& state, const Scheme& scheme, const PublishRoster& command,
                   Day today) {
  if ((command.audience == RosterAudience::Affected) != command.unit.has_value())
    return refusal("field_bad", {{"field", "unit"}});
  if (!command.unit) return std::nullopt;
  const Facts which = {{"unit", std::string(state.tree->code(*command.unit))},
                       {"scheme", scheme.code}};
  if (!covered(state, scheme, *command.unit, today)) return refusal("unit_outside_scheme", which);
  if (!is_village(*state.tree, *command.unit)) return refusal("roster_of_village", which);
  return std::nullopt;
}

// Everybody sees no unit below the township, and who lives in a village no other village.
Refused rows_fault(const State& state, const PublishRoster& command) {
  if (command.rows.empty() || !may_be_public(command.rows))
    return refusal("roster_too_small", {{"households_min", std::to_string(kRosterRowMin)}});
  const auto shown = [&](UnitId unit) {
    if (unit.value >= state.tree->size()) return false;
    return command.unit ? state.tree->within(unit, *command.unit)
                        : township_or_above(*state.tree, unit) == unit;
  };
  for (const RosterRow& row : command.rows)
    if (!std::all_of(row.units.begin(), row.units.end(), shown))
      return refusal("field_bad", {{"field", "rows"}});
  return std::nullopt;
}

// Of whom two pictures of one day are had, of him it is known what changed in between.
Refused shown_today(const State& state, const Scheme& scheme, const PublishRoster& command,
                    Day today) {
  const RostersOfUnit* before = scheme.rosters_of(command.unit);
  if (before == nullptr) return std::nullopt;
  const PublishedRoster& newest = *scheme.rosters.at(before->numbers.back() - 1);
  if (day_of(newest.published, state.zone) < today) return std::nullopt;
  return refusal("roster_today", {{"day", to_text(today)}});
}

}  // namespace

Result<Decision> decide_scheme(const Circumstances& at, const OpenScheme& command) {
  if (auto error = units_fault(at.state, command.units)) return *error;
  const PostId post = TZ_TRY(permitted(at, run_wish(), command.units));
  const Day today = day_of(at.now, at.state.zone);
  if (auto error = beyond_scope(at.state, post, command.units, today)) return *error;
  for (const UnitId unit : command.units)
    if (auto error = ended_unit(at.state, unit, today)) return *error;
  if (!valid_code(command.scheme)) return refusal("code_bad", {{"field", "scheme"}});
  if (at.state.scheme_of(command.scheme))
    return refusal("scheme_known", {{"scheme", command.scheme}});
  if (at.state.schemes.size() >= kSchemesMax)
    return refusal("list_too_long",
                   {{"field", "scheme"}, {"count_max", std::to_string(kSchemesMax)}});
  if (command.name.empty()) return refusal("field_required", {{"field", "name"}});
  if (auto error = text_fault({"name", kTitleCharsMax, Shape::Line}, command.name)) return *error;
  return Decision{post, {{SchemeOpened{command.scheme, command.name, command.units}, {}, {}}}};
}

Result<Decision> decide_register_end(const Circumstances& at, const CloseRegister& command) {
  const Run run_by = TZ_TRY(run(at, command.scheme));
  if (run_by.scheme->closed) return refusal("register_closed", {{"scheme", command.scheme}});
  return Decision{run_by.post, {{RegisterClosed{command.scheme}, {}, {}}}};
}

Result<Decision> decide_roster(const Circumstances& at, const FreezeRoster& command) {
  const Run run_by = TZ_TRY(run(at, command.scheme));
  const Facts which = {{"scheme", command.scheme}};
  // What was counted before the register was closed may not be all.
  if (!run_by.scheme->closed || command.position <= run_by.scheme->closed->value)
    return refusal("register_open", which);
  if (run_by.scheme->households) return refusal("roster_frozen", which);
  if (command.households.empty()) return refusal("roster_empty", which);
  Decision decision{run_by.post, {}};
  for (std::size_t i = 0; i < command.households.size(); i += kUnitsPerRecord) {
    const std::size_t end = std::min(command.households.size(), i + kUnitsPerRecord);
    RosterFrozen event{command.scheme, command.position, {}};
    for (std::size_t k = i; k < end; ++k) {
      TZ_ASSERT(command.households[k].households > 0);
      TZ_ASSERT(command.households[k].unit.value < at.state.tree->size());
      TZ_ASSERT(k == 0 || command.households[k - 1].unit < command.households[k].unit);
      event.households.push_back(command.households[k]);
    }
    decision.events.push_back({std::move(event), {}, {}});
  }
  return decision;
}

Result<Decision> decide_signing(const Circumstances& at, const OpenSigning& command) {
  const Run run_by = TZ_TRY(run(at, command.scheme));
  const Facts which = {{"scheme", command.scheme}};
  if (!run_by.scheme->households) return refusal("roster_not_frozen", which);
  if (run_by.scheme->term) return refusal("signing_opened", which);
  if (command.percent && *command.percent < kSigningPercentMin)
    return refusal("signing_percent_low", {{"percent_min", std::to_string(kSigningPercentMin)}});
  if (command.percent && *command.percent > kPercentMax)
    return refusal("field_bad", {{"field", "percent"}});
  const Day today = day_of(at.now, at.state.zone);
  if (command.first < today)
    return refusal("due_in_past", {{"day", to_text(command.first)}, {"field", "first"}});
  if (command.last < command.first) return refusal("field_bad", {{"field", "last"}});
  return Decision{
      run_by.post,
      {{SigningOpened{command.scheme, command.first, command.last, command.percent}, {}, {}}}};
}

Result<Decision> decide_publication(const Circumstances& at, const PublishRoster& command) {
  const Scheme& scheme = *TZ_TRY(known_scheme(at.state, command.scheme));
  const Day today = day_of(at.now, at.state.zone);
  if (auto error = unit_fault(at.state, scheme, command, today)) return *error;
  const std::vector<UnitId> over = command.unit ? std::vector<UnitId>{*command.unit} : scheme.units;
  const Wish wish{Right::RosterPublish, nullptr, to_text(Right::RosterPublish)};
  const PostId post = TZ_TRY(permitted(at, wish, over));
  if (!scheme.households) return refusal("roster_not_frozen", {{"scheme", scheme.code}});
  if (command.first < today || command.last < command.first ||
      command.first.number - today.number >= kRosterDaysMax ||
      command.last.number - command.first.number >= kRosterDaysMax)
    return refusal("roster_period", {{"days_max", std::to_string(kRosterDaysMax)}});
  if (auto error = shown_today(at.state, scheme, command, today)) return *error;
  if (auto error = rows_fault(at.state, command)) return *error;
  if (rows_beside(*at.state.tree, scheme, command.unit, command.rows) != command.rows)
    return refusal("roster_few", {{"households_min", std::to_string(kRosterCellMin)}});
  return Decision{post,
                  {{RosterPublished{command.scheme, command.audience, command.unit, command.first,
                                    command.last, command.position, command.rows},
                    {},
                    {}}}};
}

Result<Decision> decide_code(const Circumstances& at, const IssueQueryCode& command) {
  const Item& item = *TZ_TRY(item_in_sight(at, command.item));
  const Right right = Right::HouseholdCode;
  const PostId post = TZ_TRY(permitted(at, {right, nullptr, to_text(right)}, item));
  if (!item.household) return refusal("household_none", {{"item", to_text(item.no)}});
  return Decision{post,
                  {{QueryCodeIssued{command.code_salt, command.code_hash}, command.item, {}}}};
}

Outcome registers_open(const State& state, const std::vector<std::string>& schemes) {
  for (const std::string& code : schemes) {
    const auto known = state.scheme_of(code);
    if (!known) return refusal("scheme_unknown", {{"scheme", code}});
    if (state.schemes[*known]->closed) return refusal("register_closed", {{"scheme", code}});
  }
  return Done{};
}

}  // namespace tz::ledger
