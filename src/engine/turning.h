// What falls due by itself: reminders, steps after an end, ends that were provisional. Asked for in
// small portions by whoever tends the ledger.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "engine/engine.h"
#include "ledger/live_limits.h"
#include "ledger/state.h"
#include "rollup/alarms.h"

namespace tz::engine {

// A row with the limits that run about it.
struct Limited {
  ledger::ItemRow row;
  std::vector<ledger::LiveLimit> limits;
};
// When the row asks for something next; none: for nothing, as things stand. A moment long ago where
// a provisional end is to be reckoned anew.
std::optional<Instant> asks_at(const rollup::Alarms& alarms, const ledger::State& state,
                               rollup::RowIndex index, const Limited& limited);

// So many commands at once, so that one of somebody else waits for few of them.
constexpr std::size_t kTurnsAtOnce = 32;

struct Turned {
  std::size_t taken = 0;  // items whose clock acted
  bool more = false;      // call again: something may be due still
};
// Lets the clock act about the items that ask for it by now, at most so many. Nothing is lost where
// it ends in between, and nothing done twice: the records say what was done. Waits for the answers;
// any thread but the engine's, one at a time. Fails as the engine does; what it failed at is tried
// again a minute later.
Result<Turned> turn_due(Engine& engine, Instant now, std::size_t count_max = kTurnsAtOnce);

}  // namespace tz::engine
