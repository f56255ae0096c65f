// Each turn of a clock is an event that says what was reckoned, so that no fold reckons again.
#include "ledger/clock.h"

#include <algorithm>

#include "ledger/deadline_keeper.h"
#include "ledger/item.h"
#include "ledger/item_thresholds.h"
#include "ledger/permission.h"

namespace tz::ledger {
namespace {

// One item's clocks at one moment.
struct Turning {
  const Circumstances& at;
  const Flow& flow;
  ItemNo no;
  UnitId place;
  std::string programme;  // empty: none
  std::vector<EventDraft>& out;

  void add(Event event) { out.push_back({std::move(event), no, {}}); }
  [[nodiscard]] const TimeRules& rules() const { return *at.state.time_rules; }
  [[nodiscard]] calendar::Region region() const { return region_of(*at.state.tree, place); }
  [[nodiscard]] calendar::Scope scope(Instant start) const {
    return {region(), programme, day_of(start, at.state.zone)};
  }

  [[nodiscard]] Result<calendar::Deadline> reckon(const ItemClock& clock) const {
    calendar::Question question;
    question.from = clock.started;
    question.length = clock.length;
    question.rolls = clock.rolls;
    question.pauses = clock.pauses;
    question.extensions = clock.extensions;
    question.zone = at.state.zone;
    return calendar::deadline(question, rules().days_of(region()));
  }

  // As it is from that moment on; none where no rule is in force.
  [[nodiscard]] std::optional<ItemClock> begun(const FlowClock& named, Instant from) const {
    ItemClock clock;
    clock.started = from;
    // What the flow says itself holds where no division or programme has a limit of its own for it.
    const std::string name = named.length ? flow.kind + "." + named.id : named.rule;
    const auto rule = rules().rule(name, scope(from));
    if (!rule && !named.length) return std::nullopt;
    if (!rule) {
      clock.length = *named.length;
    } else {
      clock.length = rule->length;
      clock.rolls = rule->rolls;
      clock.rule = rule->code;
    }
    return clock;
  }

  Outcome start(const FlowClock& named, Instant from) {
    if (!rules().has_calendar()) return Done{};
    const auto begins = begun(named, from);
    if (!begins) return Done{};
    const ItemClock& clock = *begins;
    const calendar::Deadline due = TZ_TRY(reckon(clock));
    ClockStarted event;
    event.clock = named.id;
    event.at = from;
    event.length = calendar::to_text(clock.length);
    if (!clock.rule.empty()) event.rule = clock.rule;
    event.rolls = clock.rolls;
    event.calendar = calendar::to_text(due.version);
    event.due = due.due;
    event.due_day = due.due_day;
    event.provisional = due.provisional;
    if (flow.gives_deadline(*flow.clock(named.id))) TZ_TRY(within(due.due_day));
    add(std::move(event));
    return Done{};
  }

  // What was given by hand with the same step ends no later than the limit that it starts.
  [[nodiscard]] Outcome within(Day last) const {
    for (const EventDraft& draft : out) {
      const auto* assigned = std::get_if<Assigned>(&draft.event);
      if (assigned != nullptr && assigned->due && last < *assigned->due)
        return refusal("due_after_limit",
                       {{"day", to_text(*assigned->due)}, {"last", to_text(last)}});
      const auto* part = std::get_if<PartAssigned>(&draft.event);
      if (part != nullptr && last < part->due)
        return refusal("part_after_deadline",
                       {{"unit", std::string(at.state.tree->code(part->unit))}});
    }
    return Done{};
  }

  // `clock` as it is after what moved it.
  Outcome move(const FlowClock& named, const ItemClock& clock, ClockMove why,
               const std::optional<calendar::Length>& by) {
    const calendar::Deadline due = TZ_TRY(reckon(clock));
    ClockMoved event;
    event.clock = named.id;
    event.at = at.now;
    event.why = why;
    if (by) event.by = calendar::to_text(*by);
    event.calendar = calendar::to_text(due.version);
    event.due = due.due;
    event.due_day = due.due_day;
    event.provisional = due.provisional;
    add(std::move(event));
    return Done{};
  }

  Outcome prolong(const FlowClock& named, const ItemClock* clock, const ActionInput& input) {
    if (!input.extension) return refusal("field_required", {{"field", "extension"}});
    if (clock == nullptr || clock->stopped) return refusal("clock_none", {{"clock", named.id}});
    // Asked for before the end, or not at all.
    if (ended(*clock, at.now))
      return refusal("clock_ended", {{"clock", named.id}, {"due", to_text(clock->due_day)}});
    const auto rule = rules().rule(clock->rule, scope(clock->started));
    if (!rule) return refusal("extension_not_allowed", {{"rule", named.id}});
    ItemClock longer = *clock;
    longer.extensions.push_back(*input.extension);
    TZ_TRY(calendar::check_extensions(*rule, longer.extensions));
    return move(named, longer, ClockMove::Extended, input.extension);
  }

