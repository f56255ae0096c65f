// Rows by the second at which they may ask; entries that no longer hold are passed over.
#include "rollup/alarms.h"

#include <algorithm>

namespace tz::rollup {
namespace {

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::size_t kStaleAtOnce = 4096;

std::uint32_t second_of(Instant at) {
  constexpr std::int64_t kLast = 0xFFFF'FFFF;
  const std::int64_t seconds = (std::max<std::int64_t>(at.us, 0) + kSecondUs - 1) / kSecondUs;
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(seconds, 1, kLast));
}

}  // namespace

void Alarms::clear() {
  const std::lock_guard lock(mutex_);
  waiting_.clear();
  rows_.clear();
  unmoved_.clear();
  unseen_from_ = 0;
  days_known_ = {};
}

void Alarms::set(std::uint32_t row, Instant at) {
  const Second second = second_of(at);
  const std::lock_guard lock(mutex_);
  if (row >= waiting_.size()) waiting_.resize(row + std::size_t{1}, 0);
  Second& waits = waiting_[row];
  if (waits != 0 && waits <= second) return;
  waits = second;
  rows_[second].push_back(row);
}

std::vector<std::uint32_t> Alarms::take(Instant now, std::size_t count_max) {
  const std::int64_t until = now.us / kSecondUs;
  std::vector<std::uint32_t> out;
  const std::lock_guard lock(mutex_);
  for (std::size_t looked = 0; looked < count_max + kStaleAtOnce && out.size() < count_max;) {
    if (rows_.empty() || rows_.begin()->first > until) break;
    auto& [second, rows] = *rows_.begin();
    for (; !rows.empty() && looked < count_max + kStaleAtOnce && out.size() < count_max; ++looked) {
      Second& waits = waiting_[rows.back()];
      if (waits == second) {
        waits = 0;
        out.push_back(rows.back());
      }
      rows.pop_back();
    }
    if (rows.empty()) rows_.erase(rows_.begin());
  }
  return out;
}

std::optional<Instant> Alarms::next() const {
  const std::lock_guard lock(mutex_);
  if (rows_.empty()) return std::nullopt;
  return Instant{std::int64_t{rows_.begin()->first} * kSecondUs};
}

void Alarms::look_at_all() {
  const std::lock_guard lock(mutex_);
  unseen_from_ = 0;
}

std::optional<std::pair<std::uint32_t, std::uint32_t>> Alarms::unseen(std::uint32_t row_count,
                                                                      std::uint32_t count_max) {
  const std::lock_guard lock(mutex_);
  if (!unseen_from_) return std::nullopt;
  const std::uint32_t from = *unseen_from_;
  if (from >= row_count) {
    unseen_from_.reset();
    return std::nullopt;
  }
  const std::uint32_t to = row_count - from > count_max ? from + count_max : row_count;
  unseen_from_ = to;
  return std::pair(from, to);
}

void Alarms::days_adopted(Instant at) {
  const std::lock_guard lock(mutex_);
  days_known_ = at;
  unmoved_.clear();
  unseen_from_ = 0;
}

Instant Alarms::days_known() const {
  const std::lock_guard lock(mutex_);
  return days_known_;
}

void Alarms::note_unmoved(std::uint32_t row) {
  const std::lock_guard lock(mutex_);
  unmoved_.insert(row);
}

bool Alarms::unmoved(std::uint32_t row) const {
  const std::lock_guard lock(mutex_);
  return unmoved_.contains(row);
}

std::size_t Alarms::bytes() const {
  const std::lock_guard lock(mutex_);
  std::size_t bytes = waiting_.size() * sizeof(Second);
  for (const auto& [second, rows] : rows_)
    bytes += rows.capacity() * sizeof(std::uint32_t) + 64;  // and the map's node
  return bytes;
}

}  // namespace tz::rollup
