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

bool in_stages(const std::string& fix_class) {
  return fix_class == "phased" || fix_class == "long_term";
}

}  // namespace

// What some steps of a flow promise beside where they lead.
Violation WalkRules::guarded(Case& about, const Transition& step) {
  const auto asks = [&](GuardKind kind) { return step.guard(kind) != nullptr; };
  if (asks(GuardKind::PartsGiven) && !about.without_part.empty())
    return "a unit that supports and has no part";
  if (asks(GuardKind::PartsDone))
    for (const Part& part : about.parts)
      if (!part.done && !part.ended) return "past a part that is not done";
  if (asks(GuardKind::ClassInStages) && !in_stages(about.fix_class))
    return "a stage of what is not fixed in stages";
  if (asks(GuardKind::ClassPlanned) && about.fix_class == "phased" && about.milestones.size() < 2)
    return "in phases, and yet without two milestones";
  about.milestones.clear();
  if (step.act != Act::LookBack) return std::nullopt;
  if (!about.looked_back.insert(step.id).second) return "looked back twice at one closing";
  if (about.held != about.closed) return "a closing that does not stand as its look-back found it";
  return std::nullopt;
}

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
  return guarded(about, *step);
}

// Who supports, with what part, and what became of it.
Violation WalkRules::shared_work(Case& about, const Event& event, Day day) {
  const auto part_of = [&](std::uint16_t number) -> Part* {
    return number < 1 || number > about.parts.size() ? nullptr : &about.parts[number - 1U];
  };
  if (const auto* assigned = std::get_if<Assigned>(&event)) {
    for (Part& part : about.parts) part.ended = part.ended || !part.done;
    about.without_part.clear();
    for (const UnitId unit : assigned->supporting) about.without_part.insert(unit.value);
  } else if (const auto* given = std::get_if<PartAssigned>(&event)) {
    if (given->part != about.parts.size() + 1) return "a part out of its number";
    if (given->due < day) return "a part whose day is past when it is given";
    about.parts.push_back({given->unit, given->due, false, false, {}});
    about.without_part.erase(given->unit.value);
  } else if (const auto* done = std::get_if<PartDone>(&event)) {
    Part* part = part_of(done->part);
    if (part == nullptr || part->done || part->ended) return "a part done that does not wait";
    part->done = true;
  } else if (const auto* assessed = std::get_if<PartAssessed>(&event)) {
    Part* part = part_of(assessed->part);
    if (part == nullptr || part->ended) return "a part assessed that does not stand";
    if (!part->done && day <= part->due) return "a part assessed before its day was over";
    if (!part->assessed.insert(assessed->by).second) return "a part assessed twice by one side";
    part->ended = !part->done && !assessed->good && assessed->by == PartSide::Caller;
  }
  return std::nullopt;
}

// By an outcome of the flow; what is left out of the reckoning, or cannot be met, by somebody
// independent, and the latter after a verdict that was not satisfied.
Violation WalkRules::closed(Case& about, const engine::OpenedRecord& opened, const State& state) {
  const auto& event = std::get<ItemClosed>(opened.event.event);
  const journal::Record& record = opened.record;
  const Flow& flow = *state.flows[about.flow];
  const auto outcome = flow.outcome(event.outcome);
  if (!outcome) return "closed with an outcome that the flow lacks";
  if (flow.outcomes[*outcome].fixed != event.fixed) return "fixed, and yet not by its outcome";
  if (about.closed) return "closed twice";
  if (event.closure != ++about.closures) return "a closing out of its number";
  about.closed = true;
  about.looked_back.clear();
  if (event.fixed && in_stages(about.fix_class)) return "closed as fixed, and yet in stages";
  const bool unmet = flow.outcomes[*outcome].unmet;
  if (unmet && !about.unsatisfied) return "what nobody was unsatisfied with cannot be met";
  if (!flow.outcomes[*outcome].excluded && !unmet) return std::nullopt;
  const Day day = day_of(record.recorded, state.zone);
  if (Violation wrong = history_.dependent(*record.item, record.actor, day))
    return (unmet ? "a demand that cannot be met " : "an exclusion ") + *wrong;
  return std::nullopt;
}