  // What is known by now may say another day, whether that was to be expected or not.
  Outcome recompute(const FlowClock& named, const ItemClock& clock) {
    const calendar::Deadline due = TZ_TRY(reckon(clock));
    const bool known = !clock.provisional && calendar::to_text(due.version) == clock.calendar;
    const bool same = due.due == clock.due && due.provisional == clock.provisional;
    if (known || same) return Done{};
    return move(named, clock, ClockMove::Recomputed, std::nullopt);
  }

  // The day on which it began was mistaken. Where another limit holds for the right one, it begins
  // anew under that.
  Outcome correct(const FlowClock& named, const ItemClock& clock) {
    const auto begins = begun(named, clock.started);
    const bool same = begins && begins->rule == clock.rule &&
                      calendar::to_text(begins->length) == calendar::to_text(clock.length);
    if (!same && !clock.stopped) {
      add(ClockStopped{named.id, at.now, Overtaken::Anew});
      return start(named, clock.started);
    }
    if (TZ_TRY(reckon(clock)).due == clock.due) return Done{};
    return move(named, clock, ClockMove::Corrected, std::nullopt);
  }

  Outcome resume(const FlowClock& named, const ItemClock& clock) {
    ItemClock again = clock;
    if (*clock.still_since < at.now) again.pauses.push_back({*clock.still_since, at.now});
    again.still_since.reset();
    return move(named, again, ClockMove::Resumed, std::nullopt);
  }
};

bool holds_for(const FlowClock& clock, const Flow& flow, std::string_view source) {
  const auto index = flow.source(source);
  return clock.sources.empty() || (index && clock.holds_for(*index));
}

}  // namespace

bool ended(const ItemClock& clock, Instant at) { return !clock.still_since && clock.due <= at; }

bool late(const ItemClock& clock, Instant at) { return ended(clock, clock.stopped.value_or(at)); }

Outcome start_clocks(const Circumstances& at, const Flow& flow, const ItemOpened& opened,
                     std::vector<EventDraft>& out) {
  Turning turning{at, flow, opened.no, opened.place, opened.programme.value_or(""), out};
  for (const FlowClock& clock : flow.clocks) {
    if (!holds_for(clock, flow, opened.source)) continue;
    if (clock.from_opening) TZ_TRY(turning.start(clock, at.now));
    if (clock.from_feedback && opened.feedback)
      TZ_TRY(turning.start(clock, start_of(*opened.feedback, at.state.zone)));
  }
  return Done{};
}

Outcome turn_clocks(const Circumstances& at, const Item& item, const Transition& transition,
                    std::uint16_t to, const ActionInput& input, std::vector<EventDraft>& out) {
  const Flow& flow = flow_of(item, at.state);
  Turning turning{at, flow, item.no, item.place, programme_id(at.state, item.special), out};
  const std::uint16_t taken = *flow.transition_index(transition.id);
  // Whatever ends an item, or begins it again, stops what ran until then.
  const bool turns = is_open(flow.states[to].phase) != is_open(phase_of(item, at.state));
  for (std::size_t index = 0; index < flow.clocks.size(); ++index) {
    const FlowClock& named = flow.clocks[index];
    const ItemClock* clock = clock_of(item, static_cast<std::uint16_t>(index));
    const bool open = clock != nullptr && !clock->stopped;
    const bool starts = named.started_by(taken) && holds_for(named, flow, item.source);
    if (transition.clock == index) TZ_TRY(turning.prolong(named, clock, input));
    if (open && (starts || turns || named.stopped_by(taken))) {
      std::optional<Overtaken> overtaken;
      if (!named.stopped_by(taken)) overtaken = starts ? Overtaken::Anew : Overtaken::Ended;
      turning.add(ClockStopped{named.id, at.now, overtaken});
    } else if (open && !clock->still_since && named.still_in(to)) {
      turning.add(ClockPaused{named.id, at.now});
    } else if (open && clock->still_since && !named.still_in(to)) {
      TZ_TRY(turning.resume(named, *clock));
    }
    if (starts) TZ_TRY(turning.start(named, at.now));
  }
  return Done{};
}

Outcome correct_clocks(const Circumstances& at, const Item& item, std::vector<EventDraft>& out) {
  const Flow& flow = flow_of(item, at.state);
  Turning turning{at, flow, item.no, item.place, programme_id(at.state, item.special), out};
  if (!turning.rules().has_calendar()) return Done{};
  const bool planned = !is_open(phase_of(item, at.state)) || !item.measures.empty();
  for (std::size_t index = 0; index < flow.clocks.size(); ++index) {
    const FlowClock& named = flow.clocks[index];
    if (!named.from_feedback) continue;
    const ItemClock* clock = clock_of(item, static_cast<std::uint16_t>(index));
    if (!item.feedback || !holds_for(named, flow, item.source)) {
      if (clock != nullptr && !clock->stopped)
        turning.add(ClockStopped{named.id, at.now, Overtaken::Ended});
      continue;
    }
    const Instant from = start_of(*item.feedback, at.state.zone);
    if (clock == nullptr || clock->overtaken) {
      if (!planned) TZ_TRY(turning.start(named, from));
    } else if (clock->started == from && !(clock->stopped && flow.response == index)) {
      // What became of a response was told when it was given.
      TZ_TRY(turning.correct(named, *clock));
    }
  }
  return Done{};
}

Result<std::optional<LastDay>> last_day(const Circumstances& at, const Item& item,
                                        std::string_view rule) {
  const TimeRules& rules = *at.state.time_rules;
  const calendar::Scope scope = scope_at(at.state, item, day_of(at.now, at.state.zone));
  const auto found = rules.rule(rule, scope);
  if (!found || !rules.has_calendar()) return std::optional<LastDay>{};
  calendar::Question question;
  question.from = at.now;
  question.length = found->length;
  question.rolls = found->rolls;
  question.zone = at.state.zone;
  const calendar::Deadline due =
      TZ_TRY(calendar::deadline(question, rules.days_of(scope.division)));
  return std::optional<LastDay>{LastDay{due.due_day, found->basis}};
}

namespace {

Instant days_from(Instant at, std::int64_t days) { return Instant{at.us + days * kDayUs}; }

// The moment a step is due.
Instant moment_of(const State& state, UnitId place, const FlowStep& step, const Limit& limit) {
  if (step.when == FlowStep::When::AtEnd) return limit.due;
  const std::int64_t sign = step.when == FlowStep::When::Before ? -1 : 1;
  const std::int64_t count = step.by.amount;
  if (step.by.unit == calendar::LengthUnit::Hours)
    return Instant{limit.due.us + sign * count * (kDayUs / 24)};
  const TimeRules& rules = *state.time_rules;
  if (step.by.unit != calendar::LengthUnit::WorkingDays || !rules.has_calendar())
    return days_from(limit.due, sign * count);
  // Working days back from the last day, or on from it: that many lie between.
  const calendar::WorkingDays& days = rules.days_of(region_of(*state.tree, place));
  Day day = limit.due_day;
  for (std::int64_t left = count; left > 0;) {
    day = Day{static_cast<std::int32_t>(day.number + sign)};
    // Beyond the days that any calendar tells of, every day counts.
    if (day < calendar::kFirstDay || calendar::kLastDay < day || days.works(day)) --left;
  }
  return days_from(limit.due, day.number - limit.due_day.number);
}

// Every limit of an item that may have something to do.
struct Turns {
  const Circumstances& at;
  const Item& item;
  Decision& out;

