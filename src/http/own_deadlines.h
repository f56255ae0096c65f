// The days that somebody has to keep, in the posts he holds.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"
#include "ledger/item_no.h"

namespace tz::http {

struct OwnDeadline {
  ledger::ItemNo item;
  std::string clock;  // of its flow; "due": the deadline of the item
  Day day;
  friend bool operator==(const OwnDeadline&, const OwnDeadline&) = default;
};
constexpr std::size_t kOwnDeadlinesMax = 1000;

// Deadlines of open items that units lead in which he is responsible, and clocks that run and are
// his to keep there, where he recorded the item, and at the place of a post, of what is closed too.
// By day, the nearest first, and of items that he may read. Reads the disk.
Result<std::vector<OwnDeadline>> own_deadlines(const engine::Engine& engine, AccountId account,
                                               Instant now);

}  // namespace tz::http
