// A filter made ready to be asked of many rows quickly.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/interval.h"
#include "ledger/org_tree.h"
#include "rollup/columns.h"
#include "rollup/view.h"

namespace tz::rollup {

// Staged rows never match. Good for columns whose positions are those of `tree`.
class Scan {
  static constexpr std::uint32_t kSize = ScanRows::kChunkSize;
  // Chunks lie anywhere in memory once rows have changed: they are asked for beforehand.
  static constexpr std::uint32_t kChunksAhead = 4;

 public:
  // `day` says which members an area has. Units named must be in the tree. Where `seen_by` is
  // given, the filter's sight is asked of that row there: of the same number, in positions of its
  // own tree.
  Scan(const Filter& filter, const ledger::OrgTree& tree, Day day,
       const ColumnSnapshots* seen_by = nullptr);

  // Calls visit(row index, row) for matching rows below `end`, newest first, until it gives false.
  template <class Visit>
  void newest_first(const ColumnSnapshots& columns, std::uint32_t end, Visit visit) const {
    if (rows_) return named_newest_first(columns, end, visit);
    while (end > 0) {
      const std::uint32_t begin = (end - 1) / kSize * kSize;
      const auto chunk = columns.scan.chunk(begin / kSize);
      if (begin / kSize >= kChunksAhead) columns.scan.fetch_ahead(begin / kSize - kChunksAhead);
      for (std::uint32_t i = end - begin; i-- > 0;) {
        const ScanRow& row = chunk[i];
        if (!near(row) || (exacting_ && !exactly(row, columns, begin + i))) continue;
        if (!visit(begin + i, row)) return;
      }
      end = begin;
    }
  }

  // The same among the rows that the filter names.
  template <class Visit>
  void named_newest_first(const ColumnSnapshots& columns, std::uint32_t end, Visit visit) const {
    for (auto at = std::lower_bound(rows_->begin(), rows_->end(), end); at != rows_->begin();) {
      const std::uint32_t index = *--at;
      const ScanRow& row = columns.scan[index];
      if (!near(row) || (exacting_ && !exactly(row, columns, index))) continue;
      if (!visit(index, row)) return;
    }
  }

  // How many rows below `end` match.
  [[nodiscard]] std::uint32_t count(const ColumnSnapshots& columns, std::uint32_t end) const;

 private:
  // Two comparisons that most rows fail; all there is unless exacting_.
  [[nodiscard]] bool near(const ScanRow& row) const {
    return ((row.word & mask_) == wanted_) & (row.place - begin_ < length_);
  }
  [[nodiscard]] bool exactly(const ScanRow& row, const ColumnSnapshots& columns,
                             std::uint32_t index) const;
  [[nodiscard]] bool on_its_days(const StoredRow& row) const;
  [[nodiscard]] bool from_them(const ScanRow& row, const FindingRow& finding) const;
  [[nodiscard]] bool in_sight(const ScanRow& row, const StoredRows::Snapshot& stored,
                              std::uint32_t index) const;
  [[nodiscard]] bool of_kind(const ScanRow& row) const;  // that is in sight at its place
  [[nodiscard]] bool placed(const ScanRow& row, UnitId place) const;  // of a kind seen there
  [[nodiscard]] bool listed(std::uint64_t recorder) const;            // by one of those in sight
  void want_states(const std::vector<StateRef>& states);
  void want(std::uint64_t mask, std::uint64_t value);

  std::uint64_t mask_ = kStagedBit;
  std::uint64_t wanted_ = 0;
  std::uint32_t begin_ = 0;  // the places asked for lie within [begin_, begin_ + length_)
  std::uint32_t length_ = kNoPosition;
  bool exacting_ = false;
  std::vector<ledger::Interval> places_;  // if they are more than one interval
  std::optional<std::vector<std::uint32_t>> rows_;
  std::vector<std::uint32_t> without_;
  std::optional<bool> open_;
  std::optional<std::uint32_t> lead_;
  std::optional<AccountId> recorder_;
  std::optional<std::vector<std::uint32_t>> states_;  // sorted; flow and state as in the word
  std::optional<std::vector<SourceRef>> sources_;
  std::optional<std::vector<std::uint32_t>> specials_;
  DaySpan opened_;
  DaySpan due_;
  DaySpan closed_;
  bool days_ = false;  // whether any of the three is bounded
  std::optional<Filter::Sight> sight_;
  const ColumnSnapshots* seen_by_;
};

}  // namespace tz::rollup