  void take(const std::optional<std::string>& clock, std::optional<std::uint16_t> part,
            Limit limit) const {
    for (auto next = next_step(at.state, item.place, limit); next && next->at <= at.now;
         next = next_step(at.state, item.place, limit)) {
      out.events.push_back({ClockActed{clock, part, next->step, next->at}, item.no, {}});
      limit.done |= bit_of(next->step);
    }
  }
};

}  // namespace

std::optional<StepDue> next_step(const State& state, UnitId place, const Limit& limit) {
  std::optional<StepDue> next;
  for (const FlowStep& step : limit.steps) {
    if ((limit.done & bit_of(step.step)) != 0) continue;
    const Instant at = moment_of(state, place, step, limit);
    if (limit.set < at && (!next || at < next->at)) next = StepDue{step.step, at};
  }
  return next;
}

Result<Decision> decide_turn(const Circumstances& at, const TurnClock& command) {
  const Item* item = at.item(command.item);
  if (item == nullptr || is_staged(*item, at.state))
    return refusal("item_unknown", {{"item", to_text(command.item)}});
  Decision out{TZ_TRY(permitted(at, {Right::ClockAct, nullptr, "turn"}, *item)), {}};
  const Flow& flow = flow_of(*item, at.state);
  Turning turning{at,        flow, item->no, item->place, programme_id(at.state, item->special),
                  out.events};
  for (const ItemClock& clock : item->clocks)
    if (clock.runs() && turning.rules().has_calendar())
      TZ_TRY(turning.recompute(flow.clocks[clock.clock], clock));
  Item now = *item;
  for (const EventDraft& draft : out.events)
    apply(now, at.state, draft.event, {now.last, at.now, out.post, 0, now.origin});
  const Turns turns{at, now, out};
  const OpenedAs opened = opened_as(at.state, now);
  for (const ItemClock& clock : now.clocks)
    if (clock.runs())
      turns.take(flow.clocks[clock.clock].id, {},
                 {steps_of(at.state, opened, clock.clock), clock.due, clock.due_day, clock.set,
                  clock.steps});
  const bool open = is_open(phase_of(now, at.state));
  for (const UnitPart& part : now.parts)
    if (open && !part.done && !part.ended)
      turns.take({}, part.part,
                 {steps_of(at.state, opened, LiveLimit::kPart), end_of(part.due, at.state.zone),
                  part.due, part.set, part.steps});
  if (now.due && open && has_keeper(at.state, now.no, now.lead))
    turns.take({}, {},
               {steps_of(at.state, opened, LiveLimit::kDeadline), end_of(*now.due, at.state.zone),
                *now.due, now.deadline_set, now.deadline_steps});
  if (out.events.empty()) return refusal("nothing_due", {{"item", to_text(command.item)}});
  return out;
}

}  // namespace tz::ledger
