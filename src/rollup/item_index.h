// From item number to row: an open-addressing table that readers share while it grows.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "ledger/item_no.h"
#include "rollup/columns.h"
#include "rollup/cow_table.h"

namespace tz::rollup {

// Slots hold row + 1; the number itself is read from the row. While the table is more than half
// full the next, twice as large, is filled a few rows with every insertion, so that no insertion
// ever waits for a rebuild; readers see one whole table.
class ItemIndex {
  using Slots = CowTable<std::uint32_t, 6>;

 public:
  struct Snapshot {
    std::shared_ptr<const Slots> hold;
    Slots::Snapshot slots;
    std::uint32_t mask = 0;
  };

  // The row of that number. `stored` is the table of rows, or a snapshot of it; `Slotted` this or
  // a Snapshot.
  template <class Slotted, class Stored>
  static std::optional<std::uint32_t> find(const Slotted& slots, std::uint32_t mask,
                                           const Stored& stored, ledger::ItemNo no) {
    for (std::uint32_t at = home(no.value) & mask;; at = (at + 1) & mask) {
      const std::uint32_t row_plus_one = slots[at];
      if (row_plus_one == 0) return std::nullopt;
      if (stored[row_plus_one - 1].no == no.value) return row_plus_one - 1;
    }
  }
  [[nodiscard]] std::optional<std::uint32_t> find(const StoredRows& stored,
                                                  ledger::ItemNo no) const {
    return find(*slots_, mask_, stored, no);
  }
  // Asks the processor for where find() begins to look.
  template <class Slotted>
  static void fetch_ahead(const Slotted& slots, std::uint32_t mask, ledger::ItemNo no) {
    __builtin_prefetch(&slots[home(no.value) & mask]);
  }
  // Calls visit(row) for the rows that find() looks at first, among which most often is the one.
  template <class Slotted, class Visit>
  static void first_looks(const Slotted& slots, std::uint32_t mask, ledger::ItemNo no,
                          Visit visit) {
    std::uint32_t at = home(no.value) & mask;
    for (std::uint32_t look = 0; look < kFirstLooks; ++look, at = (at + 1) & mask) {
      const std::uint32_t row_plus_one = slots[at];
      if (row_plus_one == 0) return;
      visit(row_plus_one - 1);
    }
  }
  template <class Visit>
  void first_looks(ledger::ItemNo no, Visit visit) const {
    first_looks(*slots_, mask_, no, visit);
  }
  void fetch_ahead(ledger::ItemNo no) const {
    slots_->fetch_ahead(home(no.value) & mask_);
    if (next_) next_->fetch_ahead(home(no.value) & (mask_ * 2 + 1));
  }
  // Takes in row number count() of `stored`; false, and nothing done, if an earlier row has its
  // number.
  [[nodiscard]] bool insert_next(const StoredRows& stored);
  // Room for so many rows at once, where they are known beforehand. Needs count() 0.
  void reserve(std::uint32_t row_count);
  [[nodiscard]] std::uint32_t count() const { return count_; }

  Snapshot publish(std::uint64_t number, std::uint64_t oldest_read);
  [[nodiscard]] std::size_t bytes() const { return slots_->bytes() + (next_ ? next_->bytes() : 0); }

 private:
  static constexpr std::uint32_t kFirstMask = 63;
  static constexpr std::uint32_t kFirstLooks = 3;

  // SplitMix64's last step: any numbers at all spread evenly.
  static std::uint32_t home(std::uint64_t no) {
    no = (no ^ no >> 30) * 0xBF58'476D'1CE4'E5B9;
    no = (no ^ no >> 27) * 0x94D0'49BB'1331'11EB;
    return static_cast<std::uint32_t>(no ^ no >> 31);
  }
  static void place(Slots& slots, std::uint32_t mask, std::uint64_t no, std::uint32_t row);
  void grow(const StoredRows& stored);
  void fill_next(const StoredRows& stored);

  std::shared_ptr<Slots> slots_ = std::make_shared<Slots>();
  std::shared_ptr<Slots> next_;
  std::uint32_t mask_ = kFirstMask;
  std::uint32_t count_ = 0;
  std::uint32_t next_count_ = 0;  // rows below this are in next_
};

}  // namespace tz::rollup
