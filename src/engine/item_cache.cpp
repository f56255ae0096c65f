// A map with the order of use beside it, and reading an item back from the journal.
#include "engine/item_cache.h"

#include <algorithm>

#include "engine/replay.h"

namespace tz::engine {

ledger::Item* ItemCache::find(ledger::ItemNo no) {
  const auto found = entries_.find(no);
  if (found == entries_.end()) return nullptr;
  used_.splice(used_.begin(), used_, found->second.used);
  return &found->second.item;
}

ledger::Item* ItemCache::put(ledger::Item item) {
  const ledger::ItemNo no = item.no;
  if (ledger::Item* known = find(no)) {
    *known = std::move(item);
    return known;
  }
  const std::lock_guard lock(mutex_);
  used_.push_front(no);
  return &entries_.emplace(no, Entry{std::move(item), used_.begin()}).first->second.item;
}

void ItemCache::clear() {
  const std::lock_guard lock(mutex_);
  entries_.clear();
  used_.clear();
}

void ItemCache::trim() {
  if (entries_.size() <= count_max_) return;
  const std::lock_guard lock(mutex_);
  while (entries_.size() > count_max_) {
    entries_.erase(used_.back());
    used_.pop_back();
  }
}

bool ItemCache::contains(ledger::ItemNo no) const {
  const std::lock_guard lock(mutex_);
  return entries_.contains(no);
}

ledger::Mark mark_of(const journal::Record& record, ledger::Origin origin) {
  return {record.seq, record.recorded, record.actor, static_cast<std::uint8_t>(record.parts.size()),
          origin};
}

Result<std::vector<OpenedRecord>> item_records(ledger::ItemNo no, Seq last,
                                               const journal::LedgerId& ledger,
                                               journal::Reader& reader) {
  std::vector<OpenedRecord> chain;
  std::optional<Seq> at = last;
  while (at) {
    const auto damaged = [&](const char* code) {
      return failure("journal_damaged", {{"seq", std::to_string(at->value)}, {"code", code}});
    };
    const auto stored = TZ_TRY(reader.read(*at, 1, 1));
    if (stored.empty()) return damaged("record_missing");
    auto opened = open_record(stored[0], ledger);
    if (!opened.ok()) return damaged(opened.error().code.c_str());
    if (opened->record.seq != *at || opened->record.item != no.value)
      return damaged("record_misplaced");
    if (opened->record.prev && *opened->record.prev >= *at) return damaged("record_misplaced");
    at = opened->record.prev;
    chain.push_back(std::move(opened).value());
  }
  std::reverse(chain.begin(), chain.end());
  if (!std::holds_alternative<ledger::ItemOpened>(chain.front().event.event))
    return failure("journal_damaged",
                   {{"seq", std::to_string(last.value)}, {"code", "item_unopened"}});
  return chain;
}

Result<ledger::Item> load_item(ledger::ItemNo no, Seq last, const ledger::State& state,
                               const journal::LedgerId& ledger, journal::Reader& reader) {
  return item_of(state, TZ_TRY(item_records(no, last, ledger, reader)));
}

}  // namespace tz::engine
