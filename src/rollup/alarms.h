// When each row next asks for something: an index by second, so that what falls due costs what
// falls due. Knows no more than the journal tells; made anew at each start.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/time.h"

namespace tz::rollup {

// The engine's thread sets, once what it rests on is published; another takes what is due, looks at
// what is published then, asks, and sets again: so none is looked at too early. Any thread.
class Alarms {
 public:
  Alarms() = default;
  Alarms(const Alarms&) = delete;
  Alarms& operator=(const Alarms&) = delete;

  // Nothing is known of any row.
  void clear();

  // The row may ask for something from then on. One that it asked for earlier stays: whoever takes
  // a row looks whether it really asks, and sets it again if that is later.
  void set(std::uint32_t row, Instant at);
  // Rows that may ask for something by now, at most so many, each taken out. Costs what is taken,
  // and what has become stale since it was set.
  std::vector<std::uint32_t> take(Instant now, std::size_t count_max);
  // The first moment at which take() may give something; rows unseen not considered.
  [[nodiscard]] std::optional<Instant> next() const;

  // Every row is to be looked at again: nothing is known yet, or days are reckoned otherwise now.
  void look_at_all();
  // The next rows to be looked at, [first, second), of the first `row_count`; none when all were.
  std::optional<std::pair<std::uint32_t, std::uint32_t>> unseen(std::uint32_t row_count,
                                                                std::uint32_t count_max);

  // From when on the days count by which ends are reckoned: what was provisional before is to be
  // reckoned anew, once. Looks at all.
  void days_adopted(Instant at);
  [[nodiscard]] Instant days_known() const;
  // Nothing came of reckoning the row's provisional ends anew.
  void note_unmoved(std::uint32_t row);
  [[nodiscard]] bool unmoved(std::uint32_t row) const;

  // Of the index itself, the shares of rows that ask for nothing included.
  [[nodiscard]] std::size_t bytes() const;

 private:
  using Second = std::uint32_t;  // since 1970, rounded up; 0: not waiting

  mutable std::mutex mutex_;
  std::deque<Second> waiting_;  // by row
  std::map<Second, std::vector<std::uint32_t>> rows_;
  std::optional<std::uint32_t> unseen_from_ = 0;
  Instant days_known_;
  std::unordered_set<std::uint32_t> unmoved_;
};

}  // namespace tz::rollup
