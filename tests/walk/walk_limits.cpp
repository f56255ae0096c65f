// One event after the other, and the days between a last day and a step by going from day to day.
#include "walk/walk_limits.h"

#include <algorithm>

namespace tz::test {

using namespace ledger;

namespace {

const std::string kDeadline;
const std::string kPart = "part ";
std::string name_of(std::uint16_t part) { return kPart + std::to_string(part); }

// Of a part the same as of a deadline, whatever gives it.
const std::vector<FlowStep>& flow_steps(const Flow& flow, const std::string& limit) {
  const bool part = limit.starts_with(kPart);
  if (part && !flow.deadlines.empty()) return flow.clocks[flow.deadlines.front()].steps;
  return part || limit == kDeadline ? flow.steps : flow.clocks[*flow.clock(limit)].steps;
}

Instant slow_moment(const FlowStep& step, Instant due, Day last, const WalkLimits::Moment& moment) {
  if (step.when == FlowStep::When::AtEnd) return due;
  const int sign = step.when == FlowStep::When::Before ? -1 : 1;
  if (step.by.unit == calendar::LengthUnit::Hours)
    return Instant{due.us + sign * step.by.amount * std::int64_t{3'600'000'000}};
  const State& state = moment.state;
  const auto& days = state.time_rules->days_of(region_of(*state.tree, moment.place));
  Day day = last;
  for (int count = 0; count < step.by.amount;) {
    day.number += sign;
    if (step.by.unit != calendar::LengthUnit::WorkingDays || days.works(day)) ++count;
  }
  // As far from the end of that day as the limit is from the end of its own.
  return Instant{end_of(day, state.zone).us + due.us - end_of(last, state.zone).us};
}

bool gives_deadline(const Flow& flow, const std::string& clock) {
  return std::any_of(flow.deadlines.begin(), flow.deadlines.end(),
                     [&](std::uint16_t index) { return flow.clocks[index].id == clock; });
}

bool open_in(const Flow& flow, const std::string& state) {
  return is_open(flow.states[*flow.state(state)].phase);
}

}  // namespace

// In the flow's order. What would have been due when it was set is passed over.
WalkLimits::Steps WalkLimits::steps_of(const std::string& clock, const Limit& limit,
                                       const Moment& moment) {
  Steps out;
  for (const FlowStep& step : flow_steps(moment.flow, clock)) {
    const Instant at = slow_moment(step, limit.due, limit.due_day, moment);
    if (limit.set < at) out.emplace_back(step.step, at);
  }
  return out;
}

Violation WalkLimits::acted(const ClockActed& event, const Moment& moment) {
  const std::string clock = event.part ? name_of(*event.part) : event.clock.value_or(kDeadline);
  const auto limit = limits_.find(clock);
  if (limit == limits_.end()) return "a step of the clock about a limit that does not run";
  if (limit->second.still) return "a step of the clock about a limit that stands still";
  const Steps steps = steps_of(clock, limit->second, moment);
  if (limit->second.done == steps.size()) return "a step of the clock taken twice, or too many";
  const auto& [step, at] = steps[limit->second.done++];
  if (step != event.step) return "a step of the clock out of its order";
  if (at != event.due) return "a step of the clock whose moment is another";
  if (moment.at < event.due) return "a step of the clock before it was due";
  return std::nullopt;
}

Violation WalkLimits::owed(const Moment& moment) const {
  for (const auto& [clock, limit] : limits_) {
    if (limit.still) continue;
    const Steps steps = steps_of(clock, limit, moment);
    if (limit.done < steps.size() && steps[limit.done].second <= moment.at)
      return "a step that was due is missing: " +
             std::string(ledger::to_text(steps[limit.done].first)) + " " +
             (clock == kDeadline ? "of the deadline" : clock);
  }
  return std::nullopt;
}

void WalkLimits::set_deadline(const std::optional<Day>& due, Instant at) {
  due_ = due;
  limits_.erase(kDeadline);
  // Whoever is to see to it, and as long as there is something to be done.
  if (due && led_ && open_) limits_[kDeadline] = {end_of(*due, Zone{}), *due, at};
}

Violation WalkLimits::take(const Event& event, const Moment& moment) {
  const Flow& flow = moment.flow;
  const Instant at = moment.at;
  // What a limit gave ends with the round, or with what the item is dealt with in.
  const auto forget = [&] {
    if (!flow.deadlines.empty()) set_deadline(std::nullopt, at);
  };
  if (const auto* opened = std::get_if<ItemOpened>(&event)) {
    due_ = opened->due;
  } else if (const auto* assigned = std::get_if<Assigned>(&event)) {
    led_ = true;
    set_deadline(assigned->due, at);
    std::erase_if(limits_, [](const auto& one) { return one.first.starts_with(kPart); });
  } else if (const auto* part = std::get_if<PartAssigned>(&event)) {
    limits_[name_of(part->part)] = {end_of(part->due, Zone{}), part->due, at};
  } else if (const auto* done = std::get_if<PartDone>(&event)) {
    limits_.erase(name_of(done->part));
  } else if (const auto* found = std::get_if<PartAssessed>(&event)) {
    if (found->by == PartSide::Caller && !found->good) limits_.erase(name_of(found->part));
  } else if (const auto* booked = std::get_if<LoanBooked>(&event)) {
    led_ = led_ || booked->sort == EntrySort::Paid;
  } else if (const auto* extended = std::get_if<DeadlineExtended>(&event)) {
    set_deadline(extended->due, at);
  } else if (std::holds_alternative<ItemReopened>(event)) {
    forget();
  } else if (const auto* linked = std::get_if<ItemsLinked>(&event)) {
    if (linked->link == LinkKind::MergedInto) forget();
  } else if (const auto* taken = std::get_if<TransitionTaken>(&event)) {
    const bool open = open_in(flow, taken->to);
    if (open == open_) return std::nullopt;
    open_ = open;
    set_deadline(due_, at);
    for (auto& [name, limit] : limits_)
      if (name.starts_with(kPart)) limit = {limit.due, limit.due_day, at, !open};
  } else if (const auto* started = std::get_if<ClockStarted>(&event)) {
    limits_[started->clock] = {started->due, started->due_day, started->at};
    if (gives_deadline(flow, started->clock))
      set_deadline(due_ ? std::min(*due_, started->due_day) : started->due_day, at);
  } else if (const auto* paused = std::get_if<ClockPaused>(&event)) {
    limits_[paused->clock].still = true;
  } else if (const auto* turned = std::get_if<ClockMoved>(&event)) {
    Limit& limit = limits_[turned->clock];
    const bool still = limit.still && turned->why != ClockMove::Resumed;
    limit = {turned->due, turned->due_day, at, still};
    if (gives_deadline(flow, turned->clock)) set_deadline(turned->due_day, at);
  } else if (const auto* stopped = std::get_if<ClockStopped>(&event)) {
    limits_.erase(stopped->clock);
  } else if (const auto* step = std::get_if<ClockActed>(&event)) {
    return acted(*step, moment);
  }
  return std::nullopt;
}

}  // namespace tz::test
