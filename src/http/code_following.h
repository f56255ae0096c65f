// Following an item with the query code that was handed out for it, by whoever holds the code.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/history.h"
#include "http/call.h"
#include "ledger/item.h"

namespace tz::http {

struct FollowedItem {
  ledger::Item item;
  std::vector<engine::HistoryEntry> history;
};

// What an item keeps of its code.
struct KeptCode {
  Hash salt{};
  Hash hash{};
};

// The item of that number if the code is its own; `kept_in` tells what it keeps, if it has one.
// Refuses `refused_as`, whether there is no such number or the code is another's, after the same
// work. Reads the disk.
Result<FollowedItem> followed_item(const Call& call, std::string_view no, std::string_view code,
                                   std::optional<KeptCode> (*kept_in)(const ledger::Item&),
                                   const char* refused_as);

// The name of the unit in which a post acted.
std::string unit_of(const Call& call, PostId post);

}  // namespace tz::http
