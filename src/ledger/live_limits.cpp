// One overload an event that starts, moves or ends a limit.
#include "ledger/live_limits.h"

#include <algorithm>

#include "ledger/deadline_keeper.h"
#include "ledger/item_thresholds.h"

namespace tz::ledger {
namespace {

struct LimitFolder {
  std::vector<LiveLimit>& limits;
  const State& state;
  const ItemRow& row;
  Instant recorded;

  [[nodiscard]] const Flow& flow() const { return *state.flows[row.flow]; }
  void drop(std::uint16_t clock) const {
    std::erase_if(limits, [clock](const LiveLimit& limit) { return limit.clock == clock; });
  }
  LiveLimit& put(std::uint16_t clock) const {
    drop(clock);
    const auto after = std::find_if(limits.begin(), limits.end(), [clock](const LiveLimit& limit) {
      return limit.clock > clock;
    });
    LiveLimit& limit = *limits.insert(after, LiveLimit{});
    limit.clock = clock;
    limit.set = recorded;
    return limit;
  }
  [[nodiscard]] LiveLimit* named(const std::string& id) const {
    const auto clock = flow().clock(id);
    const auto found = std::find_if(limits.begin(), limits.end(), [&](const LiveLimit& limit) {
      return clock && limit.clock == *clock;
    });
    return found == limits.end() ? nullptr : &*found;
  }
  void set_deadline() const {
    if (!row.due || !is_open(row.phase) || !has_keeper(state, row.no, row.lead))
      return drop(LiveLimit::kDeadline);
    LiveLimit& limit = put(LiveLimit::kDeadline);
    limit.due = end_of(*row.due, state.zone);
    limit.due_day = *row.due;
  }

  // What is waited for while the item is open; what fell due while it was ended is passed over.
  void hold_parts(bool was_open) const {
    for (LiveLimit& limit : limits) {
      if (!part_of(limit.clock)) continue;
      limit.still = !is_open(row.phase);
      if (was_open || limit.still) continue;
      limit.steps = 0;
      limit.set = recorded;
    }
  }

