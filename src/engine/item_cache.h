// Items that were used lately, so that deciding about them reads nothing.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "engine/replay.h"
#include "journal/journal.h"
#include "ledger/item.h"
#include "ledger/state.h"

namespace tz::engine {

// The engine's thread owns the items; other threads may ask only whether one is here.
class ItemCache {
 public:
  explicit ItemCache(std::size_t count_max) : count_max_(count_max) {}

  // The engine's thread. The pointer holds until trim() or clear().
  ledger::Item* find(ledger::ItemNo no);
  ledger::Item* put(ledger::Item item);
  void clear();
  // Lets go of those not used for longest, beyond the limit. Between batches only.
  void trim();

  // Any thread. May be out of date when it returns.
  [[nodiscard]] bool contains(ledger::ItemNo no) const;

 private:
  using Items = std::list<ledger::Item>;  // those used last first
  std::size_t count_max_;
  mutable std::mutex mutex_;  // guards the shape of the map, not the items
  Items items_;
  // Most often asked for numbers that nobody has yet, which it tells without looking further.
  boost::unordered_flat_map<ledger::ItemNo, Items::iterator, std::hash<ledger::ItemNo>> found_;
};

ledger::Mark mark_of(const journal::Record& record, ledger::Origin origin);

// An item and a record of its own.
struct ItemAt {
  ledger::ItemNo no;
  Seq last;
};
// Each item's records up to its `last`, read by their chains, all of them a record at a time; the
// openings first. Fails with `journal_damaged`.
Result<std::vector<std::vector<OpenedRecord>>> item_histories(std::span<const ItemAt> items,
                                                              const journal::LedgerId& ledger,
                                                              journal::Reader& reader);
// The same of one item.
Result<std::vector<OpenedRecord>> item_records(ledger::ItemNo no, Seq last,
                                               const journal::LedgerId& ledger,
                                               journal::Reader& reader);
// What records of one item, with their events and the opening first, make of it.
template <class Records>
ledger::Item item_of(const ledger::State& state, const Records& records) {
  TZ_ASSERT(!records.empty());
  const auto& first = records.front();
  ledger::Item item = ledger::open(state, std::get<ledger::ItemOpened>(first.event.event),
                                   mark_of(first.record, first.event.origin));
  for (std::size_t i = 1; i < records.size(); ++i)
    ledger::apply(item, state, records[i].event.event,
                  mark_of(records[i].record, records[i].event.origin));
  return item;
}
// The item as it was after `last`, from its records.
Result<ledger::Item> load_item(ledger::ItemNo no, Seq last, const ledger::State& state,
                               const journal::LedgerId& ledger, journal::Reader& reader);

}  // namespace tz::engine
