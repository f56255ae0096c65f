// The flows' own promises, looked at from outside.
#include "walk/walk_rules.h"

#include <algorithm>

namespace tz::test {

using namespace ledger;

namespace {

// What is only ever done to an item that is neither closed nor dropped.
bool is_work(const Event& event) {
  return std::holds_alternative<Assigned>(event) || std::holds_alternative<CriterionSet>(event) ||
         std::holds_alternative<DeadlineExtended>(event) ||
         std::holds_alternative<MeasurePlanned>(event) ||
         std::holds_alternative<MeasureEnded>(event) ||
         std::holds_alternative<ProgressReported>(event) ||
         std::holds_alternative<NoticePosted>(event) ||
         std::holds_alternative<PartAssigned>(event) || std::holds_alternative<PartDone>(event) ||
         std::holds_alternative<SourceAdded>(event);
}

}  // namespace

Violation WalkRules::moved(Case& about, const TransitionTaken& event, const State& state) {
  const Flow& flow = *state.flows[about.flow];
  const Transition* step = flow.transition(event.transition);
  if (step == nullptr) return "a step that the flow lacks";
  if (flow.states[about.state].id != event.from) return "a step from where the item is not";
  const auto from = step->from;
  if (std::find(from.begin(), from.end(), about.state) == from.end())
    return "a step from where its flow has none: " + event.transition + " from " + event.from;
  const auto to = flow.state(event.to);
  if (!to) return "a step to a state that the flow lacks";
  if (*to != step->target(about.state) && step->to_if_unsatisfied != *to)
    return "a step to another state than its flow says";
  about.state = *to;
  about.dropped = flow.states[*to].phase == Phase::Dropped;
  const Phase phase = flow.states[*to].phase;
  if ((phase == Phase::Closed) != about.closed)
    return "a phase of " + event.to + " that no closing bears out";
  ++states_[flow.kind + "." + event.to];
  return std::nullopt;
}

Violation WalkRules::judge(Case& about, const Event& event, const State& state) {
  const Phase phase = state.flows[about.flow]->states[about.state].phase;
  if (is_work(event) && (about.closed || phase == Phase::Dropped))
    return "work on what is closed or dropped";
  if (const auto* corrected = std::get_if<Corrected>(&event))
    if (corrected->field == "fix_class" && corrected->value) about.fix_class = *corrected->value;
  if (const auto* closed = std::get_if<ItemClosed>(&event)) {
    if (about.closed) return "closed twice";
    about.closed = true;
    if (closed->fixed && (about.fix_class == "phased" || about.fix_class == "long_term"))
      return "closed as fixed, and yet in stages";
  }
  if (std::holds_alternative<ItemReopened>(event)) {
    if (!about.closed) return "reopened, and yet not closed";
    about.closed = false;
  }
  if (const auto* linked = std::get_if<ItemsLinked>(&event))
    if (linked->link == LinkKind::HasShare) about.shares.insert(linked->other.value);
  if (const auto* started = std::get_if<ClockStarted>(&event)) about.acted[started->clock].clear();
  if (const auto* turned = std::get_if<ClockMoved>(&event)) about.acted[turned->clock].clear();
  if (std::holds_alternative<Assigned>(event) || std::holds_alternative<DeadlineExtended>(event))
    about.acted[""].clear();
  if (const auto* acted = std::get_if<ClockActed>(&event))
    if (!about.acted[acted->clock.value_or("")]
             .insert({static_cast<int>(acted->step), acted->due.us})
             .second)
      return "a step of the clock taken twice";
  if (const auto* step = std::get_if<TransitionTaken>(&event)) return moved(about, *step, state);
  return std::nullopt;
}

Violation WalkRules::take(const engine::OpenedRecord& opened, const State& state) {
  Violation wrong = history_.take(opened);
  const journal::Record& record = opened.record;
  const Event& event = opened.event.event;
  if (!wrong && record.item) {
    Case& about = cases_[*record.item];
    if (const auto* listed = std::get_if<ItemOpened>(&event)) {
      about.flow = *state.flow_of(listed->kind, listed->flow_version);
      about.fix_class = listed->fix_class;
      ++states_[listed->kind + "." + state.flows[about.flow]->states.front().id];
    }
    wrong = judge(about, event, state);
    if (wrong) wrong = "record " + std::to_string(record.seq.value) + ": " + *wrong;
  }
  return wrong;
}

Violation WalkRules::shares_hold() const {
  for (const auto& [no, whole] : cases_) {
    if (!whole.closed) continue;
    for (const std::uint64_t share : whole.shares) {
      const auto found = cases_.find(share);
      if (found == cases_.end()) return "a share that is nowhere";
      // What was dropped needs nobody any more.
      if (!found->second.closed && !found->second.dropped)
        return "a whole is closed while a share of it is open";
    }
  }
  return std::nullopt;
}

}  // namespace tz::test