  void operator()(const TransitionTaken& event) const {
    const auto from = flow().state(event.from);
    TZ_ASSERT(from.has_value());
    const bool was_open = is_open(flow().states[*from].phase);
    hold_parts(was_open);
    if (!is_open(row.phase)) {
      drop(LiveLimit::kDeadline);
    } else if (!was_open) {
      set_deadline();
    }
  }
  void operator()(const Assigned&) const {
    std::erase_if(limits, [](const LiveLimit& one) { return part_of(one.clock).has_value(); });
    set_deadline();
  }
  void operator()(const PartAssigned& event) const {
    LiveLimit& limit = put(static_cast<std::uint16_t>(LiveLimit::kPart | event.part));
    limit.due = end_of(event.due, state.zone);
    limit.due_day = event.due;
  }
  void operator()(const PartDone& event) const { drop_part(event.part); }
  void operator()(const PartAssessed& event) const {
    if (event.by == PartSide::Caller && !event.good) drop_part(event.part);
  }
  void drop_part(std::uint16_t part) const {
    drop(static_cast<std::uint16_t>(LiveLimit::kPart | part));
  }
  void operator()(const DeadlineExtended&) const { set_deadline(); }
  void operator()(const ItemReopened&) const { forget_limit(); }
  void operator()(const ItemsLinked& event) const {
    if (event.link == LinkKind::MergedInto) forget_limit();
  }
  // As the row has it by now.
  void forget_limit() const {
    if (!flow().deadlines.empty()) drop(LiveLimit::kDeadline);
  }
  void operator()(const ClockStarted& event) const {
    const auto clock = flow().clock(event.clock);
    TZ_ASSERT(clock.has_value());
    LiveLimit& limit = put(*clock);
    limit.set = event.at;
    limit.due = event.due;
    limit.due_day = event.due_day;
    limit.provisional = event.provisional;
    if (flow().gives_deadline(*clock)) set_deadline();
  }
  void operator()(const ClockPaused& event) const {
    if (LiveLimit* limit = named(event.clock)) limit->still = true;
  }
  void operator()(const ClockMoved& event) const {
    LiveLimit* limit = named(event.clock);
    if (limit == nullptr) return;
    if (event.why == ClockMove::Resumed) limit->still = false;
    limit->due = event.due;
    limit->due_day = event.due_day;
    limit->provisional = event.provisional;
    limit->steps = 0;
    if (event.why != ClockMove::Corrected) limit->set = event.at;
    if (flow().gives_deadline(limit->clock)) set_deadline();
  }
  void operator()(const ClockStopped& event) const {
    if (const auto clock = flow().clock(event.clock)) drop(*clock);
  }
  void operator()(const ClockActed& event) const {
    if (event.part) {
      for (LiveLimit& limit : limits)
        if (part_of(limit.clock) == event.part) limit.steps |= bit_of(event.step);
    } else if (event.clock) {
      if (LiveLimit* limit = named(*event.clock)) limit->steps |= bit_of(event.step);
    } else if (!limits.empty() && limits.back().clock == LiveLimit::kDeadline) {
      limits.back().steps |= bit_of(event.step);
    }
  }
  template <class Other>
  void operator()(const Other&) const {}
};

// The same list as the overloads above, and what changes the days and limits that steps are
// reckoned by.
struct Touches {
  bool operator()(const TransitionTaken&) const { return true; }
  bool operator()(const Assigned&) const { return true; }
  bool operator()(const PartAssigned&) const { return true; }
  bool operator()(const PartDone&) const { return true; }
  bool operator()(const PartAssessed&) const { return true; }
  bool operator()(const DeadlineExtended&) const { return true; }
  bool operator()(const ItemReopened&) const { return true; }
  bool operator()(const ItemsLinked& event) const { return event.link == LinkKind::MergedInto; }
  bool operator()(const ClockStarted&) const { return true; }
  bool operator()(const ClockPaused&) const { return true; }
  bool operator()(const ClockMoved&) const { return true; }
  bool operator()(const ClockStopped&) const { return true; }
  bool operator()(const ClockActed&) const { return true; }
  bool operator()(const Corrected& event) const {
    return event.field == "place" || event.field == "special";
  }
  template <class Other>
  bool operator()(const Other&) const {
    return false;
  }
};

}  // namespace

std::optional<std::uint16_t> part_of(std::uint16_t clock) {
  if (clock < LiveLimit::kPart || clock == LiveLimit::kDeadline) return std::nullopt;
  return static_cast<std::uint16_t>(clock & ~LiveLimit::kPart);
}

std::vector<LiveLimit> limits_of(const Item& item, const State& state) {
  std::vector<LiveLimit> out;
  for (const ItemClock& clock : item.clocks)
    if (!clock.stopped)
      out.push_back({clock.clock, clock.steps, clock.provisional, clock.still_since.has_value(),
                     clock.due, clock.set, clock.due_day});
  std::sort(out.begin(), out.end(),
            [](const LiveLimit& a, const LiveLimit& b) { return a.clock < b.clock; });
  const bool open = is_open(phase_of(item, state));
  for (const UnitPart& part : item.parts)
    if (!part.done && !part.ended)
      out.push_back({static_cast<std::uint16_t>(LiveLimit::kPart | part.part), part.steps, false,
                     !open, end_of(part.due, state.zone), part.set, part.due});
  if (item.due && open && has_keeper(state, item.no, item.lead))
    out.push_back({LiveLimit::kDeadline, item.deadline_steps, false, false,
                   end_of(*item.due, state.zone), item.deadline_set, *item.due});
  return out;
}

bool touches_limits(const Event& event) { return std::visit(Touches{}, event); }

void fold(std::vector<LiveLimit>& limits, const State& state, const ItemRow& row,
          const Event& event, Instant recorded) {
  std::visit(LimitFolder{limits, state, row, recorded}, event);
}

std::optional<NextTurn> next_turn(const State& state, const ItemRow& row,
                                  std::span<const LiveLimit> limits) {
  const OpenedAs opened = opened_as(row);
  std::optional<NextTurn> first;
  for (const LiveLimit& limit : limits) {
    if (limit.still) continue;
    const auto next = next_step(
        state, row.place,
        {steps_of(state, opened, limit.clock), limit.due, limit.due_day, limit.set, limit.steps});
    if (next && (!first || next->at < first->step.at)) first = NextTurn{limit.clock, *next};
  }
  return first;
}

std::optional<Instant> nearest_end(std::span<const LiveLimit> limits) {
  std::optional<Instant> first;
  for (const LiveLimit& limit : limits)
    if (!limit.still && (!first || limit.due < *first)) first = limit.due;
  return first;
}

}  // namespace tz::ledger
