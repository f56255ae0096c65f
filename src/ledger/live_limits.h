// The limits of an item that run, kept up to date from its events alone, as its row is, so that
// what falls due by itself is known without looking at any item.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ledger/clock.h"
#include "ledger/event.h"
#include "ledger/item.h"
#include "ledger/item_row.h"
#include "ledger/state.h"

namespace tz::ledger {

// A clock that nothing has stopped, the date of a part that is not done, or the deadline of an item
// that is open.
struct LiveLimit {
  static constexpr std::uint16_t kDeadline = 0xFFFF;
  static constexpr std::uint16_t kPart = 0x8000;  // and the part's number
  std::uint16_t clock = kDeadline;                // index into the flow's clocks
  std::uint8_t steps = 0;                         // as ItemClock has them
  bool provisional = false;
  bool still = false;
  Instant due;
  Instant set;
  Day due_day;
  [[nodiscard]] bool of_clock() const { return clock < kPart; }
  friend bool operator==(const LiveLimit&, const LiveLimit&) = default;
};
// Of which part that is the date; none of a clock and of the deadline.
std::optional<std::uint16_t> part_of(std::uint16_t clock);

// Those of a whole item, by clock, then by part, its deadline last.
std::vector<LiveLimit> limits_of(const Item& item, const State& state);

// Whether an event of that kind may change them, or when they ask for something.
bool touches_limits(const Event& event);
// Changes them by an event that `row`, its item's row, has taken already. Always equal to
// limits_of() of the whole item.
void fold(std::vector<LiveLimit>& limits, const State& state, const ItemRow& row,
          const Event& event, Instant recorded);

// What the clock will do next about an item with these limits, and when.
struct NextTurn {
  std::uint16_t clock = LiveLimit::kDeadline;
  StepDue step;
};
std::optional<NextTurn> next_turn(const State& state, const ItemRow& row,
                                  std::span<const LiveLimit> limits);
// The end of the limit that runs and ends first; none where none runs.
std::optional<Instant> nearest_end(std::span<const LiveLimit> limits);

}  // namespace tz::ledger
