// Reading one item for somebody: found, allowed and whole, or as if it did not exist.
#pragma once

#include <string>
#include <vector>

#include "engine/history.h"
#include "http/call.h"
#include "ledger/item.h"

namespace tz::http {

// The item if the caller may read it. Refuses `item_no_bad` (fact: text) for what is no number,
// and `item_unknown` (fact: item) for an item that is not there, is staged or may not be read: the
// three are told the same, after the same work. Reads the disk.
Result<ledger::Item> readable_item(const Call& call, const std::string& no_text);

// The item's records with their texts, up to the version that was read.
Result<std::vector<engine::HistoryEntry>> history_of(const Call& call, const ledger::Item& item);

// The whole answer of GET /items/{no}. Reads the disk.
Result<Json> item_json(const Call& call, const ledger::Item& item,
                       const std::vector<engine::HistoryEntry>& history);
// {color, reason} of an item that is open, for the moment that is shown; else null.
Json light_json(const Call& call, const ledger::Item& item);
// One record of the history.
Json record_json(const Call& call, const engine::HistoryEntry& entry);

std::string etag_of(Seq version);

}  // namespace tz::http
