// Replacing a row's quantities.
#include "rollup/quantity_table.h"

#include <algorithm>

namespace tz::rollup {

const QuantityName* QuantityTable::name_of(const ledger::ItemQuantity& quantity) {
  const QuantityName*& name = name_by_text_[{quantity.id, quantity.unit}];
  if (name == nullptr) {
    names_.push_back({quantity.id, quantity.unit});
    name = &names_.back();
  }
  return name;
}

void QuantityTable::replace(std::uint32_t row, std::span<const ledger::ItemQuantity> quantities) {
  if (const auto held = entries_of_.find(row); held != entries_of_.end()) {
    for (const std::uint32_t at : held->second) {
      entries_.write(at) = QuantityEntry{};
      free_.push_back(at);
    }
    entries_of_.erase(held);
  }
  for (const ledger::ItemQuantity& quantity : quantities) {
    const QuantityName* name = name_of(quantity);
    std::vector<std::uint32_t>& held = entries_of_[row];
    const auto same = std::find_if(held.begin(), held.end(),
                                   [&](std::uint32_t at) { return entries_[at].name == name; });
    if (same != held.end()) {
      QuantityEntry& entry = entries_.write(*same);
      entry.qualifier = weaker(entry.qualifier, quantity.qualifier);
      add_value(entry.value, entry.qualifier, quantity.value);
      continue;
    }
    std::uint32_t at = end_;
    if (free_.empty()) {
      ++end_;
    } else {
      at = free_.back();
      free_.pop_back();
    }
    entries_.write(at) = {name, quantity.value, row + 1, quantity.qualifier};
    held.push_back(at);
  }
}

std::vector<ledger::ItemQuantity> QuantityTable::of(std::uint32_t row) const {
  std::vector<ledger::ItemQuantity> found;
  const auto held = entries_of_.find(row);
  if (held == entries_of_.end()) return found;
  for (const std::uint32_t at : held->second) {
    const QuantityEntry& entry = entries_[at];
    found.push_back({entry.name->id, entry.name->unit, entry.value, entry.qualifier});
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::tie(a.id, a.unit) < std::tie(b.id, b.unit);
  });
  return found;
}

std::vector<std::uint32_t> QuantityTable::rows() const {
  std::vector<std::uint32_t> found;
  found.reserve(entries_of_.size());
  for (const auto& [row, held] : entries_of_) found.push_back(row);
  std::sort(found.begin(), found.end());
  return found;
}

void QuantityTable::begin_with(const Snapshot& shown, std::uint64_t number,
                               std::span<const std::uint32_t> rows) {
  TZ_ASSERT(end_ == 0);
  entries_.begin_with(shown.entries, number);
  end_ = shown.end;
  if (rows.empty()) return;
  const QuantityName* known = nullptr;  // most entries have the name of the one before
  for (std::uint32_t at = 0; at < end_; ++at) {
    const QuantityEntry& entry = shown.entries[at];
    if (entry.row_plus_one == 0) continue;
    if (entry.name != known)
      name_by_text_.try_emplace({entry.name->id, entry.name->unit}, entry.name);
    known = entry.name;
    if (std::binary_search(rows.begin(), rows.end(), entry.row_plus_one - 1))
      entries_of_[entry.row_plus_one - 1].push_back(at);
  }
}

QuantityTable::Snapshot QuantityTable::publish(std::uint64_t number, std::uint64_t oldest_read) {
  return {entries_.publish(number, oldest_read), end_};
}

}  // namespace tz::rollup
