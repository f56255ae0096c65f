// What is told of revolving funds: the book for those who may read it, and what everybody sees.
#pragma once

#include <string>

#include "base/json.h"
#include "base/message.h"
#include "ledger/fund_statement.h"
#include "ledger/state.h"

namespace tz::http {

// Its name, where it is, the rules it keeps, and the balance that everybody may see with the day it
// was true on; null where there is none yet.
Json fund_json(const ledger::State& state, const ledger::Fund& fund, Day today);
// What everybody may see of its past.
Json public_spans_json(const ledger::Fund& fund, Day today);

// The accounts as they are now, overdue principal by age, and the rates of the days asked for.
struct FundDays {
  Day first;
  Day last;
};
Json book_json(const ledger::Fund& fund, const FundDays& days, Day today);

Json months_json(const ledger::Fund& fund, const FundDays& days);
Json units_json(const ledger::State& state, const ledger::Fund& fund, const FundDays& days);
Json loan_json(const ledger::State& state, const ledger::Loan& loan, Day today);

// The same as tables, in one language; amounts in yuan.
std::string months_csv(const Messages& words, const ledger::Fund& fund, const FundDays& days);
std::string units_csv(const Messages& words, const ledger::State& state, const ledger::Fund& fund,
                      const FundDays& days);

}  // namespace tz::http
