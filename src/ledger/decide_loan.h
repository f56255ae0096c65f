// Deciding what concerns a loan of a revolving fund: the acts that only items of such kinds take,
// and what other acts have to keep to with them.
#pragma once

#include "ledger/acting.h"

namespace tz::ledger {

// What stands after the ItemOpened. Refuses `fund_unknown`, `loan_marks_missing`, `loan_over_cap`,
// `loan_open_already`, ...
Result<EventDraft> ask_loan(const Circumstances& at, const Flow& flow, const OpenItem& command);

Refused act_on_loan(Acting& a);  // of_loan() acts

// Of any item: nothing stands in the way of one that is no loan.
Refused checks_loan(const Acting& a);  // who verifies it
Refused extend_loan(Acting& a);
// Where the step ends the item: what was promised is free again. Refuses `loan_outstanding`.
Refused end_loan(Acting& a);

}  // namespace tz::ledger
