// What an inspection's list says of an item, as a correction writes it: a day, and bodies by their
// codes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/item.h"

namespace tz::ledger {

// feedback, implementing, to_accept.
bool is_of_finding(std::string_view field);

// The codes of a list with commas between them, each once.
std::vector<std::string> codes_in(std::string_view list);

// Whether such a correction can have been recorded there.
bool can_be_read(const Corrected& event, const OrgTree& tree, Seq record);

// The item with it; a clock that began on the mistaken day of feedback began on the right one. When
// that ends, the events after it say. Needs can_be_read.
void correct_finding(Item& item, const State& state, const Corrected& event, Seq record);

}  // namespace tz::ledger
