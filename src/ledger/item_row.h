// What totals and lists know of an item: one row of the columns. Derived from the item's events.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "ledger/event.h"
#include "ledger/item_no.h"
#include "ledger/phase.h"

namespace tz::ledger {

constexpr std::size_t kKindCountMax = 16;

struct ItemRow {
  ItemNo no;
  UnitId place;
  std::optional<UnitId> lead;
  std::uint8_t kind = 0;  // index into State::kinds, below kKindCountMax
  Phase phase = Phase::Listed;
  std::uint16_t flow = 0;   // index into State::flows
  std::uint16_t state = 0;  // index into that flow's states
  Day opened;
  std::optional<Day> due;
  std::optional<Day> closed;            // the day of the closing that stands
  bool fixed = false;                   // closed, and as fixed
  std::uint16_t reopened = 0;           // how often
  std::optional<std::uint64_t> import;  // staged and not adopted: in no list, total or number
  AccountId recorder;
  Seq first;  // its first and last record
  Seq last;
  friend bool operator==(const ItemRow&, const ItemRow&) = default;
};

// One result quantity of an item that is closed as fixed.
struct ItemQuantity {
  std::string id;
  std::string unit;
  std::int64_t value = 0;
  Qualifier qualifier = Qualifier::Exact;
};

}  // namespace tz::ledger
