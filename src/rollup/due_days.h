// Rows that wait for their deadline, by its day.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/time.h"

namespace tz::rollup {

// A row that no longer waits, or waits for another day, is not taken out but passed over when its
// day comes: `waits(row)` gives the day a row waits for now. The writer's.
class DueDays {
 public:
  void add(Day due, std::uint32_t row) { rows_[due].push_back(row); }
  void clear() { rows_.clear(); }

  // The first day that a row really waits for.
  template <class Waits>
  std::optional<Day> first(Waits waits) {
    while (!rows_.empty()) {
      auto& [due, rows] = *rows_.begin();
      while (!rows.empty() && waits(rows.back()) != std::optional<Day>(due)) rows.pop_back();
      if (!rows.empty()) return due;
      rows_.erase(rows_.begin());
    }
    return std::nullopt;
  }

  // Calls fall_due(row) for rows that wait for a day before `today`, at most `count_max` of them,
  // and forgets them and those passed over. After the call a row must no longer wait for that day.
  struct Portion {
    Day today;
    std::size_t count_max = 0;
  };
  template <class Waits, class FallDue>
  void advance(Portion portion, Waits waits, FallDue fall_due) {
    std::size_t left = portion.count_max;
    while (left > 0 && !rows_.empty() && rows_.begin()->first < portion.today) {
      auto& [due, rows] = *rows_.begin();
      for (; left > 0 && !rows.empty(); --left) {
        if (waits(rows.back()) == std::optional<Day>(due)) fall_due(rows.back());
        rows.pop_back();
      }
      if (rows.empty()) rows_.erase(rows_.begin());
    }
  }

 private:
  std::map<Day, std::vector<std::uint32_t>> rows_;
};

}  // namespace tz::rollup
