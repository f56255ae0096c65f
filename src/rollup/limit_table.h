// The limits that run about each row, beside the columns: what the clock has to do, and when.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ledger/live_limits.h"
#include "rollup/cow_table.h"

namespace tz::rollup {

// One of a row's limits, 32 bytes; those of one row are a chain in order of clock.
struct StoredLimit {
  static constexpr std::uint8_t kProvisional = 1, kStill = 2;
  std::int64_t due = 0;
  std::int64_t set = 0;
  std::int32_t due_day = 0;
  std::uint32_t next_plus_one = 0;  // 0: the chain's end
  std::uint16_t clock = 0;
  std::uint8_t steps = 0;
  std::uint8_t flags = 0;
};

// Written by the engine's thread; readers hold snapshots, which it must outlive.
class LimitTable {
  using First = CowTable<std::uint32_t, 6>;
  using Pool = CowTable<StoredLimit, 3>;

 public:
  struct Snapshot {
    First::Snapshot first;
    Pool::Snapshot pool;
    std::uint32_t count = 0;
    [[nodiscard]] std::vector<ledger::LiveLimit> of(std::uint32_t row) const;
  };

  // These are the row's limits from now on; in order of clock.
  void replace(std::uint32_t row, std::span<const ledger::LiveLimit> limits);
  [[nodiscard]] std::vector<ledger::LiveLimit> of(std::uint32_t row) const;
  [[nodiscard]] std::uint32_t count() const { return count_; }
  Snapshot publish(std::uint64_t number, std::uint64_t oldest_read);
  [[nodiscard]] std::size_t bytes() const { return first_.bytes() + pool_.bytes(); }

 private:
  std::uint32_t take_free();

  First first_;  // row -> its first limit plus one; 0: none
  Pool pool_;
  std::uint32_t end_ = 0;
  std::uint32_t count_ = 0;
  std::vector<std::uint32_t> free_;
};

}  // namespace tz::rollup
