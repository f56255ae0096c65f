// Lines about the past.
#include "engine/past.h"
#include "scenarios/player.h"

namespace tz::test {

namespace {

// Totals of a unit, of all kinds together.
std::optional<std::uint32_t> count_of(const rollup::Totals& totals, const std::string& what) {
  std::uint32_t out = 0;
  for (const rollup::PhaseCounts& counts : totals.kinds) {
    for (std::size_t i = 0; i < ledger::kPhaseCount; ++i) {
      const auto phase = static_cast<ledger::Phase>(i);
      if (what == "overdue") out += counts.overdue[i];
      if (what == "total" || (what == "open" && ledger::is_open(phase)) ||
          (what == "closed" && phase == ledger::Phase::Closed))
        out += counts.count[i];
    }
    if (what == "fixed") out += counts.closed_fixed;
  }
  for (const char* known : {"total", "open", "overdue", "closed", "fixed"})
    if (what == known) return out;
  return std::nullopt;
}

}  // namespace

// expect then WHEN UNIT WHAT COUNT
Fault Player::expect_then(const Words& words) {
  const engine::Published now = ledger_.engine().published();
  std::string found;
  const Outcome read = ledger_.engine().read([&](journal::Reader& reader) -> Outcome {
    const auto asked = TZ_TRY(engine::parse_as_of(words[2], now.state->zone));
    engine::Past past(TZ_TRY(engine::past_point(asked, now, ledger_.clock().now(), reader)));
    TZ_TRY(past.read(now, reader));
    const engine::Published then = past.as_it_was(now);
    const auto unit = then.state->tree->find(words[3]);
    if (!unit) return refusal("unit_unknown");
    const auto count = count_of(then.view->totals(*unit), words[4]);
    if (!count) return refusal("scenario_key", {{"word", words[4]}});
    found = std::to_string(*count);
    return Done{};
  });
  if (!read.ok()) found = read.error().code;
  if (found == words[5]) return std::nullopt;
  return ScenarioFault{"it is " + found};
}

// expect now UNIT WHAT COUNT
Fault Player::expect_now(const Words& words) {
  const engine::Published now = ledger_.engine().published();
  const auto unit = now.state->tree->find(words[2]);
  if (!unit) return ScenarioFault{"there is no unit " + words[2]};
  const auto count = count_of(now.view->totals(*unit), words[3]);
  if (!count) return ScenarioFault{"cannot be read: " + words[3]};
  if (std::to_string(*count) == words[4]) return std::nullopt;
  return ScenarioFault{"it is " + std::to_string(*count)};
}

}  // namespace tz::test
