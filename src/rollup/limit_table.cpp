// Chains of limits in a pool whose entries are used again.
#include "rollup/limit_table.h"

namespace tz::rollup {
namespace {

static_assert(sizeof(StoredLimit) == 32);

StoredLimit stored(const ledger::LiveLimit& limit) {
  StoredLimit out;
  out.due = limit.due.us;
  out.set = limit.set.us;
  out.due_day = limit.due_day.number;
  out.clock = limit.clock;
  out.steps = limit.steps;
  out.flags = static_cast<std::uint8_t>((limit.provisional ? StoredLimit::kProvisional : 0U) |
                                        (limit.still ? StoredLimit::kStill : 0U));
  return out;
}

ledger::LiveLimit live(const StoredLimit& limit) {
  return {limit.clock,
          limit.steps,
          (limit.flags & StoredLimit::kProvisional) != 0,
          (limit.flags & StoredLimit::kStill) != 0,
          Instant{limit.due},
          Instant{limit.set},
          Day{limit.due_day}};
}

template <class First, class Pool>
std::vector<ledger::LiveLimit> chain(const First& first, const Pool& pool, std::uint32_t row) {
  std::vector<ledger::LiveLimit> out;
  for (std::uint32_t next = first[row]; next != 0; next = pool[next - 1].next_plus_one)
    out.push_back(live(pool[next - 1]));
  return out;
}

}  // namespace

std::uint32_t LimitTable::take_free() {
  if (free_.empty()) return end_++;
  const std::uint32_t at = free_.back();
  free_.pop_back();
  return at;
}

void LimitTable::replace(std::uint32_t row, std::span<const ledger::LiveLimit> limits) {
  std::vector<std::uint32_t> held;
  for (std::uint32_t next = first_[row]; next != 0; next = pool_[next - 1].next_plus_one)
    held.push_back(next - 1);
  count_ += static_cast<std::uint32_t>(limits.size());
  count_ -= static_cast<std::uint32_t>(held.size());
  while (held.size() > limits.size()) {
    pool_.write(held.back()) = StoredLimit{};
    free_.push_back(held.back());
    held.pop_back();
  }
  while (held.size() < limits.size()) held.push_back(take_free());
  for (std::size_t i = 0; i < limits.size(); ++i) {
    StoredLimit& entry = pool_.write(held[i]);
    entry = stored(limits[i]);
    entry.next_plus_one = i + 1 < held.size() ? held[i + 1] + 1 : 0;
  }
  const std::uint32_t first = held.empty() ? 0 : held.front() + 1;
  if (first_[row] != first) first_.write(row) = first;
}

std::vector<ledger::LiveLimit> LimitTable::of(std::uint32_t row) const {
  return chain(first_, pool_, row);
}

std::vector<ledger::LiveLimit> LimitTable::Snapshot::of(std::uint32_t row) const {
  return chain(first, pool, row);
}

LimitTable::Snapshot LimitTable::publish(std::uint64_t number, std::uint64_t oldest_read) {
  return {first_.publish(number, oldest_read), pool_.publish(number, oldest_read), count_};
}

}  // namespace tz::rollup
