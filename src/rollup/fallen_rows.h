// Rows that are late, by the day whose end made them so: going back asks which of them were not
// late yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "base/time.h"

namespace tz::rollup {

// Every row that is late is added with its day. One that is so no longer, or by another day, is not
// taken out at once: as many rows are looked at as come, so that what is kept stays at about twice
// what is late. The writer's.
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
  // `rows` says whether one stands(row, due), and is asked beforehand to fetch_ahead(row).
  template <class Rows>
  Snapshot publish(const Rows& rows) {
    if (fresh_.empty()) return published_;
    Portions portions = *published_;
    take_fresh(portions);
    while (!portions.empty()) {
      next_ = next_ < portions.size() ? next_ : 0;
      const Portion& before = *portions[next_];
      if (unpaid_ < before.rows.size()) break;
      unpaid_ -= before.rows.size();
      Portion kept{before.due, {}};
      for (std::size_t i = 0; i < before.rows.size(); ++i) {
        if (i + kRowsAhead < before.rows.size()) rows.fetch_ahead(before.rows[i + kRowsAhead]);
        if (rows.stands(before.rows[i], kept.due)) kept.rows.push_back(before.rows[i]);
      }
      keep(portions, std::move(kept));
    }
    published_ = std::make_shared<const Portions>(std::move(portions));
    return published_;
  }

 private:
  static constexpr std::size_t kRowsAhead = 8;

  // Puts the rows added since where their days are.
  void take_fresh(Portions& portions);
  // What is left of the portion that was looked through; goes on to the next.
  void keep(Portions& portions, Portion&& kept);

  std::map<Day, std::vector<std::uint32_t>> fresh_;
  std::size_t next_ = 0;    // the portion that is looked through next
  std::size_t unpaid_ = 0;  // rows added for which none was looked at yet
  Snapshot published_ = std::make_shared<const Portions>();
};

}  // namespace tz::rollup
