// Rows that are late, by the day whose end made them so: going back asks which of them were not
// late yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "base/time.h"

namespace tz::rollup {

// Every row that is late is added with its day. One that is so no longer, or by another day, is not
// taken out at once: `stands(row, due)` says whether it is, and a few are asked about whenever
// others come. The writer's.
class FallenRows {
 public:
  static constexpr std::size_t kPortionRows = 4096;  // at most, so that none takes long
  struct Portion {
    Day due;
    std::vector<std::uint32_t> rows;  // some may no longer stand, or stand twice
  };
  using Portions = std::vector<std::shared_ptr<const Portion>>;  // in order of days
  using Snapshot = std::shared_ptr<const Portions>;

  void add(Day due, std::uint32_t row) { fresh_[due].push_back(row); }
  void clear();
  // In proportion to the rows added since, and where there are any to the number of portions.
  template <class Stands>
  Snapshot publish(Stands stands) {
    if (fresh_.empty()) return published_;
    Portions portions = *published_;
    for (std::size_t left = take_fresh(portions); left > 0 && !portions.empty(); --left) {
      next_ = next_ < portions.size() ? next_ : 0;
      const Portion& before = *portions[next_];
      Portion kept{before.due, {}};
      for (const std::uint32_t row : before.rows)
        if (stands(row, kept.due)) kept.rows.push_back(row);
      keep(portions, std::move(kept));
    }
    published_ = std::make_shared<const Portions>(std::move(portions));
    return published_;
  }

 private:
  // Puts the rows added since where their days are; says how many portions are to be looked
  // through.
  std::size_t take_fresh(Portions& portions);
  // What is left of the portion that was looked through; goes on to the next.
  void keep(Portions& portions, Portion&& kept);

  std::map<Day, std::vector<std::uint32_t>> fresh_;
  std::size_t next_ = 0;  // the portion that is looked through next
  Snapshot published_ = std::make_shared<const Portions>();
};

}  // namespace tz::rollup
