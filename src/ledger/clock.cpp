// Each turn of a clock is an event that says what was reckoned, so that no fold reckons again.
#include "ledger/clock.h"

#include <algorithm>

#include "ledger/item.h"

namespace tz::ledger {
namespace {

// One item's clocks at one moment.
struct Turning {
  const Circumstances& at;
  const Flow& flow;
  ItemNo no;
  UnitId place;
  std::vector<EventDraft>& out;

  void add(Event event) { out.push_back({std::move(event), no, {}}); }
  [[nodiscard]] const TimeRules& rules() const { return *at.state.time_rules; }
  [[nodiscard]] calendar::Region region() const { return region_of(*at.state.tree, place); }

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

  Outcome start(const FlowClock& named) {
    if (!rules().has_calendar()) return Done{};
    ItemClock clock;
    clock.started = at.now;
    if (named.length) {
      clock.length = *named.length;
    } else {
      const auto rule = rules().rule(named.rule, region(), day_of(at.now, at.state.zone));
      if (!rule) return Done{};
      clock.length = rule->length;
      clock.rolls = rule->rolls;
      clock.rule = rule->code;
    }
    const calendar::Deadline due = TZ_TRY(reckon(clock));
    ClockStarted event;
    event.clock = named.id;
    event.at = at.now;
    event.length = calendar::to_text(clock.length);
    if (!clock.rule.empty()) event.rule = clock.rule;
    event.rolls = clock.rolls;
    event.calendar = calendar::to_text(due.version);
    event.due = due.due;
    event.due_day = due.due_day;
    event.provisional = due.provisional;
    add(std::move(event));
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
    const auto rule = rules().rule(clock->rule, region(), day_of(clock->started, at.state.zone));
    if (!rule) return refusal("extension_not_allowed", {{"rule", named.id}});
    ItemClock longer = *clock;
    longer.extensions.push_back(*input.extension);
    TZ_TRY(calendar::check_extensions(*rule, longer.extensions));
    return move(named, longer, ClockMove::Extended, input.extension);
  }

  Outcome resume(const FlowClock& named, const ItemClock& clock) {
    ItemClock again = clock;
    if (*clock.still_since < at.now) again.pauses.push_back({*clock.still_since, at.now});
    again.still_since.reset();
    return move(named, again, ClockMove::Resumed, std::nullopt);
  }
};

}  // namespace

bool ended(const ItemClock& clock, Instant at) { return !clock.still_since && clock.due <= at; }

bool late(const ItemClock& clock, Instant at) { return ended(clock, clock.stopped.value_or(at)); }

Outcome start_clocks(const Circumstances& at, const Flow& flow, const ItemOpened& opened,
                     std::vector<EventDraft>& out) {
  Turning turning{at, flow, opened.no, opened.place, out};
  for (const FlowClock& clock : flow.clocks)
    if (clock.from_opening) TZ_TRY(turning.start(clock));
  return Done{};
}

Outcome turn_clocks(const Circumstances& at, const Item& item, const Transition& transition,
                    std::uint16_t to, const ActionInput& input, std::vector<EventDraft>& out) {
  const Flow& flow = flow_of(item, at.state);
  Turning turning{at, flow, item.no, item.place, out};
  const std::uint16_t taken = *flow.transition_index(transition.id);
  const Phase phase = flow.states[to].phase;
  const bool over = phase == Phase::Closed || phase == Phase::Dropped;
  for (std::size_t index = 0; index < flow.clocks.size(); ++index) {
    const FlowClock& named = flow.clocks[index];
    const ItemClock* clock = clock_of(item, static_cast<std::uint16_t>(index));
    const bool open = clock != nullptr && !clock->stopped;
    const bool starts = named.started_by(taken);
    if (transition.clock == index) TZ_TRY(turning.prolong(named, clock, input));
    if (open && (starts || over || named.stopped_by(taken))) {
      turning.add(ClockStopped{named.id, at.now});
    } else if (open && !clock->still_since && named.still_in(to)) {
      turning.add(ClockPaused{named.id, at.now});
    } else if (open && clock->still_since && !named.still_in(to)) {
      TZ_TRY(turning.resume(named, *clock));
    }
    if (starts) TZ_TRY(turning.start(named));
  }
  return Done{};
}

}  // namespace tz::ledger
