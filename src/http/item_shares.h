// What of an item is with other units, sources and items, as JSON.
#pragma once

#include <vector>

#include "base/json.h"
#include "engine/history.h"
#include "http/call.h"
#include "ledger/item.h"

namespace tz::http {

// Parts of supporting units, more sources, shares, and the items it is linked to; which other
// report is the same matter is told to whoever received both.
void set_shares(const Call& call, const ledger::Item& item,
                const std::vector<engine::HistoryEntry>& history, Json& out);

}  // namespace tz::http