Violation WalkRules::judge(Case& about, const engine::OpenedRecord& opened, const State& state) {
  const Event& event = opened.event.event;
  const Flow& flow = *state.flows[about.flow];
  const Day day = day_of(opened.record.recorded, state.zone);
  if (is_work(event) && (about.closed || flow.states[about.state].phase == Phase::Dropped))
    return "work on what is closed or dropped";
  if (const auto* corrected = std::get_if<Corrected>(&event))
    if (corrected->field == "fix_class" && corrected->value) about.fix_class = *corrected->value;
  if (std::holds_alternative<ItemClosed>(event)) return closed(about, opened, state);
  if (const auto* reopened = std::get_if<ItemReopened>(&event)) {
    if (!about.closed) return "reopened, and yet not closed";
    if (reopened->closure != about.closures)
      return "another closing reopened than the one there is";
    about.closed = false;
  }
  if (const auto* found = std::get_if<VerificationGiven>(&event))
    if (found->stage == Stage::LookBack) {
      if (!about.closed) return "looked back at what is not closed";
      about.held = found->passed;
    }
  if (const auto* said = std::get_if<JudgementGiven>(&event))
    if (!said->drawn && !(is_silence(*said) && about.answered)) {
      about.answered = said->solved != Verdict::NoAnswer;
      about.unsatisfied = said->solved == Verdict::No || said->satisfied == Verdict::No;
    }
  if (const auto* linked = std::get_if<ItemsLinked>(&event))
    if (linked->link == LinkKind::HasShare) about.shares.insert(linked->other.value);
  if (const auto* measure = std::get_if<MeasurePlanned>(&event))
    about.milestones.insert(measure->due);
  const auto* assigned = std::get_if<Assigned>(&event);
  if (assigned != nullptr && !assigned->due && flow.deadlines.empty())
    return "given to a unit without a day";
  if (const auto* step = std::get_if<TransitionTaken>(&event)) return moved(about, *step, state);
  return shared_work(about, event, day);
}

// Whoever takes a step finds done what was due before it; what follows for another item does not
// turn that one's clock.
Violation WalkRules::timed(Case& about, const engine::OpenedRecord& opened, const State& state) {
  const journal::Record& record = opened.record;
  const Event& event = opened.event.event;
  const WalkLimits::Moment moment{state, *state.flows[about.flow], about.place, record.recorded};
  const bool stepped = record.actor.value != 0 && asked_about_ == record.item;
  if (stepped && !std::holds_alternative<ClockActed>(event))
    if (Violation wrong = about.limits.owed(moment)) return wrong;
  return about.limits.take(event, moment);
}

Violation WalkRules::take(const engine::OpenedRecord& opened, const State& state) {
  Violation wrong = history_.take(opened);
  const journal::Record& record = opened.record;
  if (record.index == 0) asked_about_ = record.item;
  if (wrong || !record.item) return wrong;
  Case& about = cases_[*record.item];
  if (const auto* listed = std::get_if<ItemOpened>(&opened.event.event)) {
    about.flow = *state.flow_of(listed->kind, listed->flow_version);
    about.place = listed->place;
    about.fix_class = listed->fix_class;
    ++states_[listed->kind + "." + state.flows[about.flow]->states.front().id];
  }
  wrong = judge(about, opened, state);
  if (!wrong) wrong = timed(about, opened, state);
  if (!wrong) return std::nullopt;
  return "record " + std::to_string(record.seq.value) + ": " + *wrong;
}

Violation WalkRules::turned(std::uint64_t item, Instant now, const State& state) const {
  const auto known = cases_.find(item);
  if (known == cases_.end()) return "the clock of an item that is nowhere";
  const Case& about = known->second;
  return about.limits.owed({state, *state.flows[about.flow], about.place, now});
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
