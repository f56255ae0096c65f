// Folding what happens to funds. What is booked of a loan is recorded with its item and changes the
// fund as well, so that who reads journal or snapshot gives such events to both.
#pragma once

#include "ledger/event.h"
#include "ledger/item.h"
#include "ledger/state.h"

namespace tz::ledger {

// Of events that are about no item. Need a fund of that code, or none yet to open it.
void open_fund(State& state, const FundOpened& event, Seq record);
void bind_checkers(State& state, const FundCheckersBound& event);
void book_money(State& state, const FundMoneyBooked& event, Day day, Seq record);

// Whether an event about an item changes a fund too.
bool books(const Event& event);
// Needs possible_booking(). Changes nothing where !books(event).
void book(State& state, ItemNo item, const Event& event, const Mark& mark);
// Whether the book can take it; what the journal says is looked at before it is believed.
bool possible_booking(const State& state, ItemNo item, const Event& event);
bool possible_money(const State& state, const FundMoneyBooked& event);

}  // namespace tz::ledger
