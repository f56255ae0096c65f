// Who sees what of an item: a reporter's own words stay with the unit that received it, and what
// each of many said with those who asked.
#pragma once

#include <string_view>
#include <vector>

#include "base/json.h"
#include "engine/history.h"
#include "http/call.h"
#include "ledger/item.h"

namespace tz::http {

// Whether the caller works in a unit that received the item.
bool receives(const Call& call, const ledger::Item& item);

// Whether the text of that label is for the receiver alone, or for nobody who merely reads: an
// envelope is handed out, and that is recorded. The caller may read the item.
bool withheld(const ledger::Item& item, const engine::HistoryEntry& entry, std::string_view label,
              bool receiver);
// Whether the record adds a file that is kept back from the caller.
bool keeps_file_back(const ledger::Item& item, Seq record, bool receiver);
// Whether the caller may know that the item leads to that one: one that he may read, or one of a
// kind whose totals are for everybody; and of which other report a report is the same matter, only
// whoever received both. Reads the disk.
Result<bool> may_know_of(const Call& call, const ledger::Item& item, ledger::ItemNo other);
// Whether the record is of what one of many said who were drawn, and not for the caller; none: of
// what the item has of it now.
bool keeps_answer_back(const Call& call, const ledger::Item& item, const ledger::Event& event,
                       std::optional<Seq> record);
// Whether what a record of the item says plainly is not for the caller: of a file that is kept
// back, for whoever knows a file by its hash could name it, or try whether one that he has was
// handed in; of an item that he may not know of; and what one of those said who were drawn. Reads
// the disk.
Result<bool> payload_withheld(const Call& call, const ledger::Item& item,
                              const ledger::Event& event, Seq record);
// Takes these texts, and marks these payloads, in the records. Reads the disk.
Outcome withhold(const Call& call, const ledger::Item& item,
                 std::vector<engine::HistoryEntry>& history);

// What officials are shown of it; null where nobody sent it in. `history` without what is withheld.
Json report_json(const Call& call, const ledger::Item& item,
                 const std::vector<engine::HistoryEntry>& history);

// The newest draft of the abstract; none where there is none or it was destroyed.
struct DraftTexts {
  std::optional<std::string> title;
  std::optional<std::string> text;
};
DraftTexts draft_of(const ledger::Item& item, const std::vector<engine::HistoryEntry>& history);

// Who sent it under his name, for whoever it is recorded that he was told; none where that was
// destroyed. `history` with everything.
std::optional<std::string> reporter_of(const std::vector<engine::HistoryEntry>& history);

// The item's envelopes, for whoever they were handed out to.
Json envelopes_json(const Call& call, const ledger::Item& item,
                    const std::vector<engine::HistoryEntry>& history);

}  // namespace tz::http
