// Gates go by stages and by what was done before, so that no flow file can leave one out.
#include "ledger/household.h"

#include <algorithm>

#include "ledger/decide_item.h"
#include "ledger/org_tree.h"

namespace tz::ledger {
namespace {

const Scheme& scheme_of(const State& state, const Item& item) {
  TZ_ASSERT(item.household && item.household->scheme < state.schemes.size());
  return *state.schemes[item.household->scheme];
}

std::string number(std::int64_t value) { return std::to_string(value); }

bool within_scheme(const State& state, const Scheme& scheme, UnitId place, Day today) {
  return std::any_of(scheme.units.begin(), scheme.units.end(), [&](UnitId unit) {
    const std::vector<Interval> extent = state.tree->extent(unit, today);
    const std::uint32_t position = state.tree->position(place);
    return std::any_of(extent.begin(), extent.end(), [&](const Interval& one) {
      return one.begin <= position && position < one.end;
    });
  });
}

// Of which household it may be a part: one of the register that has not signed.
Refused split_fault(const Circumstances& at, const OpenItem& command, std::uint16_t scheme) {
  const auto found = item_in_sight(at, *command.split_from);
  if (!found.ok()) return found.error();
  const Item& other = **found;
  const Facts which = {{"item", to_text(other.no)}};
  if (!other.household || other.household->scheme != scheme || other.household->split_from ||
      other.place != command.place || !is_open(phase_of(other, at.state)))
    return refusal("split_unfit", which);
  if (other.household->has_signed) return refusal("household_signed", which);
  if (other.household->splits.size() >= kSplitsMax)
    return refusal("splits_too_many", {{"count_max", std::to_string(kSplitsMax)}});
  return std::nullopt;
}

// Whoever is counted, and whoever split from him, sign within the term.
Refused signing_refused(const Scheme& scheme, Day today) {
  if (!scheme.term || today < scheme.term->first)
    return refusal("signing_not_open", {{"scheme", scheme.code}});
  if (scheme.term->last < today)
    return refusal("signing_over", {{"day", to_text(scheme.term->last)}});
  return std::nullopt;
}

Refused split_unsigned(const Circumstances& at, const Item& item) {
  for (const ItemNo no : item.household->splits) {
    const Item* part = at.item(no);
    TZ_ASSERT(part != nullptr);
    if (is_open(phase_of(*part, at.state)) && !part->household->has_signed)
      return refusal("split_unsigned", {{"item", to_text(no)}});
  }
  return std::nullopt;
}

Refused not_in_effect(const Scheme& scheme, Day today) {
  if (!scheme.term) return refusal("signing_not_open", {{"scheme", scheme.code}});
  if (scheme.holds()) return std::nullopt;
  const Facts how = {{"signed", number(scheme.signed_count)},
                     {"households", number(scheme.household_count)},
                     {"percent", number(*scheme.term->percent)}};
  return refusal(scheme.lapsed(today) ? "agreements_lapsed" : "agreements_not_in_effect", how);
}

// Whoever split from it when the register was closed lived under the same roof.
bool part_stays(const Circumstances& at, const Item& item) {
  const std::vector<ItemNo>& splits = item.household->splits;
  return std::any_of(splits.begin(), splits.end(), [&](ItemNo no) {
    const Item* part = at.item(no);
    TZ_ASSERT(part != nullptr);
    return is_open(phase_of(*part, at.state)) && !part->household->vacated;
  });
}

// A decision on compensation comes where the term passed without an agreement.
Refused decision_refused(const Scheme& scheme, Day today) {
  if (!scheme.term || today <= scheme.term->last)
    return refusal("signing_not_over", {{"scheme", scheme.code}});
  return not_in_effect(scheme, today);
}

Refused whole_has_signed(const Circumstances& at, const Item& item) {
  if (!item.household->split_from) return std::nullopt;
  const Item* whole = at.item(*item.household->split_from);
  TZ_ASSERT(whole != nullptr);
  if (!whole->household->has_signed) return std::nullopt;
  return refusal("household_signed", {{"item", to_text(whole->no)}});
}

// What those say against it from whom it split, or who split from it.
Refused refused_by_others(const Circumstances& at, const Transition& transition, const Item& item) {
  const FlowState& to = flow_of(item, at.state).states[transition.target(item.state)];
  if (to.stage == HouseholdStage::Demolished && part_stays(at, item))
    return refusal("demolition_before_vacating");
  if (transition.act == Act::Sign) return split_unsigned(at, item);
  if (transition.act == Act::Revoke) return whole_has_signed(at, item);
  return std::nullopt;
}

}  // namespace

std::optional<Error> household_fault(const Circumstances& at, const Flow& flow,
                                     const OpenItem& command) {
  if (!flow.resettles()) {
    if (command.scheme || command.split_from)
      return refusal("field_unknown", {{"field", command.scheme ? "scheme" : "split_from"}});
    return std::nullopt;
  }
  if (!command.accused.empty()) return refusal("field_unknown", {{"field", "accused"}});
  if (!command.scheme) return refusal("field_required", {{"field", "scheme"}});
  const auto known = at.state.scheme_of(*command.scheme);
  if (!known) return refusal("scheme_unknown", {{"scheme", *command.scheme}});
  const Scheme& scheme = *at.state.schemes[*known];
  const Day today = day_of(at.now, at.state.zone);
  if (!within_scheme(at.state, scheme, command.place, today))
    return refusal(
        "unit_outside_scheme",
        {{"unit", std::string(at.state.tree->code(command.place))}, {"scheme", scheme.code}});
  if (!command.split_from) {
    if (scheme.closed) return refusal("register_closed", {{"scheme", scheme.code}});
    return std::nullopt;
  }
  if (!scheme.closed) return refusal("register_open", {{"scheme", scheme.code}});
  return split_fault(at, command, *known);
}

void note_split(ItemNo no, ItemNo of, std::vector<EventDraft>& out) {
  out.push_back({ItemsLinked{LinkKind::SplitFrom, of}, no, {}});
  out.push_back({ItemsLinked{LinkKind::HasSplit, no}, of, {}});
}

std::optional<Error> household_refused_alone(const Circumstances& at, const Transition& transition,
                                             const Item& item) {
  if (!item.household) return std::nullopt;
  const Scheme& scheme = scheme_of(at.state, item);
  const Day today = day_of(at.now, at.state.zone);
  const FlowState& to = flow_of(item, at.state).states[transition.target(item.state)];
  if (to.stage == HouseholdStage::Vacated && !item.household->compensated)
    return refusal("vacating_before_payment");
  if (to.stage == HouseholdStage::Demolished && !item.household->vacated)
    return refusal("demolition_before_vacating");
  // Whoever was counted stays counted.
  if (to.phase == Phase::Dropped && scheme.closed)
    return refusal("register_closed", {{"scheme", scheme.code}});
  if (transition.act == Act::Sign) return signing_refused(scheme, today);
  if (transition.act == Act::Revoke && scheme.holds()) return refusal("agreements_in_effect");
  if (transition.act == Act::Revoke || transition.stays) return std::nullopt;
  if (to.stage == HouseholdStage::Decided) return decision_refused(scheme, today);
  if (to.stage == HouseholdStage::Paid) return not_in_effect(scheme, today);
  return std::nullopt;
}

std::optional<Error> household_refused(const Circumstances& at, const Transition& transition,
                                       const Item& item) {
  if (!item.household) return std::nullopt;
  if (auto error = household_refused_alone(at, transition, item)) return error;
  return refused_by_others(at, transition, item);
}

Refused sign(Acting& a) {
  add_evidence(a);
  if (a.item.household->split_from) return std::nullopt;
  const Scheme& scheme = scheme_of(a.at.state, a.item);
  a.after.push_back({SignatureCounted{scheme.code, true}, {}, {}});
  const std::int64_t count = scheme.signed_count + 1;
  if (!scheme.in_effect && scheme.reached_by(count))
    a.after.push_back({SchemeTookEffect{scheme.code, count, scheme.household_count}, {}, {}});
  return std::nullopt;
}

Refused revoke(Acting& a) {
  if (auto error = required("reason", a.input)) return error;
  add_evidence(a);
  if (a.item.household->split_from) return std::nullopt;
  a.after.push_back({SignatureCounted{scheme_of(a.at.state, a.item).code, false}, {}, {}});
  return std::nullopt;
}

}  // namespace tz::ledger
