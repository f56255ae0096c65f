// Inserting, and growing a little at a time.
#include "rollup/item_index.h"

namespace tz::rollup {

void ItemIndex::place(Slots& slots, std::uint32_t mask, std::uint64_t no, std::uint32_t row) {
  std::uint32_t at = home(no) & mask;
  while (slots[at] != 0) at = (at + 1) & mask;
  slots.write(at) = row + 1;
}

bool ItemIndex::insert_next(const StoredRows& stored) {
  const ledger::ItemNo no{stored[count_].no};
  if (find(stored, no)) return false;
  place(*slots_, mask_, no.value, count_);
  ++count_;
  const std::uint64_t size = std::uint64_t{mask_} + 1;
  if (count_ * std::uint64_t{2} >= size) grow(stored);
  return true;
}

void ItemIndex::reserve(std::uint32_t row_count) {
  TZ_ASSERT(count_ == 0);
  while (mask_ / 2 <= row_count) mask_ = mask_ * 2 + 1;
}

void ItemIndex::grow(const StoredRows& stored) {
  const std::uint64_t size = std::uint64_t{mask_} + 1;
  TZ_ASSERT(mask_ < 0x8000'0000);
  if (!next_) next_ = std::make_shared<Slots>();
  fill_next(stored);
  if (next_count_ < count_) return;
  slots_ = std::move(next_);
  mask_ = static_cast<std::uint32_t>(size * 2 - 1);
  next_count_ = 0;
}

// Eight rows an insertion: from half full on, the next table has caught up before this one is
// four sevenths full.
void ItemIndex::fill_next(const StoredRows& stored) {
  for (int step = 0; step < 8 && next_count_ < count_; ++step, ++next_count_)
    place(*next_, mask_ * 2 + 1, stored[next_count_].no, next_count_);
}

ItemIndex::Snapshot ItemIndex::publish(std::uint64_t number, std::uint64_t oldest_read) {
  return {slots_, slots_->publish(number, oldest_read), mask_};
}

}  // namespace tz::rollup
