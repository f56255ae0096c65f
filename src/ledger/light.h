// Which light an item shows: blue on schedule, yellow when it needs a look, red when it is late or
// will not do (domain rules 1.8).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "ledger/item.h"
#include "ledger/live_limits.h"
#include "ledger/state.h"

namespace tz::ledger {

enum class Light : std::uint8_t { Blue, Yellow, Red };
std::string_view to_text(Light light);  // "blue"

enum class LightReason : std::uint8_t {
  OnSchedule,
  Overdue,        // a limit that runs is over
  FarBehind,      // more than 30 percentage points less done than planned by now
  ReturnedTwice,  // at least twice
  NearDue,        // within three working days, or the last fifth of its term
  Behind,         // 10 to 30 percentage points
};
std::string_view to_text(LightReason reason);  // "on_schedule"

struct Lit {
  Light light = Light::Blue;
  LightReason reason = LightReason::OnSchedule;
  friend bool operator==(const Lit&, const Lit&) = default;
};

// What a row and its limits tell; the schedule is not among it. None of what is not open.
std::optional<Lit> light_of(const State& state, const ItemRow& row,
                            std::span<const LiveLimit> limits, Instant now);
// Of a whole item.
std::optional<Lit> light_of(const State& state, const Item& item, Instant now);

// By how many hundredths of a percentage point less of the measures is done than was planned by
// that day, each planned in equal steps up to its last day; less than nothing where more is done.
// Of what is counted, what was reached stands in the place of what is done (ledger/progress.h).
// None without measures.
std::optional<std::int64_t> schedule_gap(const State& state, const Item& item, Day today);

}  // namespace tz::ledger
