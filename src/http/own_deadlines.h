// The days that somebody has to keep, in the posts he holds.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"
#include "http/search_feed.h"
#include "ledger/item_no.h"

namespace tz::http {

struct OwnDeadline {
  ledger::ItemNo item;
  std::string clock;  // of its flow; "due": the deadline of the item; "part": of a unit's own part
  Day day;
  friend bool operator==(const OwnDeadline&, const OwnDeadline&) = default;
};
constexpr std::size_t kOwnDeadlinesMax = 1000;

// Deadlines of open items that units lead in which he is responsible, and there of parts that are
// not done; clocks that run and are his to keep there, where he recorded the item, and at the place
// of a post, of what is closed too. Of what he supervises the deadlines that are over or near, as
// many as there is room for. By day, and of items that he may read. Reads the disk; waits as the
// feed does.
Result<std::vector<OwnDeadline>> own_deadlines(const engine::Engine& engine, SearchFeed& feed,
                                               AccountId account, Instant now);

}  // namespace tz::http
