// Which rows of a table of verdicts show what was answered.
#pragma once

#include <cstdint>
#include <vector>

namespace tz::rollup {

// Of the number of answers in rows that share none and add up to a sum that is shown: true for
// those that are kept back. A row with too few is; and where all that is kept back comes to too
// few, so that the sum would tell it, the next smallest too. A row without answers has nothing to
// keep back.
std::vector<bool> kept_back(const std::vector<std::uint64_t>& answers);

}  // namespace tz::rollup
