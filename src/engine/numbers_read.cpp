// An entry is out of date as soon as its item has a newer record.
#include "engine/numbers_read.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace tz::engine {
namespace {

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

}  // namespace

Hash mark_of(const ledger::UpstreamNumber& number) {
  const std::string between(1, '\0');
  return sha256({as_bytes(number.source), as_bytes(between), as_bytes(number.batch),
                 as_bytes(between), as_bytes(without_blanks(number.number))});
}

std::optional<std::vector<Hash>> NumbersRead::of(const ledger::ItemRow& row) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(row.no);
  if (found == entries_.end() || found->second.last != row.last) return std::nullopt;
  return found->second.marks;
}

void NumbersRead::keep(const ledger::ItemRow& row, std::vector<Hash> marks) {
  const std::lock_guard lock(mutex_);
  if (entries_.size() >= count_max_ && !entries_.contains(row.no)) entries_.clear();
  entries_[row.no] = {row.last, std::move(marks)};
}

NumbersRead::Turn NumbersRead::turn(std::chrono::milliseconds wait) {
  std::unique_lock lock(turn_mutex_);
  if (!turn_free_.wait_for(lock, wait, [&] { return !turn_taken_; })) return nullptr;
  turn_taken_ = true;
  return Turn(this);
}

void NumbersRead::give_back_turn() {
  {
    const std::lock_guard lock(turn_mutex_);
    turn_taken_ = false;
  }
  turn_free_.notify_one();
}

}  // namespace tz::engine
