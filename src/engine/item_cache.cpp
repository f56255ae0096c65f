// A map with the order of use beside it, and reading an item back from the journal.
#include "engine/item_cache.h"

#include <algorithm>

#include "engine/replay.h"

namespace tz::engine {

ledger::Item* ItemCache::find(ledger::ItemNo no) {
  const auto found = found_.find(no);
  if (found == found_.end()) return nullptr;
  items_.splice(items_.begin(), items_, found->second);
  return &*found->second;
}

ledger::Item* ItemCache::put(ledger::Item item) {
  if (ledger::Item* known = find(item.no)) {
    *known = std::move(item);
    return known;
  }
  const std::lock_guard lock(mutex_);
  items_.push_front(std::move(item));
  found_.emplace(items_.front().no, items_.begin());
  return &items_.front();
}

void ItemCache::clear() {
  const std::lock_guard lock(mutex_);
  found_.clear();
  items_.clear();
}

void ItemCache::trim() {
  if (items_.size() <= count_max_) return;
  const std::lock_guard lock(mutex_);
  while (items_.size() > count_max_) {
    found_.erase(items_.back().no);
    items_.pop_back();
  }
}

bool ItemCache::contains(ledger::ItemNo no) const {
  const std::lock_guard lock(mutex_);
  return found_.contains(no);
}

ledger::Mark mark_of(const journal::Record& record, ledger::Origin origin) {
  return {record.seq, record.recorded, record.actor, static_cast<std::uint8_t>(record.parts.size()),
          origin};
}

Result<std::vector<std::vector<OpenedRecord>>> item_histories(std::span<const ItemAt> items,
                                                              const journal::LedgerId& ledger,
                                                              journal::Reader& reader) {
  const auto damaged = [](Seq at, std::string code) {
    return failure("journal_damaged",
                   {{"seq", std::to_string(at.value)}, {"code", std::move(code)}});
  };
  std::vector<std::vector<OpenedRecord>> histories(items.size());
  // The next record of each item that is not read to its opening.
  std::vector<std::pair<Seq, std::size_t>> next;
  for (std::size_t i = 0; i < items.size(); ++i) next.emplace_back(items[i].last, i);
  std::vector<Seq> seqs;
  while (!next.empty()) {
    std::sort(next.begin(), next.end());
    seqs.clear();
    for (const auto& each : next) seqs.push_back(each.first);
    const auto stored = TZ_TRY(reader.read_each(seqs));
    if (stored.size() < seqs.size()) return damaged(seqs[stored.size()], "record_missing");
    std::vector<std::pair<Seq, std::size_t>> before;
    for (std::size_t i = 0; i < next.size(); ++i) {
      const auto [at, item] = next[i];
      auto opened = open_record(stored[i], ledger);
      if (!opened.ok()) return damaged(at, opened.error().code);
      const journal::Record& record = opened->record;
      if (record.seq != at || record.item != items[item].no.value)
        return damaged(at, "record_misplaced");
      if (record.prev && *record.prev >= at) return damaged(at, "record_misplaced");
      if (record.prev) before.emplace_back(*record.prev, item);
      histories[item].push_back(std::move(opened).value());
    }
    next = std::move(before);
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::reverse(histories[i].begin(), histories[i].end());
    if (!std::holds_alternative<ledger::ItemOpened>(histories[i].front().event.event))
      return damaged(items[i].last, "item_unopened");
  }
  return histories;
}

Result<std::vector<OpenedRecord>> item_records(ledger::ItemNo no, Seq last,
                                               const journal::LedgerId& ledger,
                                               journal::Reader& reader) {
  const ItemAt item{no, last};
  return std::move(TZ_TRY(item_histories({&item, 1}, ledger, reader)).front());
}

Result<ledger::Item> load_item(ledger::ItemNo no, Seq last, const ledger::State& state,
                               const journal::LedgerId& ledger, journal::Reader& reader) {
  return item_of(state, TZ_TRY(item_records(no, last, ledger, reader)));
}

}  // namespace tz::engine
