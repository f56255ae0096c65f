// The few, and whoever has to hide with them.
#include "rollup/verdict_cells.h"

#include <cstddef>
#include <optional>

#include "rollup/rates.h"

namespace tz::rollup {

std::vector<bool> kept_back(const std::vector<std::uint64_t>& answers) {
  std::vector<bool> out(answers.size(), false);
  std::uint64_t hidden = 0;
  std::optional<std::size_t> smallest;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i] == 0) continue;
    if (answers[i] < kVerdictsShownMin) {
      out[i] = true;
      hidden += answers[i];
    } else if (!smallest || answers[i] < answers[*smallest]) {
      smallest = i;
    }
  }
  if (hidden > 0 && hidden < kVerdictsShownMin && smallest) out[*smallest] = true;
  return out;
}

}  // namespace tz::rollup
