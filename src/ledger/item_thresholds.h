// By which limits an item goes: those of its programme and place, and of thresholds those that were
// adopted when it was opened.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/item.h"
#include "ledger/item_row.h"
#include "ledger/live_limits.h"
#include "ledger/state.h"

namespace tz::ledger {

// The id of the programme of the special item with that index in State::specials; "" of none.
std::string programme_id(const State& state, std::optional<std::uint32_t> special);
// Whose limits hold for what starts on that day. `special`: an index into State::specials.
calendar::Scope scope_at(const State& state, UnitId place, std::optional<std::uint32_t> special,
                         Day start);
calendar::Scope scope_at(const State& state, const Item& item, Day start);

// What an item keeps from its opening on.
struct OpenedAs {
  std::uint16_t flow = 0;  // index into State::flows
  UnitId place;
  std::optional<std::uint32_t> special;
  Day day;
  Seq record;
};
OpenedAs opened_as(const State& state, const Item& item);
OpenedAs opened_as(const ItemRow& row);

// What the clock does by itself about a limit of the item, numbered as LiveLimit::clock is.
std::vector<FlowStep> steps_of(const State& state, const OpenedAs& opened, std::uint16_t limit);
LightRules lights_of(const State& state, const OpenedAs& opened);
// The rows that set them, by name.
std::vector<const calendar::Rule*> thresholds_of(const State& state, const OpenedAs& opened);
// How many persons a check needs for which the flow asks for `own`: never fewer.
std::int64_t checkers_needed(const State& state, const OpenedAs& opened, std::int64_t own);

}  // namespace tz::ledger
