// What of an item is with other units, sources and items, as JSON.
#pragma once

#include <vector>

#include "base/json.h"
#include "engine/history.h"
#include "http/call.h"
#include "ledger/item.h"

namespace tz::http {

// Parts of supporting units, and more sources.
void set_shares(const Call& call, const ledger::Item& item,
                const std::vector<engine::HistoryEntry>& history, Json& out);
// Shares, its model, what it was merged with, is the same as or recurs from: those numbers that the
// caller may know of. Reads the disk.
Outcome set_links(const Call& call, const ledger::Item& item, Json& out);

}  // namespace tz::http
