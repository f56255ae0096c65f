// An item's row kept up to date from its events alone, so that replay holds rows and not items.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ledger/event.h"
#include "ledger/item.h"
#include "ledger/item_row.h"
#include "ledger/state.h"

namespace tz::ledger {

// Whether that clock of the flow tells by when a reporter is to be contacted.
bool is_response(const Flow& flow, std::string_view clock);

// Whether that clock of the flow gives an item its deadline, and the one it gives where another may
// have been given by hand: the earlier of the two.
bool is_deadline(const Flow& flow, std::string_view clock);
Day deadline_from(const std::optional<Day>& given, Day limit);

// Where a row counts that assessment; a null pointer where it counts nowhere.
std::uint16_t* assessment_in(ItemRow& row, const PartAssessed& event);

// What becomes of the first contact when that clock stops. What was overtaken before the limit was
// over was never to be answered for.
Response response_at(Instant stopped, Instant due, bool overtaken);

// Counts the item with another source too; where it is counted with as many as it can be, not.
void add_source(ItemRow& row, const Flow& flow, std::string_view source);

// The row of a new item.
ItemRow open_row(const State& state, const ItemOpened& event, const Mark& mark);

// Changes the row by a later event about its item. Gives the quantities that count from now on
// when the event changes them. Always equal to row_of() and quantities_of() of the whole item.
std::optional<std::vector<ItemQuantity>> fold(ItemRow& row, const State& state, const Event& event,
                                              const Mark& mark);

}  // namespace tz::ledger
