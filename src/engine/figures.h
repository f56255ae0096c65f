// Publishing what everybody may see of kinds about persons, once a month is over.
#pragma once

#include <cstddef>

#include "engine/engine.h"

namespace tz::engine {

// For every kind whose totals are for its scope: each month that is over and not published yet,
// from that of its first item that is no accusation on, at most kFigureMonthsMax of them at once.
// Returns how many were published. What a submission refuses.
constexpr std::size_t kFigureMonthsMax = 1200;
Result<std::size_t> publish_figures(Engine& engine, Instant now);

}  // namespace tz::engine
