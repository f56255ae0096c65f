// What a scenario expects of the rates of a unit.
#include "scenarios/kind_tally.h"
#include "scenarios/player.h"

namespace tz::test {

using namespace ledger;

namespace {

std::string shown(const rollup::Fraction& rate) {
  if (rate.denominator == 0) return "none";
  return std::to_string(rate.numerator) + "/" + std::to_string(rate.denominator);
}

}  // namespace

// expect rate NAME CODE AFTER [BEFORE]: of the kind of the last item, as "1/2" or "none"; the other
// numbers of the unit by their own names, as "1".
Fault Player::expect_rate(const Words& words) {
  const auto tally = kind_tally(ledger_, *item_, words[3]);
  if (!tally) return ScenarioFault{"a unit is needed"};
  const std::map<std::string, std::uint64_t> numbers = {{"total", tally->total()},
                                                        {"done", tally->done},
                                                        {"stage_done", tally->stage_done},
                                                        {"excluded", tally->excluded}};
  if (const auto number = numbers.find(words[2]); number != numbers.end()) {
    if (std::to_string(number->second) == words[4]) return std::nullopt;
    return ScenarioFault{"it is " + std::to_string(number->second)};
  }
  for (std::size_t i = 0; i < rollup::kRateCount; ++i) {
    const auto name = static_cast<rollup::RateName>(i);
    if (rollup::to_text(name) != words[2]) continue;
    const std::string after = shown(tally->after(name));
    const std::string before = shown(tally->before(name));
    if (after == words[4] && before == words[words.size() - 1]) return std::nullopt;
    return ScenarioFault{"it is " + after + " and before exclusions " + before};
  }
  return ScenarioFault{"there is no such rate"};
}

}  // namespace tz::test
