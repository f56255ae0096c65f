// The item's scope and opening, asked of the time rules.
#include "ledger/item_thresholds.h"

#include "ledger/adopted_programme.h"

namespace tz::ledger {
namespace {

const Thresholds& kept_by(const State& state, const OpenedAs& opened) {
  return state.time_rules->thresholds(opened.record);
}

calendar::Scope scope_of(const State& state, const OpenedAs& opened) {
  return scope_at(state, opened.place, opened.special, opened.day);
}

// The flow's own, and the name under which rows speak of them.
struct OwnSteps {
  const std::vector<FlowStep>& steps;
  std::string_view name;
};
OwnSteps own_steps(const Flow& flow, std::uint16_t limit) {
  // A part has those of the deadline, whatever gives it.
  const bool of_part = part_of(limit).has_value();
  const std::optional<std::uint16_t> clock = limit < LiveLimit::kPart ? std::optional(limit)
                                             : of_part && !flow.deadlines.empty()
                                                 ? std::optional(flow.deadlines.front())
                                                 : std::nullopt;
  if (clock) return {flow.clocks[*clock].steps, flow.clocks[*clock].id};
  return {flow.steps, kDeadlineName};
}

}  // namespace

std::string programme_id(const State& state, std::optional<std::uint32_t> special) {
  if (!special) return {};
  return state.programmes[state.specials[*special].programme]->newest().id;
}

calendar::Scope scope_at(const State& state, UnitId place, std::optional<std::uint32_t> special,
                         Day start) {
  return {region_of(*state.tree, place), programme_id(state, special), start};
}

calendar::Scope scope_at(const State& state, const Item& item, Day start) {
  return scope_at(state, item.place, item.special, start);
}

OpenedAs opened_as(const State& state, const Item& item) {
  return {item.flow, item.place, item.special, day_of(item.opened, state.zone), item.first};
}

OpenedAs opened_as(const ItemRow& row) {
  const auto special = row.special == 0 ? std::nullopt : std::optional(row.special - 1);
  return {row.flow, row.place, special, row.opened, row.first};
}

std::vector<FlowStep> steps_of(const State& state, const OpenedAs& opened, std::uint16_t limit) {
  const Flow& flow = *state.flows[opened.flow];
  const OwnSteps own = own_steps(flow, limit);
  const Thresholds& thresholds = kept_by(state, opened);
  if (!thresholds.about(flow.kind)) return own.steps;
  return thresholds.steps(flow, own.name, own.steps, scope_of(state, opened));
}

std::vector<const calendar::Rule*> thresholds_of(const State& state, const OpenedAs& opened) {
  return kept_by(state, opened).holding(*state.flows[opened.flow], scope_of(state, opened));
}

LightRules lights_of(const State& state, const OpenedAs& opened) {
  const Flow& flow = *state.flows[opened.flow];
  const Thresholds& thresholds = kept_by(state, opened);
  if (!thresholds.about(flow.kind)) return flow.lights;
  return thresholds.lights(flow, scope_of(state, opened));
}

std::int64_t checkers_needed(const State& state, const OpenedAs& opened, std::int64_t own) {
  const Flow& flow = *state.flows[opened.flow];
  const Thresholds& thresholds = kept_by(state, opened);
  if (!thresholds.about(flow.kind)) return own;
  return thresholds.checkers(flow, own, scope_of(state, opened));
}

}  // namespace tz::ledger
